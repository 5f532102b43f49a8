using System.Collections.Immutable;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Html;

/// <summary>The answers of the jobs of a folder, a card for each line, and the density of the eigenvalues.</summary>
internal static class AnswerCards
{
    /// <summary>The section.</summary>
    /// <param name="documents">The documents of the jobs.</param>
    /// <param name="densities">The pictures that belong beside the answer.</param>
    public static Html Of(ImmutableArray<RunDocument> documents, IEnumerable<PageFigure> densities)
        => Html.Of($"""
            <section id="answer"><h2>What came out</h2>
            {documents.Select(document => CardsOf(document, documents))}{PageBody.Grid(densities.Select(figure => figure.Markup))}</section>

            """);

    // One job needs no heading beside that of the section.
    private static Html CardsOf(RunDocument document, ImmutableArray<RunDocument> documents)
    {
        AnswerLine[] lines = [.. document.Record.Answer()];
        if (lines.Length == 0)
            return Html.None;
        Html heading = documents.Length > 1 ? Html.Of($"<h3>{Headline.Of(document.Record).Title}</h3>\n") : Html.None;
        return Html.Of($"{heading}<dl class=\"cards\">\n{lines.Select(CardOf)}</dl>\n");
    }

    private static Html CardOf(AnswerLine line)
        => Html.Of($"<div><dt>{line.Name}</dt>{line.Value.Split('\n').Select(value => Html.Of($"<dd>{value}</dd>"))}</div>\n");
}
