using BasinVolume.Benchmarks.Comparisons;
using BasinVolume.Benchmarks.Field;

namespace BasinVolume.Benchmarks.PeerGroups;

/// <summary>
/// Gradients and products of the networks of the field in float32, ours and PyTorch's. In a turn everything of ours is timed and then everything of theirs;
/// a ratio is the middle one of its turns, and a time the middle one as well.
/// </summary>
internal static class NetworkPasses
{
    private const int TurnCount = 3;

    // Of a row of ours in a turn: what is short is run several times.
    private const double TurnSeconds = 0.5;

    private static readonly string[] _networks = ["lenet5", FieldNetworks.CurvlinopsMlp, FieldNetworks.PlainResNet20];

    public static void Run(IReadOnlyList<string> names)
    {
        foreach (string name in names.Count > 0 ? names : _networks)
            Compare(FieldNetworks.Open(name));
    }

    private static void Compare(FieldNetwork network)
    {
        using var work = new FieldCase<float>(network, network.Samples);
        using var product = new SquareProduct<float>(2048);
        Row[] rows =
        [
            new("gradient", work.Gradient, 1, "gradient"),
            new("one Hessian product", work.Product, 1, "hessian-product"),
            new($"{FieldCase<float>.ManyDirections} Hessian products", work.Products, FieldCase<float>.ManyDirections, "hessian-products"),
            new("one Gauss–Newton product", work.GaussNewton, 1, "gauss-newton-product"),
        ];
        var products = new List<double>();
        foreach (Row row in rows)
            row.Ours();
        for (int turn = 0; turn < TurnCount; turn++)
        {
            products.Add(Stopwatches.Turn(TurnSeconds, product.Run));
            foreach (Row row in rows)
                row.OurSeconds.Add(Stopwatches.Turn(TurnSeconds, row.Ours));
            foreach (Row row in rows)
                row.Theirs.Add(Theirs(row.Item, network));
        }

        Write(network, rows, product.Arithmetic, products);
    }

    private static Peer Theirs(string item, FieldNetwork network)
        => Peer.Run(
            item, "--network", network.Name, "--samples", $"{network.Samples}", "--repeats", "1", "--threads", $"{Environment.ProcessorCount}");

    private static void Write(FieldNetwork network, Row[] rows, double arithmeticOfProduct, List<double> products)
    {
        var table = new Table("ours", "theirs", "theirs / ours", "ours, each in gradients", "what");
        foreach (Row row in rows)
        {
            double each = Ratio(row.OurSeconds, rows[0].OurSeconds) / row.Directions;
            table.Add(
                $"{network.Name}: {row.Name}",
                F($"{Stopwatches.Middle(row.OurSeconds):g4} s"),
                row.TheirSeconds is { } theirs ? F($"{Stopwatches.Middle(theirs):g4} s") : "–",
                row.TheirSeconds is { } t ? F($"{Ratio(t, row.OurSeconds):g3}") : "–",
                F($"{each:f2}"),
                row.Theirs[^1].What);
        }

        table.Write();
        double arithmetic = Arithmetic.OfGradient(network.Network, network.Samples);
        double times = Ratio(rows[0].OurSeconds, products) * arithmeticOfProduct / arithmetic;
        Console.WriteLine(F($"{network.What}, {network.Network.ParameterCount} parameters, {network.Samples} samples, the middle of {TurnCount} turns."));
        double rate = arithmeticOfProduct / Stopwatches.Middle(products);
        Console.WriteLine(F(
            $"Its gradient has {arithmetic / 1e9:f2} GFLOP and takes {times:f2} times what our matrix product needs for that ({rate / 1e9:f0} GFLOP/s)."));
        Console.WriteLine();
    }

    private static double Ratio(IEnumerable<double> above, IEnumerable<double> below) => Stopwatches.Middle(above.Zip(below, (a, b) => a / b));

    private static string F(FormattableString text) => FormattableString.Invariant(text);

    private sealed record Row(string Name, Action Ours, int Directions, string Item)
    {
        public List<double> OurSeconds { get; } = [];

        public List<Peer> Theirs { get; } = [];

        public double[]? TheirSeconds => Theirs.All(peer => peer.Seconds is not null) ? [.. Theirs.Select(peer => peer.Seconds!.Value)] : null;
    }
}
