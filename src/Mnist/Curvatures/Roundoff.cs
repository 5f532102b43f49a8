using BasinVolume.Curvature;

namespace BasinVolume.Mnist.Curvatures;

/// <summary>ε of a precision: what an eigenvalue's being zero is measured against in a matrix that was computed in it.</summary>
internal static class Roundoff
{
    /// <summary>2⁻²³ or 2⁻⁵².</summary>
    public static double Of(Precision precision) => precision == Precision.Float32 ? Spectrum.SingleRoundoff : Spectrum.DoubleRoundoff;
}
