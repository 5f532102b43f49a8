using System.Globalization;
using System.Text;

namespace BasinVolume.Benchmarks.Cluster;

/// <summary>The tables of docs/scaling.md: Hessians and products on up to 64 nodes, from the times of one and the speed of links.</summary>
internal static class ClusterTables
{
    private const int MostNodes = 64;

    // Of a real link nine tenths carry numbers.
    private const double Gigabit = 0.9 * 1e9 / 8;

    private static readonly int[] Nodes = [1, 2, 4, 8, 16, 32, 64];
    private static readonly (string Name, double Rate)[] Links = [("10 Gb/s", 10 * Gigabit), ("100 Gb/s", 100 * Gigabit)];

    /// <summary>The notebook's Hessian in float64 on two cores of Zen 4: 2.27 s for 60,000 images; a packed triangle of 1,710 rows.</summary>
    public static SharedWork Hessian { get; } = new("Hessian, 1,710 parameters", 2.27 / 60_000, 8.0 * 1710 * 1711 / 2, 512);

    /// <summary>Sixteen Hessian products of LeNet-5 in float32 on two cores of Zen 3: 1.10 s for 1,500 images; sixteen vectors of 61,706 float64.</summary>
    public static SharedWork Products { get; } = new("16 products, LeNet-5", 1.10 / 1500, 16 * 8.0 * 61_706, 64);

    private static readonly (SharedWork Work, long Samples)[] Strong =
    [
        (Hessian, 1500), (Hessian, 60_000), (Hessian, 1_000_000), (Products, 1500), (Products, 60_000), (Products, 1_000_000),
    ];

    /// <summary>All of them, in Markdown.</summary>
    public static string All()
    {
        var text = new StringBuilder();
        foreach ((string name, double rate) in Links)
        {
            Head(text, $"{name}, the same samples", "samples", "seconds on 1", "fastest");
            foreach ((SharedWork work, long samples) in Strong)
            {
                int fastest = work.Fastest(samples, MostNodes, rate);
                string best = F($"{fastest}: {work.Seconds(samples, fastest, rate):g3} s");
                Row(text, work.Name, nodes => work.StrongEfficiency(samples, nodes, rate), F($"{samples:n0}"), F($"{work.Seconds(samples, 1, rate):g3}"), best);
            }

            Head(text, $"{name}, samples of their own", "samples of a node", "seconds on 1", "seconds on 64");
            foreach (SharedWork work in (SharedWork[])[Hessian, Products])
            {
                foreach (long samples in (long[])[1500, 15_000, 60_000])
                {
                    Row(text, work.Name, nodes => work.WeakEfficiency(samples, nodes, rate), F($"{samples:n0}"), F($"{work.Seconds(samples, 1, rate):g3}"), F(
                        $"{work.Seconds(samples * MostNodes, MostNodes, rate):g3}"));
                }
            }
        }

        return text.ToString();
    }

    private static void Head(StringBuilder text, string title, params string[] columns)
    {
        string[] all = [title, .. columns, .. Nodes.Select(nodes => F($"{nodes}"))];
        if (text.Length > 0)
            text.Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", all)} |\n|{string.Concat(all.Select(_ => "---|"))}\n");
    }

    private static void Row(StringBuilder text, string name, Func<int, double> efficiency, params string[] cells)
    {
        string[] all = [name, .. cells, .. Nodes.Select(nodes => F($"{efficiency(nodes):p0}"))];
        text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", all)} |\n");
    }

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
