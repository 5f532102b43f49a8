using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Report.Runs;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Html;

/// <summary>
/// report.html: all that is in a run's folder on one page that needs nothing else: the answer, every table and picture in its chapter, how to repeat it, and
/// where it comes from.
/// </summary>
public static class RunPage
{
    private const string NotFinished = "a run that was not finished: it was killed, failed or was interrupted";

    /// <summary>Writes the page of a folder into it.</summary>
    /// <param name="folder">The folder of one finished run or of several of different kinds.</param>
    /// <returns>Where the page is, and what in the folder it does not show and why.</returns>
    /// <exception cref="DataException">The folder holds no finished run, or one of its documents is damaged.</exception>
    /// <exception cref="OutputException">The page cannot be written, or another process writes to the folder.</exception>
    public static (string Path, ImmutableArray<string> LeftOut) Write(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        // A run that ended while it took its place is finished here.
        if (!Publication.IsBegun(folder) && !RunKind.All.Any(kind => FinishedRun.IsIn(folder, kind)))
            UnfinishedRun.Refuse(folder, RunKind.All);
        using FolderLock? held = Directory.Exists(folder) ? FolderLock.Take(folder) : null;
        OutputException.Guard(folder, () => Publication.Finish(folder));
        string path = Path.Combine(Path.GetFullPath(folder), RunFolder.PageName);
        ImmutableArray<string> leftOut = Write(path, folder, [folder]);
        return (path, UnfinishedRun.IsIn(folder, RunKind.All) ? [.. leftOut, NotFinished] : leftOut);
    }

    /// <summary>Writes the page of a run that is about to be published beside its result.</summary>
    /// <param name="folder">The run's folder; its result is written.</param>
    /// <returns>What in the folder it does not show, and why.</returns>
    /// <exception cref="OutputException">The page cannot be written.</exception>
    public static ImmutableArray<string> Prepare(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Write(folder.PathOf(RunFolder.PageName), folder.FullPath, folder.Places);
    }

    private static ImmutableArray<string> Write(string path, string folder, IReadOnlyList<string> places)
    {
        (Html page, ImmutableArray<string> leftOut) = Of(folder, places);
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            page.WriteTo(writer);
        });
        return leftOut;
    }

    /// <summary>The page of what lies in a folder.</summary>
    /// <param name="folder">What the folder is called.</param>
    /// <param name="places">Where its documents are looked for.</param>
    /// <exception cref="DataException">It holds no finished run, or its documents are damaged.</exception>
    internal static (Html Page, ImmutableArray<string> LeftOut) Of(string folder, IReadOnlyList<string> places)
    {
        RunDocuments run = RunDocuments.Read(folder, places);
        var figures = PageFigures.Of(run.All);
        ImmutableArray<string> leftOut = [.. run.LeftOut, .. figures.LeftOut];
        return (PageOf(folder, run, figures.All, leftOut), leftOut);
    }

    private static Html PageOf(string folder, RunDocuments run, ImmutableArray<PageFigure> figures, ImmutableArray<string> leftOut)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var headline = Headline.Of(run.All[0].Record);
        Html style = Resource("report.css"), script = Resource("report.js");
        return Html.Of($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{PolicyOf(style, script)}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{headline.Title}: {name}, BasinVolume</title>
            <link rel="icon" href="data:,">
            <style>{style}</style>
            </head>
            <body>
            <header><p>{name}</p><h1>{headline.Title}</h1><p class="outcome">{headline.Sentence}</p></header>
            {MainOf(run, figures, leftOut)}
            <dialog aria-label="Enlarged picture"><button type="button" class="close">Close</button><img alt=""></dialog>
            <script>{script}</script>
            </body>
            </html>

            """);
    }

    private static Html MainOf(RunDocuments run, ImmutableArray<PageFigure> figures, ImmutableArray<string> leftOut)
    {
        // Where several jobs know of a density, that of the first stands at the top.
        RunDocument? first = figures.FirstOrDefault(figure => figure.IsDensity)?.Document;
        PageFigure[] top = [.. figures.Where(figure => figure.IsDensity && figure.Document == first)];
        IEnumerable<PageFigure> rest = figures.Where(figure => !top.Any(shown => shown.Shows(figure)));
        ImmutableArray<ShownChapter> chapters =
        [
            .. PageBody.Of(TablesOf(run.All), rest),
            .. ProvenanceSection.LeftOut(leftOut),
            ProvenanceSection.Repeat(run.All),
            ProvenanceSection.Provenance(run.All, LogsOf(run.All)),
        ];
        return Html.Of($"<main>\n{AnswerCards.Of(run.All, top)}{ContentsOf(chapters)}{chapters.Select(chapter => chapter.Markup)}</main>");
    }

    private static Html ContentsOf(IEnumerable<ShownChapter> chapters)
    {
        IEnumerable<Html> links = chapters.Select(chapter => Html.Of($"<li><a href=\"#{chapter.Id}\">{chapter.Title}</a></li>\n"));
        return Html.Of($"<nav aria-label=\"Contents\"><ul>\n{links}</ul></nav>\n");
    }

    // Two jobs about models have sections of the same name: the later one says whose it is.
    private static IEnumerable<PageTable> TablesOf(ImmutableArray<RunDocument> documents)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (RunDocument document in documents)
        {
            string name = document.Kind.ResultName;
            foreach (Section section in (Section[])[.. document.Record.Sections(), .. document.Record.SelfCheck()])
            {
                string id = string.Join('-', section.Id.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
                yield return new(document, seen.Add(id)
                    ? section with { Id = id }
                    : section with { Id = $"{id}-{Path.GetFileNameWithoutExtension(name)}", Title = $"{section.Title}, {name}" });
            }
        }
    }

    private static IEnumerable<(string Name, string Text)> LogsOf(ImmutableArray<RunDocument> documents)
    {
        foreach (RunDocument document in documents)
        {
            if (ReadShared(Path.Combine(document.Folder, document.Kind.LogName)) is { } text)
                yield return (document.Kind.LogName, text);
        }
    }

    // Nothing is fetched, and nothing runs but what is in the page.
    private static Html PolicyOf(Html style, Html script) => Html.Of(
        $"default-src 'none'; img-src data:; style-src 'sha256-{HashOf(style)}'; script-src 'sha256-{HashOf(script)}'; "
        + $"base-uri 'none'; form-action 'none'");

    // What the browser compares the only style and the only script with that it may use.
    private static string HashOf(Html element) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(element.Text)));

    // A job writes its page while its log is still open. A log that cannot be read leaves a gap on the page, no more.
    private static string? ReadShared(string path)
    {
        try
        {
            using Stream stream = InputFile.Open(path, FinishedRun.MostBytes, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // The program's own text, not a run's.
    private static Html Resource(string name)
    {
        using Stream stream = typeof(RunPage).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return Html.OfOwn(reader.ReadToEnd());
    }
}
