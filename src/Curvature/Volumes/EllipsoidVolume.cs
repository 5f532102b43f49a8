using System.Globalization;
using BasinVolume.Kernels.Linear;
using MathNet.Numerics;

namespace BasinVolume.Curvature.Volumes;

/// <summary>
/// The volume of {δ : ½ δᵀ(H + μI)δ ≤ τ}, the region around a minimum where a quadratic loss rises by at most τ. Its half-axes are √(2τ/(h_i + μ)).
/// Not a number but a reason when the region is empty or unbounded.
/// </summary>
public sealed record EllipsoidVolume
{
    private EllipsoidVolume(Spectrum shifted, double shift, double height, VolumeStatus status)
    {
        Dimension = shifted.Order;
        Shift = shift;
        Height = height;
        Inertia = shifted.Inertia;
        Status = status;
    }

    /// <summary>n, the number of parameters.</summary>
    public int Dimension { get; }

    /// <summary>μ, what was added to every eigenvalue of H.</summary>
    public double Shift { get; }

    /// <summary>τ, how far the loss may rise, in its units.</summary>
    public double Height { get; }

    /// <summary>The signs of the eigenvalues of H + μI, at the tolerance of H.</summary>
    public Inertia Inertia { get; }

    /// <summary>Whether there is a volume.</summary>
    public VolumeStatus Status { get; }

    /// <summary>The log-volume and its parts; null unless the status is <see cref="VolumeStatus.Defined"/>.</summary>
    public EllipsoidTerms? Terms { get; private init; }

    /// <summary>One sentence that says why there is no volume; null if there is one.</summary>
    public string? Reason { get; private init; }

    /// <summary>The volume from the eigenvalues of H.</summary>
    /// <param name="hessian">The spectrum of H, of order n ≥ 1.</param>
    /// <param name="shift">μ, finite.</param>
    /// <param name="height">τ; the region is empty when it is not positive, or a NaN.</param>
    /// <exception cref="ArgumentOutOfRangeException">The spectrum is of order 0.</exception>
    /// <exception cref="MatrixException">A shifted eigenvalue is not finite.</exception>
    public static EllipsoidVolume Of(Spectrum hessian, double shift, double height)
    {
        ArgumentNullException.ThrowIfNull(hessian);
        ArgumentOutOfRangeException.ThrowIfZero(hessian.Order, nameof(hessian));
        Spectrum shifted = hessian.Shifted(shift);
        if (!(height > 0))
            return new(shifted, shift, height, VolumeStatus.Empty) { Reason = WhyEmpty(height) };
        if (!shifted.Inertia.IsPositiveDefinite)
            return new(shifted, shift, height, VolumeStatus.Unbounded) { Reason = WhyUnbounded(shifted, shift) };
        return new(shifted, shift, height, VolumeStatus.Defined) { Terms = Split(hessian, shifted, shift, height) };
    }

    private static EllipsoidTerms Split(Spectrum hessian, Spectrum shifted, double shift, double height)
    {
        int n = hessian.Order;
        double half = n / 2.0;
        return new EllipsoidTerms(
            UnitBall.LogVolume(n),
            UnitBall.LogVolumeStirling(n),
            half * Math.Log(2 * height),
            LogDeterminant.Of(shifted).LogAbsolute / 2,
            shift > 0 ? half * Math.Log(2 * height / shift) : null,
            shift > 0 ? -0.5 * CompensatedSum.Of(hessian.Eigenvalues.AsSpan(), h => SpecialFunctions.Log1p(h / shift)) : null);
    }

    private static string WhyEmpty(double height) => string.Create(
        CultureInfo.InvariantCulture,
        $"The basin is empty: the loss may rise by {height:g6} where a positive number is needed; "
        + $"raise the threshold above the loss, or train further.");

    /// <summary>What H + μI is called in a sentence.</summary>
    internal static string NameOf(double shift) => shift == 0 ? "H" : string.Create(CultureInfo.InvariantCulture, $"H + {shift} I");

    private static string WhyUnbounded(Spectrum shifted, double shift) => string.Create(
        CultureInfo.InvariantCulture,
        $"The basin has no finite volume: {NameOf(shift)} must be positive definite but has {shifted.Inertia.Positive} positive, "
        + $"{shifted.Inertia.Zero} zero and {shifted.Inertia.Negative} negative eigenvalues (the smallest is {shifted.Minimum:g6}, "
        + $"zero means up to {shifted.ZeroTolerance:g3}); raise the prior or the weight decay, or use a Gaussian measure.");
}
