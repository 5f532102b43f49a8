using System.Numerics;
using System.Runtime.InteropServices;

namespace BasinVolume.Data.Normalizing;

/// <summary>
/// The input that each of the 256 grey levels becomes: the level divided by 255 in float32; that quotient in the precision wanted, less the mean, divided by
/// the deviation.
/// The division by 255 stays in float32 for double as well, so that both precisions see the same image.
/// </summary>
internal sealed class PixelTable
{
    private const int Levels = 256;

    private readonly float[] _single = new float[Levels];
    private readonly double[] _double = new double[Levels];

    /// <summary>The table of a mean and a deviation.</summary>
    public PixelTable(double mean, double deviation)
    {
        for (int level = 0; level < Levels; level++)
        {
            _single[level] = ((level / 255f) - (float)mean) / (float)deviation;
            _double[level] = ((level / 255f) - mean) / deviation;
        }
    }

    /// <summary>256 inputs, indexed by the grey level.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    public ReadOnlySpan<T> Values<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => typeof(T) == typeof(float) ? MemoryMarshal.Cast<float, T>(_single) : MemoryMarshal.Cast<double, T>(_double);
}
