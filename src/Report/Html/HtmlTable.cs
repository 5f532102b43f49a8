using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Html;

/// <summary>A table whose rows are sorted by a click on the head of a column, in a frame that scrolls where the page is narrower.</summary>
internal static class HtmlTable
{
    // A cell with more characters is given room, so that a narrow page scrolls rather than stacks words.
    private const int LongText = 30;

    /// <summary>The table.</summary>
    public static Html Of(TextTable table) => Html.Of($"""
        <div class="scroll"><table>
        <thead><tr>{table.Heads.Select(head => Html.Of($"<th scope=\"col\"><button type=\"button\">{head}</button></th>"))}</tr></thead>
        <tbody>
        {table.Rows.Select(row => Html.Of($"<tr>{row.Select(CellOf)}</tr>\n"))}</tbody>
        </table></div>

        """);

    private static Html CellOf(string text) => text.Length > LongText ? Html.Of($"<td class=\"long\">{text}</td>") : Html.Of($"<td>{text}</td>");
}
