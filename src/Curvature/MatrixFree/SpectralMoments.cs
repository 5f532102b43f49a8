using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature.MatrixFree;

/// <summary>
/// ‖A‖², the sum of the squared eigenvalues, from probes that are taken. A rule of two nodes is exact for λ², and of a deflated vector q with the Rayleigh
/// quotient θ and the residual r it is known as it is:
/// <code>
/// tr A² = Σ_i ‖A q_i‖² + E[‖A z‖²],   ‖A q‖² = θ² + ‖r‖²,   ‖A z‖² = m Σ_k w_k θ_k².
/// </code>
/// </summary>
internal static class SpectralMoments
{
    /// <summary>Where ‖A‖² lies, at the confidence of all that probes give; null where a single probe, or one of a single step, is all there is.</summary>
    public static Interval? SquaredNorm(ProbeQuadratures quadratures)
    {
        double pairs = CompensatedSum.Of([.. quadratures.Deflated.Select(pair => (pair.Value * pair.Value) + (pair.Residual * pair.Residual))]);
        if (quadratures.Probes.IsEmpty)
            return new(pairs, pairs);
        if (quadratures.Probes.Length < 2 || quadratures.Probes.Any(probe => probe.Nodes.Length < 2 && !probe.IsExact))
            return null;
        Interval[] probes = [.. quadratures.Probes.Select(probe => Exactly(quadratures.Dimension * Square(probe)))];
        Interval sampled = SampledNumber.Of(probes).Interval + pairs;
        return new(Math.Max(pairs, sampled.Low), sampled.High);
    }

    private static double Square(SpectralQuadrature probe)
        => CompensatedSum.Of([.. probe.Nodes.Zip(probe.Weights, (node, weight) => weight * node * node)]);

    private static Interval Exactly(double value) => new(value, value);
}
