using BasinVolume.Benchmarks.Comparisons;
using BasinVolume.Curvature.Traces;

namespace BasinVolume.Benchmarks.PeerGroups;

/// <summary>
/// The trace of a trained network's Hessian to the same error: ours by XTrace, theirs by PyHessian's Hutchinson as it stops and by hessian-eigenthings' Hutch++
/// with its usual number of products; and both to a thousandth, or what memory allows of it, to which theirs is extrapolated. The known answer is a long run of
/// ours. Each turn has probes of its own.
/// </summary>
/// <remarks>
/// Where Hutchinson stops is chance, and so is its error there: one turn compares an error with another. So the error there is that of many turns, against the
/// known answer, and ours is that of as many with the fewest products whose error is no larger.
/// </remarks>
internal static class CurvatureTraces
{
    // Runs to where Hutchinson stops, for each turn of the other rows.
    private const int StoppedRuns = 7;
    private const double Thousandth = 1e-3;

    // Of the known answer.
    private const double KnownTolerance = 3e-4;
    private const ulong KnownSeed = 1000;
    private const int MostProducts = 3000;
    private const long MostMemory = 4L << 30;

    private const int ProductsPerProbe = 2;

    // Of fewer probes than three XTrace says no error.
    private const int FewestProducts = 3 * ProductsPerProbe;

    public static void Add(Table table, CurvatureCase work)
    {
        double known = Estimate(work, KnownTolerance, MostProducts, KnownSeed).Value!.Value;
        Stopwatches.Warm(() => Estimate(work, 0, FewestProducts, KnownSeed));
        CurvatureCost[] exact = [.. Enumerable.Range(1, work.Turns).Select(turn => Ours(work, Thousandth, MostProducts, turn, known))];
        AddStopped(table, work, known, exact);
        AddUsual(table, work, known, exact);
    }

    private static void AddStopped(Table table, CurvatureCase work, double known, CurvatureCost[] exact)
    {
        (CurvatureCost? Cost, string What)[] theirs = Theirs(work, "hutchinson", StoppedRuns * work.Turns, known);
        CurvatureCost? mean = theirs.Any(run => run.Cost is null) ? null : CurvatureCost.Mean([.. theirs.Select(run => run.Cost!)]);
        CurvatureCost ours = SameError(work, theirs.Length, mean?.Made ?? double.PositiveInfinity, known);
        CurvatureTurn.Add(table, $"{work.Field.Name}: trace to the error at which PyHessian stops, {theirs.Length} runs", [new(ours, mean, theirs[0].What)]);
        // The error of a mean falls like the root of the number of probes.
        AddExtrapolated(table, $"{work.Field.Name}: trace to a thousandth, hutchinson", theirs, exact, 2);
    }

    private static void AddUsual(Table table, CurvatureCase work, double known, CurvatureCost[] exact)
    {
        (CurvatureCost? Cost, string What)[] theirs = Theirs(work, "hutchplusplus", work.Turns, known);
        CurvatureTurn.Add(
            table, $"{work.Field.Name}: trace to the error of Hutch++ with its usual products",
            [.. theirs.Select((run, turn) => new CurvatureTurn(Ours(work, run.Cost?.Said ?? Thousandth, MostProducts, turn + 1, known), run.Cost, run.What))]);
        // That of Hutch++ falls at best like the number of products.
        AddExtrapolated(table, $"{work.Field.Name}: trace to a thousandth, hutchplusplus", theirs, exact, 1);
    }

    private static void AddExtrapolated(Table table, string name, (CurvatureCost? Cost, string What)[] theirs, CurvatureCost[] exact, int power)
        => CurvatureTurn.Add(
            table, name, [.. exact.Zip(theirs, (ours, run) => new CurvatureTurn(ours, GoingOn(run.Cost, ours.Said, power), $"extrapolated: {run.What}"))]);

    private static (CurvatureCost? Cost, string What)[] Theirs(CurvatureCase work, string item, int count, double known)
        => [.. Enumerable.Range(1, count).Select(seed =>
        {
            Peer peer = work.Theirs(item, "--seed", $"{seed}");
            return (CurvatureCost.Of(peer, found => (found["error"] / Math.Abs(found["trace"]), Made(found["trace"], known))), peer.What);
        })];

    private static CurvatureCost SameError(CurvatureCase work, int runs, double error, double known)
    {
        int products = FewestProducts;
        while (true)
        {
            var ours = CurvatureCost.Mean([.. Enumerable.Range(1, runs).Select(seed => Ours(work, 0, products, seed, known))]);
            if (ours.Made <= error || products >= MostProducts)
                return ours;
            products += ProductsPerProbe;
        }
    }

    private static CurvatureCost Ours(CurvatureCase work, double tolerance, int products, int seed, double known) => CurvatureCost.Of(() =>
    {
        TraceEstimate trace = Estimate(work, tolerance, products, (ulong)seed);
        double value = trace.Value!.Value;
        return (trace.Products, trace.StandardError!.Value / Math.Abs(value), Made(value, known));
    });

    private static TraceEstimate Estimate(CurvatureCase work, double tolerance, int products, ulong seed)
        => TraceEstimate.Of(work.Network.Single, null, null, new TraceOptions(tolerance, products, seed, MostMemory), work.Network.Threads);

    private static double Made(double value, double known) => Math.Abs(value - known) / Math.Abs(known);

    private static CurvatureCost? GoingOn(CurvatureCost? stopped, double error, int power) => stopped is null ? null
        : stopped.Times(Math.Max(1, Math.Pow(stopped.Said / error, power))) with { Said = Math.Min(stopped.Said, error), Made = double.NaN };
}
