namespace BasinVolume.Benchmarks.Comparisons;

/// <summary>A table in Markdown, as docs/performance.md has it.</summary>
internal sealed class Table(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Ours, theirs and their ratio.</summary>
    public void Add(string name, (double Ours, Peer Theirs) turn)
        => Add(
            name,
            F($"{turn.Ours:g4} s"),
            turn.Theirs.Seconds is { } theirs ? F($"{theirs:g4} s") : "–",
            turn.Theirs.Seconds is { } t ? F($"{t / turn.Ours:g3}") : "–",
            turn.Theirs.What);

    public void Add(params string[] cells)
    {
        _rows.Add(cells);
        Console.Error.WriteLine(string.Join("  ", cells));
    }

    public void Write()
    {
        Console.WriteLine($"| | {string.Join(" | ", columns)} |");
        Console.WriteLine($"|---|{string.Concat(columns.Select(_ => "---|"))}");
        foreach (string[] row in _rows)
            Console.WriteLine($"| {string.Join(" | ", row)} |");
        Console.WriteLine();
    }

    private static string F(FormattableString text) => FormattableString.Invariant(text);
}
