using System.Collections.Immutable;

namespace BasinVolume.Report.Tables;

/// <summary>A table of texts.</summary>
/// <param name="Heads">What stands above the columns.</param>
/// <param name="Rows">The cells of each row, as many as there are heads.</param>
public sealed record TextTable(ImmutableArray<string> Heads, ImmutableArray<ImmutableArray<string>> Rows)
{
    /// <summary>Whether the last column only explains the others, so that it can be left out where there is no room.</summary>
    public bool IsLastComment { get; init; }

    /// <summary>
    /// The same without the columns in which nothing stands; the first one names the rows and stays. A row may end early, as one of a damaged record does.
    /// </summary>
    public TextTable WithoutEmptyColumns()
    {
        int[] said = [.. Enumerable.Range(0, Heads.Length).Where(column => column == 0 || Rows.Any(row => At(row, column) is not ("" or Cell.Nothing)))];
        if (said.Length == Heads.Length || Rows.IsEmpty)
            return this;
        return new([.. said.Select(column => Heads[column])], [.. Rows.Select(row => (ImmutableArray<string>)[.. said.Select(column => At(row, column))])])
        {
            IsLastComment = IsLastComment && said[^1] == Heads.Length - 1,
        };
    }

    private static string At(ImmutableArray<string> row, int column) => column < row.Length ? row[column] : Cell.Nothing;

    /// <summary>A table of names and values.</summary>
    public static TextTable Of(string first, string second, IEnumerable<(string Name, string Value)> rows)
        => new([first, second], [.. rows.Select(row => ImmutableArray.Create(row.Name, row.Value))]);
}

/// <summary>A part of what a run has to say: a table under a title.</summary>
/// <param name="Id">What a link to it ends with.</param>
/// <param name="Title">What stands above it.</param>
/// <param name="Note">A sentence before the table; null for none.</param>
/// <param name="Table">The table.</param>
public sealed record Section(string Id, string Title, string? Note, TextTable Table)
{
    /// <summary>Whether it is for a page alone, as more than what somebody wants to read at the end of a job.</summary>
    public bool IsDetail { get; init; }
}
