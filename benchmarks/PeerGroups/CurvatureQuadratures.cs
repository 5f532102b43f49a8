using BasinVolume.Benchmarks.Comparisons;
using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Lanczos;

namespace BasinVolume.Benchmarks.PeerGroups;

/// <summary>
/// The effective dimension Σ λ/(λ + α) of a trained network's Hessian from stochastic Lanczos quadrature: ours with the outliers taken out and an interval,
/// theirs by PyHessian's one probe of a hundred steps, which says no error. α is a tenth of the largest eigenvalue.
/// The known answer is ours with more probes.
/// </summary>
internal static class CurvatureQuadratures
{
    private const int Probes = 4;
    private const int KnownProbes = 24;
    private const int Steps = 30;
    private const ulong KnownSeed = 1000;
    private const double Alpha = 0.1;
    private const long MostMemory = 2L << 30;

    private static readonly EndsWanted _outliers = new(Largest: 10, Smallest: 0, Tolerance: 1e-3);

    public static void Add(Table table, CurvatureCase work)
    {
        RitzPairs pairs = BlockLanczos.Of(work.Network.Single, _outliers, null, work.Network.Threads);
        double alpha = Alpha * pairs.Pairs[^1].Value, known = Estimate(work, pairs, KnownProbes, KnownSeed, alpha).Value.Value;
        Stopwatches.Warm(() => Ours(work, 1, alpha, known));
        var turns = new List<CurvatureTurn>();
        for (int turn = 1; turn <= work.Turns; turn++)
        {
            CurvatureCost ours = Ours(work, turn, alpha, known);
            Peer peer = work.Theirs("quadrature", "--seed", $"{turn}");
            CurvatureCost? theirs = CurvatureCost.Of(
                peer, found => (double.NaN, Made(EffectiveDimension(found, work.Network.Single.Order, alpha), known)));
            turns.Add(new(ours, theirs, peer.What));
        }

        CurvatureTurn.Add(table, $"{work.Field.Name}: effective dimension, PyHessian's usual probe", turns);
    }

    private static CurvatureCost Ours(CurvatureCase work, int seed, double alpha, double known) => CurvatureCost.Of(() =>
    {
        RitzPairs pairs = BlockLanczos.Of(work.Network.Single, _outliers with { Seed = (ulong)seed }, null, work.Network.Threads);
        (SampledNumber value, long products) = Estimate(work, pairs, Probes, (ulong)seed, alpha);
        return (pairs.Products + products, value.Interval.Width / 2 / Math.Abs(value.Value), Made(value.Value, known));
    });

    private static (SampledNumber Value, long Products) Estimate(CurvatureCase work, RitzPairs pairs, int probes, ulong seed, double alpha)
    {
        var options = new ProbeOptions(probes, Steps, seed) { MemoryBytes = MostMemory };
        var quadratures = ProbeQuadratures.Of(work.Network.Single, pairs, null, options, work.Network.Threads);
        return (EffectiveDimensionEstimate.Of(quadratures, alpha).Value!, quadratures.Products);
    }

    private static double EffectiveDimension(Peer peer, int order, double alpha)
        => order * peer.Found["nodes"].Zip(peer.Found["weights"], (node, weight) => weight * node / (node + alpha)).Sum();

    private static double Made(double value, double known) => Math.Abs(value - known) / Math.Abs(known);
}
