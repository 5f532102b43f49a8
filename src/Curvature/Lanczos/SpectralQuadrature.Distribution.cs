using BasinVolume.Curvature.Dense;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Lanczos;

/// <content>
/// What the moments say of the distribution of the measure. Let x be a node of the rule with k + 1 nodes ξ_j and positive weights w_j that is exact up to
/// degree 2k: T with one row more, as for Radau's rule, but x anywhere. The polynomial of degree 2k that is 1 at the nodes up to x, 0 at those above, and
/// has horizontal tangents at all but x lies above the step from 1 to 0 at x; the one that is 0 at x itself lies below it. Therefore
/// <code>
/// Σ_{ξ_j &lt; x} w_j ≤ μ((−∞, x)) ≤ μ((−∞, x]) ≤ Σ_{ξ_j ≤ x} w_j,
/// </code>
/// the inequalities of Chebyshev, Markov and Stieltjes, and nothing better follows from these moments (Krein and Nudelman 1977, chapter 2).
/// With one node, from the mean θ and the variance r², it is Cantelli's inequality: μ((−∞, x]) ≤ r²/(r² + (θ − x)²) for x &lt; θ.
/// </content>
public sealed partial record SpectralQuadrature
{
    /// <summary>A last row so much larger than the others would cost the other nodes their digits.</summary>
    private const double LargestRow = 64;

    /// <summary>What the share of the measure at or below a number lies between, with certainty.</summary>
    /// <param name="x">The number.</param>
    /// <param name="rounding">
    /// How far an eigenvalue may have been moved by the rounding of products, at least 0: mass so near to <paramref name="x"/> may lie on either side.
    /// </param>
    /// <param name="threads">The team to compute with; no result depends on its size.</param>
    /// <param name="cancellation">Checked now and then.</param>
    /// <returns>An interval in [0, 1], both of whose ends never fall when <paramref name="x"/> rises.</returns>
    public Interval Below(double x, double rounding, HostThreads threads, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(threads);
        if (IsExact)
            return new(SumWhere(node => node <= x - rounding), SumWhere(node => node <= x + rounding));
        (SpectralQuadrature lowRule, int lowNode) = Canonical(x, -rounding, threads, cancellation);
        (SpectralQuadrature highRule, int highNode) = Canonical(x, rounding, threads, cancellation);
        double below = Share(lowRule.Weights.AsSpan()[..lowNode]), upTo = Share(highRule.Weights.AsSpan()[..(highNode + 1)]);
        return new(Math.Min(below, upTo), Math.Max(below, upTo));
    }

    private double SumWhere(Func<double, bool> condition) => Share([.. Weights.Where((_, k) => condition(Nodes[k]))]);

    private static double Share(ReadOnlySpan<double> weights) => Math.Clamp(CompensatedSum.Of(weights), 0, 1);

    // The rule with a node near x, and which of its nodes that is: on the side that "by" says. Next to a node of Gauss's rule the last row grows without
    // bound: as both bounds are monotone in x, a node further away does as well, and twice the distance is soon far enough.
    private (SpectralQuadrature Rule, int Node) Canonical(double x, double by, HostThreads threads, CancellationToken cancellation)
    {
        double scale = Math.Max(Math.Max(_matrix.Norm, _next), Math.Abs(x));
        double step = Math.Max(Math.Abs(by), Negligible * scale) * (by < 0 ? -1 : 1), node = x + by;
        double last = node + (_next * (_next / LastPivot(node)));
        while (!(Math.Abs(last) <= LargestRow * scale))
        {
            node += step;
            step *= 2;
            last = node + (_next * (_next / LastPivot(node)));
        }

        var extended = new TridiagonalMatrix([.. _matrix.Diagonal, last], [.. _matrix.OffDiagonal, _next]);
        var rule = new SpectralQuadrature(extended, 0, threads, cancellation);
        return (rule, Enumerable.Range(0, rule.Nodes.Length).MinBy(k => Math.Abs(rule.Nodes[k] - node)));
    }
}
