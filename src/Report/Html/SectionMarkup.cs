using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Html;

/// <summary>A table of a run with what is said of it, as markup.</summary>
internal static class SectionMarkup
{
    /// <summary>The table under a heading of its own, inside a chapter.</summary>
    public static Html Below(Section section) => Html.Of($"<section id=\"{section.Id}\"><h3>{section.Title}</h3>\n{ContentOf(section)}</section>\n");

    /// <summary>The table without its heading.</summary>
    public static Html ContentOf(Section section)
    {
        Html note = section.Note is { } text ? Html.Of($"<p>{text}</p>\n") : Html.None;
        return Html.Of($"{note}{HtmlTable.Of(section.Table.WithoutEmptyColumns(), section.Title)}");
    }
}
