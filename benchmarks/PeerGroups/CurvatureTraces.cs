using BasinVolume.Benchmarks.Comparisons;
using BasinVolume.Curvature.Traces;

namespace BasinVolume.Benchmarks.PeerGroups;

/// <summary>
/// The trace of a trained network's Hessian to the same error: ours by XTrace, theirs by PyHessian's Hutchinson as it stops and by hessian-eigenthings' Hutch++
/// with its usual number of products; and both to a thousandth, or what memory allows of it, to which theirs is extrapolated. The known answer is a long run of
/// ours. Each turn has probes of its own.
/// </summary>
internal static class CurvatureTraces
{
    private const int TurnCount = 3;
    private const double Thousandth = 1e-3;

    // Of the known answer.
    private const double KnownTolerance = 3e-4;
    private const ulong KnownSeed = 1000;
    private const int MostProducts = 3000;
    private const long MostMemory = 4L << 30;

    public static void Add(Table table, CurvatureCase work)
    {
        double known = Estimate(work, KnownTolerance, KnownSeed).Value!.Value;
        // The error of a mean falls like the root of the number of probes; that of Hutch++ at best like the number of products.
        AddTheirs(table, work, known, "hutchinson", "at which PyHessian stops", 2);
        AddTheirs(table, work, known, "hutchplusplus", "of Hutch++ with its usual products", 1);
    }

    private static void AddTheirs(Table table, CurvatureCase work, double known, string item, string name, int power)
    {
        List<CurvatureTurn> asItIs = [], goingOn = [];
        for (int turn = 1; turn <= TurnCount; turn++)
        {
            Peer peer = work.Theirs(item, "--seed", $"{turn}");
            CurvatureCost? theirs = Theirs(peer, known);
            CurvatureCost exact = Ours(work, Thousandth, turn, known);
            asItIs.Add(new(theirs is null ? exact : Ours(work, theirs.Said, turn, known), theirs, peer.What));
            goingOn.Add(new(exact, theirs is null ? null : GoingOn(theirs, exact.Said, power), $"extrapolated: {peer.What}"));
        }

        CurvatureTurn.Add(table, $"{work.Field.Name}: trace to the error {name}", asItIs);
        CurvatureTurn.Add(table, $"{work.Field.Name}: trace to a thousandth, {item}", goingOn);
    }

    private static CurvatureCost Ours(CurvatureCase work, double tolerance, int seed, double known) => CurvatureCost.Of(() =>
    {
        TraceEstimate trace = Estimate(work, tolerance, (ulong)seed);
        double value = trace.Value!.Value;
        return (trace.Products, trace.StandardError!.Value / Math.Abs(value), Made(value, known));
    });

    private static TraceEstimate Estimate(CurvatureCase work, double tolerance, ulong seed)
        => TraceEstimate.Of(work.Network.Single, null, null, new TraceOptions(tolerance, MostProducts, seed, MostMemory), work.Network.Threads);

    private static CurvatureCost? Theirs(Peer peer, double known)
        => CurvatureCost.Of(peer, found => (found["error"] / Math.Abs(found["trace"]), Made(found["trace"], known)));

    private static double Made(double value, double known) => Math.Abs(value - known) / Math.Abs(known);

    private static CurvatureCost GoingOn(CurvatureCost stopped, double error, int power)
    {
        double times = Math.Max(1, Math.Pow(stopped.Said / error, power));
        return stopped.Times(times) with { Said = Math.Min(stopped.Said, error), Made = double.NaN };
    }
}
