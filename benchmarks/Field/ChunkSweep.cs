using BasinVolume.Autodiff.Plans;
using BasinVolume.Benchmarks.Comparisons;

namespace BasinVolume.Benchmarks.Field;

/// <summary>
/// Time of one sample against what a plan holds at once: samples of a chunk, and bytes for tangents. What suits a network is read off here.
/// </summary>
internal static class ChunkSweep
{
    // Of chunks that are smaller than this several go through the plan.
    private const int LeastSamples = 128;

    // What is short is run several times in a round.
    private const double TurnSeconds = 0.05;

    private static readonly int[] _chunks = [8, 16, 32, 64, 128, 256, 512];
    private static readonly int[] _mebibytes = [4, 8, 16, 32];

    /// <summary>Sweeps over both. A round goes through all plans, so that all meet the same moods of the machine.</summary>
    /// <param name="name">The network.</param>
    /// <param name="rounds">How often; each time is the median. One round more goes before, which warms up and does not count.</param>
    public static void Run(string name, int rounds)
    {
        FieldNetwork network = FieldNetworks.Open(name);
        List<Timed> timed = [.. _chunks.SelectMany(chunk => CasesOf(network, chunk))];
        for (int round = 0; round <= rounds; round++)
        {
            foreach (Timed each in timed)
                each.Run(counts: round > 0);
        }

        Console.WriteLine($"{network.What}, float32: microseconds a sample; products for each direction, and in gradients of that chunk.");
        Console.WriteLine();
        var table = new Table(["gradient", "one direction", .. _mebibytes.Select(size => $"sixteen, {size} MiB")]);
        foreach (Timed[] row in timed.Chunk(timed.Count / _chunks.Length))
            table.Add([$"chunk {row[0].Chunk}", Said(row[0]), .. row[1..].Select(each => $"{Said(each)} ({Said(each.Microseconds / row[0].Microseconds)})")]);
        table.Write();
        foreach (Timed each in timed)
            each.Case.Dispose();
    }

    // Bytes for tangents matter to several directions only: one is always taken.
    private static IEnumerable<Timed> CasesOf(FieldNetwork network, int chunk)
    {
        FieldCase<float>[] cases = [.. _mebibytes.Select(size => new FieldCase<float>(network, Samples(chunk), new PlanBudget(chunk, (long)size << 20)))];
        yield return new(chunk, cases[0], cases[0].Gradient, 1);
        yield return new(chunk, cases[0], cases[0].Product, 1);
        foreach (FieldCase<float> each in cases)
            yield return new(chunk, each, each.Products, FieldCase<float>.ManyDirections);
    }

    private static int Samples(int chunk) => Math.Max(chunk, LeastSamples);

    private static string Said(Timed timed) => FormattableString.Invariant($"{timed.Microseconds:f1}");

    private static string Said(double ratio) => FormattableString.Invariant($"{ratio:f2}");

    private sealed record Timed(int Chunk, FieldCase<float> Case, Action Action, int Directions)
    {
        private readonly List<double> _seconds = [];

        public double Microseconds => 1e6 * Stopwatches.Middle(_seconds) / Samples(Chunk) / Directions;

        public void Run(bool counts)
        {
            double seconds = Stopwatches.Turn(TurnSeconds, Action);
            if (counts)
                _seconds.Add(seconds);
        }
    }
}
