using System.Numerics;

namespace BasinVolume.Mnist.Data;

/// <summary>
/// The normalised value of each of the 256 grey levels, as PyTorch's <c>ToTensor</c> and <c>Normalize((0.1307,), (0.3081,))</c> give it:
/// the level divided by 255 in float32; that quotient in <typeparamref name="T"/>, less the mean, divided by the standard deviation.
/// The division by 255 stays in float32 for double as well, so that both precisions see the same image.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public static class PixelTable<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly T[] Table = Build();

    /// <summary>Mean of MNIST's training pixels on the scale 0 … 1.</summary>
    public static T Mean => T.CreateChecked(0.1307);

    /// <summary>Standard deviation of MNIST's training pixels on the scale 0 … 1.</summary>
    public static T StandardDeviation => T.CreateChecked(0.3081);

    /// <summary>256 normalised values, indexed by the grey level.</summary>
    public static ReadOnlySpan<T> Values => Table;

    private static T[] Build()
    {
        var table = new T[256];
        for (int level = 0; level < table.Length; level++)
            table[level] = (T.CreateChecked(level / 255f) - Mean) / StandardDeviation;
        return table;
    }
}
