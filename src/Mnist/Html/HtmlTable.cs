namespace BasinVolume.Mnist.Html;

/// <summary>A table whose rows are sorted by a click on the head of a column, in a frame that scrolls where the page is narrower.</summary>
internal static class HtmlTable
{
    // A cell with more characters is given room, so that a narrow page scrolls rather than stacks words.
    private const int LongText = 30;

    /// <summary>The table.</summary>
    /// <param name="heads">What stands above the columns.</param>
    /// <param name="rows">The cells of each row.</param>
    public static Html Of(IEnumerable<string> heads, IEnumerable<IEnumerable<string>> rows) => Html.Of($"""
        <div class="scroll"><table>
        <thead><tr>{heads.Select(head => Html.Of($"<th scope=\"col\"><button type=\"button\">{head}</button></th>"))}</tr></thead>
        <tbody>
        {rows.Select(row => Html.Of($"<tr>{row.Select(cell => cell.Length > LongText ? Html.Of($"<td class=\"long\">{cell}</td>") : Html.Of($"<td>{cell}</td>"))}</tr>\n"))}</tbody>
        </table></div>

        """);
}
