using System.Collections.Immutable;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Html;

/// <summary>A chapter with what stands in it.</summary>
/// <param name="Id">What a link to it ends with.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Markup">All of it.</param>
internal sealed record ShownChapter(string Id, string Title, Html Markup);

/// <summary>Tables and pictures of the jobs of a folder, each in the chapter that it belongs to.</summary>
internal static class PageBody
{
    /// <summary>The chapters that have something in them.</summary>
    /// <param name="sections">The tables, with ids of their own each.</param>
    /// <param name="figures">The pictures.</param>
    public static ImmutableArray<ShownChapter> Of(ImmutableArray<Section> sections, ImmutableArray<PageFigure> figures)
    {
        ILookup<Chapter, (int Part, int Place, Section Section)> tables = sections.ToLookup(
            section => Chapter.PlaceOf(section.Id).Chapter, section => (Chapter.PlaceOf(section.Id).Part, Chapter.PlaceOf(section.Id).Place, section));
        ILookup<Chapter, (int Part, int Place, PageFigure Figure)> pictures = figures.ToLookup(
            figure => Chapter.PlaceOfPicture(figure.Kind).Chapter,
            figure => (Chapter.PlaceOfPicture(figure.Kind).Part, Chapter.PlaceOfPicture(figure.Kind).Place, figure));
        return [.. Chapter.All.Where(chapter => tables.Contains(chapter) || pictures.Contains(chapter)).Select(
            chapter => Of(chapter, [.. tables[chapter]], [.. pictures[chapter]]))];
    }

    private static ShownChapter Of(
        Chapter chapter, ImmutableArray<(int Part, int Place, Section Section)> tables, ImmutableArray<(int Part, int Place, PageFigure Figure)> pictures)
    {
        // A single table is the chapter itself.
        Section? single = tables is [var only] ? only.Section : null;
        var parts = new List<Html>();
        for (int part = 0; part < chapter.Parts.Length; part++)
        {
            parts.AddRange(tables.Where(table => table.Part == part).OrderBy(table => table.Place).Select(
                table => single is null ? SectionMarkup.Below(table.Section) : SectionMarkup.ContentOf(table.Section)));
            parts.Add(Grid(pictures.Where(picture => picture.Part == part).OrderBy(picture => picture.Place).Select(picture => picture.Figure.Markup)));
        }

        (string id, string title) = single is null ? (chapter.Id, chapter.Title) : (single.Id, single.Title);
        return new(id, title, Html.Of($"<section id=\"{id}\"><h2>{title}</h2>\n{parts}</section>\n"));
    }

    /// <summary>Pictures beside each other as far as there is room.</summary>
    public static Html Grid(IEnumerable<Html> figures)
        => figures.ToArray() is { Length: > 0 } shown ? Html.Of($"<div class=\"figures\">\n{shown}</div>\n") : Html.None;
}
