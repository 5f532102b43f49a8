using System.Collections.Immutable;
using BasinVolume.Report.Records;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Html;

/// <summary>What was asked, how to ask it again, and where the numbers come from.</summary>
internal static class ProvenanceSection
{
    /// <summary>What was asked in each job of the folder, and how it is asked again.</summary>
    public static ShownChapter Repeat(ImmutableArray<RunDocument> documents) => Chapter(
        "repeat",
        "How to repeat it",
        Html.Of($"""
            {documents.Select(document => Html.Of($"{HeadingOf(document, documents)}{CommandOf(document.Record)}{OptionsOf(document.Record)}"))}
            <p>From the sources, <code>dotnet run --project src/Mnist --</code> stands for <code>basin-volume</code>.
            On the same device and with the same versions the numbers have the same bits, seconds apart.</p>

            """));

    /// <summary>What lies in the folder and is not shown; nothing where all is.</summary>
    public static IEnumerable<ShownChapter> LeftOut(ImmutableArray<string> lines)
        => lines.IsEmpty ? [] : [Chapter("left-out", "Left out", Html.Of($"<ul>{lines.Select(line => Html.Of($"<li>{line}</li>\n"))}</ul>"))];

    /// <summary>Where the numbers come from.</summary>
    /// <param name="documents">The results.</param>
    /// <param name="logs">What the jobs said, by the names of their logs.</param>
    public static ShownChapter Provenance(ImmutableArray<RunDocument> documents, IEnumerable<(string Name, string Text)> logs)
    {
        IEnumerable<Html> tables = documents.Select(document => Html.Of(
            $"{HeadingOf(document, documents)}{HtmlTable.Of(TextTable.Of("", "value", document.Record.Provenance()), document.Kind.ResultName)}"));
        IEnumerable<Html> said = logs.Select(log => Html.Of($"<details><summary>{log.Name}</summary><pre>{log.Text}</pre></details>\n"));
        return Chapter("provenance", "Provenance", Html.Of($"{tables}{said}"));
    }

    private static ShownChapter Chapter(string id, string title, Html content)
        => new(id, title, Html.Of($"<section id=\"{id}\"><h2>{title}</h2>\n{content}</section>\n"));

    // One job needs no heading beside that of the chapter.
    private static Html HeadingOf(RunDocument document, ImmutableArray<RunDocument> documents)
        => documents.Length > 1 ? Html.Of($"<h3>{document.Kind.ResultName}</h3>\n") : Html.None;

    private static Html CommandOf(IRunRecord record) => record.CommandLine is { } command ? Html.Of($"<pre><code>{command}</code></pre>\n") : Html.None;

    private static Html OptionsOf(IRunRecord record) => Html.Of(
        $"<details><summary>All options</summary>\n{HtmlTable.Of(TextTable.Of("option", "value", record.Asked()), "All options")}</details>\n");
}
