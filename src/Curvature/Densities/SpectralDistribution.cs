using System.Collections.Immutable;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Densities;

/// <summary>How many eigenvalues lie at or below a number.</summary>
/// <param name="X">The number, in the units of the matrix.</param>
/// <param name="Count">n F(x), between 0 and n.</param>
public readonly record struct DistributionPoint(double X, SpectralCount Count);

/// <summary>
/// The cumulative distribution of a spectrum as a band. At each x it holds with a confidence of <see cref="SampledNumber.Confidence"/>; that it holds at all
/// of them at once is less sure.
/// </summary>
/// <remarks>
/// Each probe's measure lies between the bounds of Chebyshev, Markov and Stieltjes (<see cref="SpectralQuadrature.Below"/>), with certainty; what finitely many
/// probes leave out follows from the distribution of their shares. Deflated pairs have bounds of the same kind, which are Cantelli's; known zeros count
/// exactly. Both ends of the band rise with x, so that between two points of the grid the count lies between the lower end of the first and the upper
/// end of the second.
/// </remarks>
/// <param name="Order">n.</param>
/// <param name="Points">With x ascending: from below the lowest eigenvalue to above the highest.</param>
public sealed record SpectralDistribution(int Order, ImmutableArray<DistributionPoint> Points)
{
    /// <summary>How many points a band has where nothing else is asked for.</summary>
    public const int UsualPoints = 200;

    /// <summary>The band; no further product is taken.</summary>
    /// <param name="quadratures">The probes.</param>
    /// <param name="points">Most points, at least 2. They lie between neighbouring nodes, as many in each part of the spectrum as there are nodes.</param>
    /// <param name="cancellation">Checked now and then.</param>
    public static SpectralDistribution Of(ProbeQuadratures quadratures, int points = UsualPoints, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(quadratures);
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        return At(quadratures, Grid(quadratures, points), cancellation);
    }

    /// <summary>The band at given numbers.</summary>
    /// <param name="quadratures">The probes.</param>
    /// <param name="grid">The numbers, in any order.</param>
    /// <param name="cancellation">Checked now and then.</param>
    public static SpectralDistribution At(ProbeQuadratures quadratures, IReadOnlyList<double> grid, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(quadratures);
        ArgumentNullException.ThrowIfNull(grid);
        double[] ascending = [.. grid.Order()];
        var points = new DistributionPoint[ascending.Length];
        quadratures.Threads.Run(points.Length, new Counting(new SpectralCounts(quadratures, cancellation), ascending, points));
        Rise(points);
        return new(quadratures.Order, [.. points]);
    }

    // Next to a node the bounds are those of a number a little further away: what is known to the left bounds a count from below as well, and what is known to
    // the right from above.
    private static void Rise(DistributionPoint[] points)
    {
        for (int i = 1; i < points.Length; i++)
        {
            SpectralCount before = points[i - 1].Count, at = points[i].Count;
            points[i] = points[i] with { Count = new(AtLeast(at.Bracket, before.Bracket), AtLeast(at.Interval, before.Interval)) };
        }

        for (int i = points.Length - 2; i >= 0; i--)
        {
            SpectralCount behind = points[i + 1].Count, at = points[i].Count;
            points[i] = points[i] with { Count = new(AtMost(at.Bracket, behind.Bracket), AtMost(at.Interval, behind.Interval)) };
        }
    }

    private static Interval AtLeast(Interval interval, Interval other) => new(Math.Max(interval.Low, other.Low), Math.Max(interval.High, other.Low));

    private static Interval AtMost(Interval interval, Interval other) => new(Math.Min(interval.Low, other.High), Math.Min(interval.High, other.High));

    // The rules of one point are small: points are spread over the threads, not what is done at one.
    private readonly struct Counting(SpectralCounts counts, double[] grid, DistributionPoint[] points) : IPartitionedWork
    {
        public void Run(int part) => points[part] = new(grid[part], counts.UpTo(grid[part]));
    }

    private static List<double> Grid(ProbeQuadratures quadratures, int points)
    {
        double[] nodes =
        [
            .. quadratures.Probes.SelectMany(probe => probe.Nodes).Concat(quadratures.Deflated.Select(pair => pair.Value))
                .Concat(quadratures.Zeros > 0 ? [0.0] : []).Order(),
        ];
        // Nodes that are one eigenvalue but for rounding have no point between them.
        double together = 4 * quadratures.Rounding;
        List<double> between = [];
        for (int i = 1; i < nodes.Length; i++)
        {
            if (nodes[i] - nodes[i - 1] > together)
                between.Add(nodes[i - 1] + ((nodes[i] - nodes[i - 1]) / 2));
        }

        int inside = Math.Min(points - 2, between.Count);
        double margin = Math.Max(together, 0.01 * (nodes[^1] - nodes[0]));
        if (margin == 0)
            margin = 1;
        return
        [
            Math.Min(nodes[0], quadratures.Lower.Value) - margin,
            .. Enumerable.Range(0, inside).Select(i => between[(int)((((2 * i) + 1) * (long)between.Count) / (2 * inside))]),
            Math.Max(nodes[^1], quadratures.Upper.Value) + margin,
        ];
    }
}
