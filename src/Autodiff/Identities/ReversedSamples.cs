using System.Numerics;
using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Autodiff.Identities;

/// <summary>The same samples, the last one first.</summary>
internal sealed class ReversedSamples(ISamples samples) : ISamples
{
    /// <inheritdoc/>
    public int Count => samples.Count;

    /// <inheritdoc/>
    public int LabelsPerSample => samples.LabelsPerSample;

    /// <inheritdoc/>
    public void Read<T>(int first, Span<T> inputs, Span<int> labels, Span<T> targets, Span<T> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = weights.Length;
        samples.Read(Count - first - count, inputs, labels, targets, weights);
        Reverse(inputs, count);
        Reverse(targets, count);
        Reverse(labels, count);
        weights.Reverse();
    }

    // The order of the rows, each row left as it is: all reversed, then each row back.
    private static void Reverse<T>(Span<T> rows, int count)
    {
        rows.Reverse();
        int length = rows.Length / count;
        for (int row = 0; row < count; row++)
            rows.Slice(row * length, length).Reverse();
    }
}
