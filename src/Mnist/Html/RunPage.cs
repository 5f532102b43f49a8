using System.Text;
using System.Text.Json;
using BasinVolume.Mnist.Data;
using BasinVolume.Mnist.Formats;
using BasinVolume.Mnist.Results;

namespace BasinVolume.Mnist.Html;

/// <summary>report.html: all that is in a run's folder on one page that needs nothing else: what was asked, what came out, every picture, provenance, and how to repeat it.</summary>
public static class RunPage
{
    /// <summary>What the page is called.</summary>
    public const string FileName = "report.html";

    /// <summary>Writes the page of a folder into it.</summary>
    /// <param name="folder">The folder of one finished run or of several of different kinds.</param>
    /// <returns>Where the page is.</returns>
    /// <exception cref="DataException">The folder holds no finished run, or one of its documents is damaged.</exception>
    /// <exception cref="OutputException">The page cannot be written.</exception>
    public static string Write(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        string path = Path.Combine(folder, FileName);
        byte[] page = Encoding.UTF8.GetBytes(Of(RunDocuments.Read(folder)));
        AtomicFile.Write(path, stream => stream.Write(page));
        return path;
    }

    private static string Of(RunDocuments run)
    {
        try
        {
            return PageOf(run).Text;
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new DataException($"A document in {run.Folder} is not as this program writes it ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}); run the job again.", e);
        }
    }

    private static Html PageOf(RunDocuments run)
    {
        JsonElement first = run.All.First();
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(run.Folder)));
        string command = first.At("command") is { } given ? Json.Text(given) : run.Spectrum is null ? "volume" : "spectrum";
        return Html.Of($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{name}: {command}, BasinVolume</title>
            <link rel="icon" href="data:,">
            <style>{Resource("report.css")}</style>
            </head>
            <body>
            <header><h1>{command}</h1><p>{name}</p></header>
            <main>
            {SectionsOf(run, first)}</main>
            <dialog aria-label="Enlarged picture"><button type="button" class="close">Close</button><img alt=""></dialog>
            <script>{Resource("report.js")}</script>
            </body>
            </html>

            """);
    }

    private static IEnumerable<Html> SectionsOf(RunDocuments run, JsonElement first)
    {
        yield return ProvenanceSection.Asked(first);
        if (run.Models is { } models)
        {
            yield return OtherSections.Audit(models);
            yield return ModelSection.Numbers(models);
        }

        if (run.Spectrum is { } spectrum)
            yield return OtherSections.Spectrum(spectrum);
        if (run.Volume is { } volume)
            yield return OtherSections.Volume(volume);
        if (run.Landscape is { } landscape)
            yield return OtherSections.Landscape(landscape);
        yield return FigureSection.Of(run.Folder);
        if (run.Models is { } verified)
            yield return ModelSection.Verification(verified);
        yield return ProvenanceSection.Provenance(first, LogsOf(run.Folder));
        yield return ProvenanceSection.Repeat(run.All);
    }

    private static IEnumerable<(string Name, string Text)> LogsOf(string folder)
        => new[] { RunKind.Models, RunKind.Spectrum, RunKind.Volume, RunKind.Landscape }.Select(kind => Path.Combine(folder, kind.LogName)).Where(File.Exists).Select(path => (Path.GetFileName(path), ReadShared(path)));

    // A job writes its page while its log is still open.
    private static string ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    // The program's own text, not a run's.
    private static Html Resource(string name)
    {
        using Stream stream = typeof(RunPage).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return new(reader.ReadToEnd());
    }
}
