using System.Numerics;

namespace BasinVolume.Kernels.Elementary;

/// <summary>
/// The elementary functions of one precision, for host loops and GPU kernels alike: kernels take them as a type parameter. The libraries of
/// the processor, of CUDA and of OpenCL round differently from each other and some are slow; these are made of + − × ÷ and bit patterns, and the same
/// everywhere.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public interface IElementary<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// eˣ within 1 unit in the last place, subnormal results included (where the device has them). +∞ above the largest finite result, 0 below the smallest,
    /// NaN for NaN.
    /// </summary>
    /// <param name="x">Any number.</param>
    static abstract T Exp(T x);

    /// <summary>The natural logarithm within 1 unit in the last place. −∞ for ±0, NaN below 0, +∞ for +∞, NaN for NaN.</summary>
    /// <param name="x">Any number.</param>
    static abstract T Log(T x);

    /// <summary>ln(1 + x) within 3 units in the last place: a small x keeps its relative accuracy. −∞ for −1, NaN below, +∞ for +∞, NaN for NaN.</summary>
    /// <param name="x">Any number.</param>
    static abstract T Log1P(T x);

    /// <summary>
    /// The complementary error function 1 − erf(x) = 2/√π ∫ₓ^∞ exp(−t²) dt, within 4 units in the last place of a result that is a normal number:
    /// its small values at large x keep their relative accuracy. 2 for −∞, 0 for +∞, NaN for NaN.
    /// </summary>
    /// <param name="x">Any number.</param>
    static abstract T Erfc(T x);

    /// <summary>A constant, rounded to this precision.</summary>
    /// <param name="value">The constant in double.</param>
    static abstract T Constant(double value);
}
