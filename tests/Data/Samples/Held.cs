using BasinVolume.Data.Samples;

namespace BasinVolume.Data.Tests.Samples;

/// <summary>What a data set holds, to be compared.</summary>
internal static class Held
{
    /// <summary>The first labels.</summary>
    public static int[] Labels(Dataset? set, int count) => [.. Enumerable.Range(0, count).Select(i => set!.Labels(i)[0])];

    /// <summary>All labels.</summary>
    public static int[] Labels(Dataset? set) => Labels(set, set!.Count);

    /// <summary>The levels of all images.</summary>
    public static byte[] Pixels(Dataset? set) => [.. Enumerable.Range(0, set!.Count).SelectMany(i => set.Pixels(i).ToArray())];

    /// <summary>The inputs of a sample.</summary>
    public static double[] Inputs(Dataset? set, int index)
    {
        var inputs = new double[set!.SampleSize];
        set.Read([index], inputs.AsSpan());
        return inputs;
    }
}
