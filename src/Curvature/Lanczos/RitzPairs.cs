using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Lanczos;

/// <summary>An eigenvalue at an end of a spectrum, as products found it.</summary>
/// <param name="Value">θ, the Rayleigh quotient of its vector, in the units of the matrix.</param>
/// <param name="Residual">‖A y − θ y‖ of its vector y of length 1, from a product of its own: some eigenvalue lies in [θ − residual, θ + residual].</param>
/// <param name="Interval">
/// Where an eigenvalue lies: that, or what follows from the gap γ to the other Ritz values, |λ − θ| ≤ residual²/γ (Kato and Temple),
/// widened by the rounding of the products.
/// </param>
/// <param name="IsConverged">Whether the residual met the tolerance.</param>
public sealed record RitzPair(double Value, double Residual, Interval Interval, bool IsConverged)
{
    /// <summary>Value and interval, for a person.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Value:g8} ± {Math.Max(Value - Interval.Low, Interval.High - Value):g2}{(IsConverged ? string.Empty : " (not converged)")}");
}

/// <summary>
/// Eigenpairs at both ends of a spectrum. That none was missed between them is not certified by products; a factorisation of the matrix would.
/// </summary>
/// <param name="Pairs">Ascending: the lower end's first, then the upper end's.</param>
/// <param name="Vectors">[pairs, n]: orthonormal Ritz vectors, one a row, in the order of the pairs.</param>
/// <param name="FromBelow">How many of the pairs belong to the lower end.</param>
/// <param name="Products">Products with a direction that it took.</param>
/// <param name="Restarts">How often the space was restarted.</param>
/// <param name="Reason">What did not converge or may be missing, and what to do; null if nothing.</param>
public sealed record RitzPairs(ImmutableArray<RitzPair> Pairs, Matrix Vectors, int FromBelow, long Products, int Restarts, string? Reason)
{
    /// <summary>The pairs, and why some did not converge, for a person.</summary>
    public override string ToString() => $"{string.Join("; ", Pairs)}{(Reason is null ? string.Empty : $". {Reason}")}";

    /// <summary>What else of its space the search has met; null where nothing is kept of it. It is as large as many vectors.</summary>
    public KrylovRest? Rest { get; init; }
}
