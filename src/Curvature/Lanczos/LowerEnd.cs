namespace BasinVolume.Curvature.Lanczos;

/// <summary>By what the lower end of a spectrum is known.</summary>
public enum LowerEndBasis
{
    /// <summary>By nothing: too few steps were taken to say where it is.</summary>
    Unknown,

    /// <summary>It was given by who asked, and nothing that was met lies below it.</summary>
    Given,

    /// <summary>The recurrence of a random direction ended in an invariant space: with probability 1 it has met every eigenvalue.</summary>
    Exhausted,

    /// <summary>With probability 1 − <see cref="LowerEnd.FailureProbability"/> over the random directions, no eigenvalue lies below it.</summary>
    Probable,
}

/// <summary>A number that no eigenvalue of a matrix lies below, and by what that is known.</summary>
/// <remarks>
/// How far a smallest Ritz value can lie above the smallest eigenvalue follows from the randomness of the start vector (in the manner of Kuczyński and
/// Woźniakowski 1992). Let the spectrum be scaled to [0, 1], turned so that the end asked for is 1, and let b be the start vector's coordinate along that
/// eigenvector. k steps find the best Rayleigh quotient over p(A)v with polynomials p of degree k − 1; with Chebyshev's polynomial of [0, 1 − ε],
/// <code>
/// Σ b_j² p_j² (1 − x_j − ε) ≤ (1 − ε) − ε b² T²,   T = T_{k−1}((1 + ε)/(1 − ε)) = cosh(2(k − 1) artanh √ε),
/// </code>
/// so that the Ritz value is within ε of the end if b² ≥ (1 − ε)/(ε T²). A direction drawn from all alike has |b| &lt; t with a probability of at most t
/// √(2n/π). With ε = tanh² y one direction misses by more than ε with a probability of at most √(2n/π)/(sinh y cosh(2(k − 1)y)), and m independent ones all do
/// with its m-th power. The same holds at the other end, and with both the length R of the spectrum is at most (θ_max − θ_min)/(1 − 2ε):
/// the lower end is θ_min − εR.
/// </remarks>
/// <param name="Value">The number, in the units of the matrix; −∞ where it is not known.</param>
/// <param name="Basis">By what it is known.</param>
public readonly record struct LowerEnd(double Value, LowerEndBasis Basis)
{
    /// <summary>The probability with which a <see cref="LowerEndBasis.Probable"/> end does not hold, at each end of the spectrum.</summary>
    public const double FailureProbability = 1e-6;

    /// <summary>What random directions tell of it.</summary>
    /// <param name="quadratures">Of independent directions that were drawn from all alike.</param>
    /// <param name="order">n.</param>
    internal static LowerEnd Of(IReadOnlyList<SpectralQuadrature> quadratures, int order)
    {
        double least = quadratures.Min(quadrature => quadrature.Nodes[0]), most = quadratures.Max(quadrature => quadrature.Nodes[^1]);
        double rounding = order * Spectrum.DoubleRoundoff * Math.Max(Math.Abs(least), Math.Abs(most));
        if (quadratures.Any(quadrature => quadrature.IsExact))
            return new(least - rounding, LowerEndBasis.Exhausted);
        double miss = Miss(order, quadratures.Min(quadrature => quadrature.Nodes.Length), quadratures.Count);
        return miss < 0.5
            ? new(least - (miss / (1 - (2 * miss)) * (most - least)) - rounding, LowerEndBasis.Probable)
            : new(double.NegativeInfinity, LowerEndBasis.Unknown);
    }

    // ε, from above: y is bisected until it no longer matters.
    private static double Miss(int order, int steps, int directions)
    {
        double allowed = Math.Pow(FailureProbability, 1.0 / directions);
        (double low, double high) = (0, 1);
        while (Probability(high) > allowed)
            high *= 2;
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Probability(middle) > allowed ? (middle, high) : (low, middle);
        }

        return Math.Pow(Math.Tanh(high), 2);

        double Probability(double y) => Math.Sqrt(2 * order / Math.PI) / (Math.Sinh(y) * Math.Cosh(2 * (steps - 1) * y));
    }
}
