using BasinVolume.Benchmarks.Comparisons;

namespace BasinVolume.Benchmarks.PeerGroups;

/// <summary>The same number by both sides, one after the other.</summary>
/// <param name="Ours">Ours.</param>
/// <param name="Theirs">Theirs; null where they could not be run.</param>
/// <param name="What">Which tool, or why it could not be run.</param>
internal sealed record CurvatureTurn(CurvatureCost Ours, CurvatureCost? Theirs, string What)
{
    /// <summary>The columns of a table of them.</summary>
    public static string[] Columns { get; } = ["ours", "theirs", "theirs / ours", "the same in processor time", "what"];

    private double Ratio => Theirs is { } theirs ? theirs.Seconds / Ours.Seconds : double.NaN;

    private double ProcessorRatio => Theirs is { } theirs ? theirs.Processor / Ours.Processor : double.NaN;

    /// <summary>Of some turns the one whose ratio is in the middle, as a row; the other ratio's middle as well.</summary>
    public static void Add(Table table, string name, IReadOnlyList<CurvatureTurn> turns)
    {
        CurvatureTurn middle = turns.OrderBy(turn => turn.Ratio).ElementAt(turns.Count / 2);
        string[] theirs = middle.Theirs is null
            ? ["–", "–", "–"]
            : [$"{middle.Theirs}", F($"{middle.Ratio:g3}"), F($"{Stopwatches.Middle(turns.Select(turn => turn.ProcessorRatio)):g3}")];
        table.Add([name, $"{middle.Ours}", .. theirs, middle.What]);
    }

    private static string F(FormattableString text) => FormattableString.Invariant(text);
}
