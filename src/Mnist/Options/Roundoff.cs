using BasinVolume.Curvature;

namespace BasinVolume.Mnist.Options;

/// <summary>ε of a precision: what an eigenvalue's being zero is measured against in a matrix that was computed in it.</summary>
internal static class Roundoff
{
    /// <summary>
    /// ε of a Hessian: that of its precision, for a sum over more samples than it has rows √(N/n) times that.
    /// Sums of N samples are off by √N ε, and a matrix whose elements are off by ε has eigenvalues that are off by √n ε.
    /// </summary>
    /// <param name="precision">What it was computed in.</param>
    /// <param name="order">n.</param>
    /// <param name="samples">N.</param>
    public static double Of(Precision precision, int order, int samples) => Of(precision) * Math.Sqrt(Math.Max(1, (double)samples / order));

    /// <summary>2⁻²³ or 2⁻⁵².</summary>
    public static double Of(Precision precision) => precision == Precision.Float32 ? Spectrum.SingleRoundoff : Spectrum.DoubleRoundoff;
}
