using System.Collections.Immutable;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Html;

/// <summary>A chapter with what stands in it.</summary>
/// <param name="Id">What a link to it ends with.</param>
/// <param name="Title">What a link to it says.</param>
/// <param name="Markup">All of it.</param>
internal sealed record ShownChapter(string Id, string Title, Html Markup);

/// <summary>A table of a job.</summary>
/// <param name="Document">The job's document.</param>
/// <param name="Section">The table, with an id that no other one has.</param>
internal sealed record PageTable(RunDocument Document, Section Section);

/// <summary>Tables and pictures of the jobs of a folder, each in the chapter that it belongs to.</summary>
internal static class PageBody
{
    /// <summary>The chapters that have something in them.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="figures">The pictures.</param>
    public static IEnumerable<ShownChapter> Of(IEnumerable<PageTable> tables, IEnumerable<PageFigure> figures)
    {
        ILookup<Chapter, (PageTable Table, int Part, int Place)> tablesOf =
            tables.Select(table => (Table: table, At: Chapter.PlaceOf(table.Section.Id))).ToLookup(
                placed => placed.At.Chapter, placed => (placed.Table, placed.At.Part, placed.At.Place));
        ILookup<Chapter, (PageFigure Figure, int Part, int Place)> figuresOf =
            figures.Select(figure => (Figure: figure, At: Chapter.PlaceOfPicture(figure.Kind))).ToLookup(
                placed => placed.At.Chapter, placed => (placed.Figure, placed.At.Part, placed.At.Place));
        return Chapter.All.Where(chapter => tablesOf.Contains(chapter) || figuresOf.Contains(chapter)).Select(
            chapter => Of(chapter, [.. tablesOf[chapter]], [.. figuresOf[chapter]]));
    }

    /// <summary>Pictures beside each other as far as there is room.</summary>
    public static Html Grid(IEnumerable<Html> figures)
        => figures.ToArray() is { Length: > 0 } shown ? Html.Of($"<div class=\"figures\">\n{shown}</div>\n") : Html.None;

    private static ShownChapter Of(
        Chapter chapter, ImmutableArray<(PageTable Table, int Part, int Place)> tables, ImmutableArray<(PageFigure Figure, int Part, int Place)> figures)
    {
        Section? single = SingleOf(tables, figures);
        var content = new List<Html>();
        for (int part = 0; part < chapter.Parts.Length; part++)
        {
            content.AddRange(tables.Where(placed => placed.Part == part).OrderBy(placed => placed.Place).Select(
                placed => single is null ? SectionMarkup.Below(placed.Table.Section) : SectionMarkup.ContentOf(placed.Table.Section)));
            content.Add(Grid(figures.Where(placed => placed.Part == part).OrderBy(placed => placed.Place).Select(placed => placed.Figure.Markup)));
        }

        (string id, string heading) = single is null ? (chapter.Id, chapter.Title) : (single.Id, single.Title);
        return new(id, chapter.Title, Html.Of($"<section id=\"{id}\"><h2>{heading}</h2>\n{content}</section>\n"));
    }

    // A table to which all pictures of a chapter belong is the chapter itself.
    private static Section? SingleOf(
        ImmutableArray<(PageTable Table, int Part, int Place)> tables, ImmutableArray<(PageFigure Figure, int Part, int Place)> figures)
        => tables is [var (table, _, _)] && figures.All(placed => placed.Figure.Document == table.Document) ? table.Section : null;
}
