using System.Collections.Immutable;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Html;

/// <summary>
/// A table whose rows are sorted by a click on the head of a column, in a frame that scrolls where the page is narrower. A row is called by its first cell.
/// </summary>
internal static class HtmlTable
{
    // A cell of no more characters, as a formula has, stays in one line; longer ones are given room, so that a narrow page scrolls rather than stacks words.
    private const int LongText = 36, Sentences = 120;

    /// <summary>Significant digits of a number on a page. All of them are seen where the pointer rests on one in a table.</summary>
    public const int Digits = 4;

    // What stands above a column whose head is left empty.
    private const string Unnamed = "what";

    /// <summary>The table.</summary>
    /// <param name="table">What stands in it.</param>
    /// <param name="title">What it is called where it is not seen.</param>
    public static Html Of(TextTable table, string title) => Html.Of($"""
        <div class="scroll" tabindex="0" role="region" aria-label="{title}"><table>
        <thead><tr>{table.Heads.Select(HeadOf)}</tr></thead>
        <tbody>
        {table.Rows.Select(row => Html.Of($"<tr>{Cells(row)}</tr>\n"))}</tbody>
        </table></div>

        """);

    private static Html HeadOf(string head) => Html.Of($"<th scope=\"col\"><button type=\"button\">{(head.Length > 0 ? head : Unnamed)}</button></th>");

    private static IEnumerable<Html> Cells(ImmutableArray<string> row)
        => row.Select((text, place) => place == 0
            ? Html.Of($"<th scope=\"row\"{ClassOf(text)}>{CellOf(text)}</th>")
            : Html.Of($"<td{ClassOf(text)}>{CellOf(text)}</td>"));

    private static Html CellOf(string text) => Html.Of($"{ShortNumber.In(text, Digits).Select(part => PartOf(part.Shown, part.Whole))}");

    private static Html PartOf(string shown, string? whole)
        => whole is null ? Html.Of($"{shown}") : Html.Of($"<data value=\"{whole}\" title=\"{whole}\">{shown}</data>");

    private static Html ClassOf(string text) => text.Length switch
    {
        <= LongText => Html.None,
        <= Sentences => Html.Of($" class=\"long\""),
        _ => Html.Of($" class=\"sentences\""),
    };
}
