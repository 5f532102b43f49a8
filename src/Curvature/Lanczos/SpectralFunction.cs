using MathNet.Numerics;

namespace BasinVolume.Curvature.Lanczos;

/// <summary>
/// A function of eigenvalues with derivatives of known signs, from the first on, where it is defined: of which follows on what side of ∫ f dμ a quadrature
/// lies (<see cref="SpectralQuadrature.Bracket"/>).
/// </summary>
/// <param name="Value">f.</param>
/// <param name="Even">The sign of its even derivatives: −1 or +1.</param>
/// <param name="Odd">The sign of its odd derivatives: −1 for a falling function, +1 for a rising one.</param>
/// <param name="From">It is defined, and the signs hold, above this number; −∞ for everywhere.</param>
public sealed record SpectralFunction(Func<double, double> Value, int Even, int Odd, double From)
{
    /// <summary>log(1 + λ/μ): what log det(A + μI) has beyond n log μ.</summary>
    /// <param name="shift">μ, above 0.</param>
    public static SpectralFunction Logarithm(double shift) => new(lambda => SpecialFunctions.Log1p(lambda / shift), -1, 1, -shift);

    /// <summary>λ/(λ + α) = 1 − α/(λ + α), whose derivatives have the signs of −1/(λ + α).</summary>
    /// <param name="alpha">α, above 0.</param>
    public static SpectralFunction Effective(double alpha) => new(lambda => lambda / (lambda + alpha), -1, 1, -alpha);

    /// <summary>1/(λ + μ).</summary>
    /// <param name="shift">μ.</param>
    public static SpectralFunction Inverse(double shift) => new(lambda => 1 / (lambda + shift), 1, -1, -shift);

    /// <summary>exp(−t λ).</summary>
    /// <param name="time">t, not 0.</param>
    public static SpectralFunction Exponential(double time) => new(lambda => Math.Exp(-time * lambda), 1, time > 0 ? -1 : 1, double.NegativeInfinity);
}
