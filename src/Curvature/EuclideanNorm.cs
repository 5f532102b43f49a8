using BasinVolume.Kernels.Host;

namespace BasinVolume.Curvature;

/// <summary>√Σx², relative to the largest magnitude, so that no square overflows or is lost.</summary>
internal static class EuclideanNorm
{
    /// <summary>The norm of finite numbers; 0 for none.</summary>
    public static double Of(ReadOnlySpan<double> values)
    {
        double scale = Magnitude.Largest(values);
        return scale == 0 ? 0 : scale * Math.Sqrt(CompensatedSum.Of(values, value => value / scale * (value / scale)));
    }
}
