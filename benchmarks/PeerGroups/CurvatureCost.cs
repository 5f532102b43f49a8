using BasinVolume.Benchmarks.Comparisons;

namespace BasinVolume.Benchmarks.PeerGroups;

/// <summary>What a number cost, and how far off it is.</summary>
/// <param name="Products">Products with one direction.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Processor">Seconds of all threads together: what others do on the machine changes these less.</param>
/// <param name="Said">The error that the method itself says, or that its samples say, relative; not a number where nothing does.</param>
/// <param name="Made">The error against the known answer, relative; not a number where nobody looked.</param>
internal sealed record CurvatureCost(double Products, double Seconds, double Processor, double Said, double Made)
{
    /// <summary>What one of our computations cost.</summary>
    /// <param name="computation">Gives its products and both errors.</param>
    public static CurvatureCost Of(Func<(long Products, double Said, double Made)> computation)
    {
        (long products, double said, double made) = (0, 0, 0);
        TimeSpan before = Environment.CpuUsage.TotalTime;
        double seconds = Stopwatches.Once(() => (products, said, made) = computation());
        return new(products, seconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds, said, made);
    }

    /// <summary>What a peer's computation cost; null where it could not be run.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="errors">Takes both errors from what it found.</param>
    public static CurvatureCost? Of(Peer peer, Func<Peer, (double Said, double Made)> errors)
    {
        if (peer.Seconds is not { } seconds)
            return null;
        (double said, double made) = errors(peer);
        return new(peer["products"], seconds, peer["processor"], said, made);
    }

    /// <summary>What one of several runs costs: the means, and of the errors the root of the mean square.</summary>
    /// <param name="runs">At least one.</param>
    public static CurvatureCost Mean(IReadOnlyList<CurvatureCost> runs) => new(
        runs.Average(run => run.Products), runs.Average(run => run.Seconds), runs.Average(run => run.Processor), RootMeanSquare(runs.Select(run => run.Said)),
        RootMeanSquare(runs.Select(run => run.Made)));

    /// <summary>The same going on for so many times as long.</summary>
    public CurvatureCost Times(double factor) => this with { Products = Products * factor, Seconds = Seconds * factor, Processor = Processor * factor };

    public override string ToString()
        => FormattableString.Invariant($"{Products:f0} products, {Seconds:g3} s, error {Shown(Said)} said, {Shown(Made)} made");

    private static double RootMeanSquare(IEnumerable<double> errors) => Math.Sqrt(errors.Average(error => error * error));

    private static string Shown(double error) => double.IsNaN(error) ? "not" : FormattableString.Invariant($"{error:g2}");
}
