using BasinVolume.Benchmarks.Comparisons;
using BasinVolume.Curvature.Estimates;

namespace BasinVolume.Benchmarks.PeerGroups;

/// <summary>
/// The trace of a trained network's Hessian to the same error: ours by XTrace, theirs by PyHessian's Hutchinson as it stops, by the same if it went on to a
/// thousandth, and by Hutch++. The known answer is a long run of ours. Each turn has probes of its own.
/// </summary>
internal static class CurvatureTraces
{
    private const int TurnCount = 3;
    private const double Thousandth = 1e-3;

    // Of the known answer.
    private const double KnownTolerance = 1e-4;
    private const ulong KnownSeed = 1000;
    private const int MostProducts = 3000;

    // Hutch++ has to be told beforehand how many products it may take: it is told more and more, and runs that were too short do not count.
    private const double NextBudget = 1.4;
    private const int FirstBudget = 30;

    public static void Add(Table table, CurvatureCase work)
    {
        double known = Estimate(work, KnownTolerance, KnownSeed).Value!.Value;
        List<CurvatureTurn> asTheyStop = [], goingOn = [], hutchPlusPlus = [];
        int budget = FirstBudget;
        for (int turn = 1; turn <= TurnCount; turn++)
        {
            Peer stopped = work.Theirs("hutchinson", "--seed", $"{turn}");
            CurvatureCost? theirs = Theirs(stopped, known);
            CurvatureCost ours = Ours(work, Thousandth, turn, known);
            asTheyStop.Add(new(theirs is null ? ours : Ours(work, theirs.Said, turn, known), theirs, stopped.What));
            goingOn.Add(new(ours, theirs is null ? null : GoingOn(theirs), $"extrapolated: {stopped.What}"));
            Peer least = LeastBudget(work, turn, known, ref budget);
            hutchPlusPlus.Add(new(ours, Theirs(least, known), least.What));
        }

        CurvatureTurn.Add(table, $"{work.Field.Name}: trace, to the error at which PyHessian stops", asTheyStop);
        CurvatureTurn.Add(table, $"{work.Field.Name}: trace to a thousandth, PyHessian's probes", goingOn);
        CurvatureTurn.Add(table, $"{work.Field.Name}: trace to a thousandth, Hutch++", hutchPlusPlus);
    }

    private static CurvatureCost Ours(CurvatureCase work, double tolerance, int seed, double known) => CurvatureCost.Of(() =>
    {
        TraceEstimate trace = Estimate(work, tolerance, (ulong)seed);
        double value = trace.Value!.Value;
        return (trace.Products, TraceEstimate.Correction * trace.StandardError!.Value / Math.Abs(value), Made(value, known));
    });

    private static TraceEstimate Estimate(CurvatureCase work, double tolerance, ulong seed)
        => TraceEstimate.Of(work.Network.Single, null, null, new TraceOptions(tolerance, MostProducts, seed), work.Network.Threads);

    private static CurvatureCost? Theirs(Peer peer, double known)
        => CurvatureCost.Of(peer, found => (found["error"] / Math.Abs(found["trace"]), Made(found["trace"], known)));

    private static double Made(double value, double known) => Math.Abs(value - known) / Math.Abs(known);

    // The error of a mean falls like the root of the number of probes.
    private static CurvatureCost GoingOn(CurvatureCost stopped)
        => stopped.Times(Math.Max(1, Math.Pow(stopped.Said / Thousandth, 2))) with { Said = Math.Min(stopped.Said, Thousandth), Made = double.NaN };

    private static Peer LeastBudget(CurvatureCase work, int seed, double known, ref int budget)
    {
        while (true)
        {
            Peer peer = work.Theirs("hutchplusplus", "--products", $"{budget}", "--seed", $"{seed}");
            if (Theirs(peer, known) is not { } cost || cost.Said <= Thousandth || budget >= MostProducts)
                return peer;
            budget = (int)(budget * NextBudget);
        }
    }
}
