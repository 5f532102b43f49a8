using BasinVolume.Benchmarks.Comparisons;
using BasinVolume.Curvature.Lanczos;

namespace BasinVolume.Benchmarks.PeerGroups;

/// <summary>
/// The largest eigenvalues of a trained network's Hessian with their vectors, ours by block Lanczos and theirs by hessian-eigenthings' Lanczos with one vector.
/// Errors are relative to the largest eigenvalue: said is the largest residual, made the largest distance to the known value, which is ours in float64.
/// </summary>
internal static class CurvaturePairs
{
    private const double Tolerance = 1e-6;
    private const double KnownTolerance = 1e-8;

    // A network of millions of parameters has its vectors in memory: fewer pairs are asked for.
    private const int ManyParameters = 1_000_000;

    // As benchmarks/peers/curvature.py has them.
    private static readonly string[] _rules = ["usual", "doubling", "least"];

    public static void Add(Table table, CurvatureCase work)
    {
        int pairs = work.Network.Single.Order < ManyParameters ? 10 : 3;
        double[] known = Values(BlockLanczos.Of(work.Network.Wide, new EndsWanted(pairs + 1, 0, KnownTolerance), null, work.Network.Threads));
        Stopwatches.Warm(() => Ours(work, pairs, 1, known));
        List<CurvatureTurn>[] turns = [.. _rules.Select(_ => new List<CurvatureTurn>())];
        for (int turn = 1; turn <= work.Turns; turn++)
        {
            CurvatureCost ours = Ours(work, pairs, turn, known);
            foreach ((string rule, List<CurvatureTurn> of) in _rules.Zip(turns))
            {
                Peer peer = Theirs(work, rule, pairs, turn, known);
                of.Add(new(ours, CurvatureCost.Of(peer, found => Errors(found, known, pairs)), peer.What));
            }
        }

        foreach ((string rule, List<CurvatureTurn> of) in _rules.Zip(turns))
            CurvatureTurn.Add(table, FormattableString.Invariant($"{work.Field.Name}: {pairs} pairs to {Tolerance}, {rule}"), of);
    }

    private static CurvatureCost Ours(CurvatureCase work, int pairs, int seed, double[] known) => CurvatureCost.Of(() =>
    {
        var wanted = new EndsWanted(pairs, 0, Tolerance, Seed: (ulong)seed);
        RitzPairs found = BlockLanczos.Of(work.Network.Single, wanted, null, work.Network.Threads);
        return (found.Products, found.Pairs.Max(pair => pair.Residual) / known[0], Farthest(Values(found), known));
    });

    private static Peer Theirs(CurvatureCase work, string rule, int pairs, int seed, double[] known)
    {
        string above = FormattableString.Invariant($"{(known[pairs - 1] + known[pairs]) / 2:r}"), tolerance = FormattableString.Invariant($"{Tolerance:r}");
        return work.Theirs("lanczos", "--rule", rule, "--pairs", $"{pairs}", "--tolerance", tolerance, "--above", above, "--seed", $"{seed}");
    }

    // Where there are fewer than asked for, the rest was not found at all.
    private static (double Said, double Made) Errors(Peer found, double[] known, int pairs) => found.Found["values"].Length < pairs
        ? (double.PositiveInfinity, double.PositiveInfinity)
        : (found.Found["true"].Max() / known[0], Farthest(found.Found["values"], known));

    private static double[] Values(RitzPairs found) => [.. found.Pairs.Select(pair => pair.Value).OrderDescending()];

    private static double Farthest(double[] values, double[] known) => values.Zip(known, (value, right) => Math.Abs(value - right)).Max() / known[0];
}
