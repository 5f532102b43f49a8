using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Html;

/// <summary>A section of a run as markup.</summary>
internal static class SectionMarkup
{
    /// <summary>The markup.</summary>
    public static Html Of(Section section)
    {
        Html note = section.Note is { } text ? Html.Of($"<p>{text}</p>\n") : Html.None;
        return Html.Of($"<section id=\"{section.Id}\"><h2>{section.Title}</h2>\n{note}{HtmlTable.Of(section.Table)}</section>\n");
    }
}
