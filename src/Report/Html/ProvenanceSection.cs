using BasinVolume.Report.Records;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Html;

/// <summary>What was asked, how to ask it again, and where the numbers come from.</summary>
internal static class ProvenanceSection
{
    /// <summary>What was asked.</summary>
    public static Html Asked(IRunRecord record)
    {
        Html options = HtmlTable.Of(TextTable.Of("option", "value", record.Asked()));
        return Html.Of(
            $"<section id=\"asked\"><h2>What was asked</h2>\n{CommandOf(record)}<details><summary>All options</summary>\n{options}</details></section>\n");
    }

    /// <summary>How each job of the folder is repeated.</summary>
    public static Html Repeat(IEnumerable<IRunRecord> records)
    {
        Html[] commands = [.. records.Where(record => record.CommandLine is not null).DistinctBy(record => record.CommandLine).Select(CommandOf)];
        return commands.Length == 0
            ? Html.None
            : Html.Of(
                $"<section id=\"repeat\"><h2>How to repeat it</h2>\n{commands}"
                + $"<p>From the sources, <code>dotnet run --project src/Mnist --</code> stands for <code>basin-volume</code>. "
                + $"On the same device and with the same versions the numbers have the same bits, seconds apart.</p></section>\n");
    }

    /// <summary>What lies in the folder and is not shown; nothing where all is.</summary>
    public static Html LeftOut(IReadOnlyCollection<string> lines)
        => lines.Count == 0
            ? Html.None
            : Html.Of($"<section id=\"left-out\"><h2>Left out</h2>\n<ul>{lines.Select(line => Html.Of($"<li>{line}</li>\n"))}</ul></section>\n");

    /// <summary>Where the numbers come from.</summary>
    /// <param name="record">The result.</param>
    /// <param name="logs">What the jobs said, by the names of their logs.</param>
    public static Html Provenance(IRunRecord record, IEnumerable<(string Name, string Text)> logs)
    {
        IEnumerable<Html> said = logs.Select(log => Html.Of($"<details><summary>{log.Name}</summary><pre>{log.Text}</pre></details>\n"));
        return Html.Of($"<section id=\"provenance\"><h2>Provenance</h2>\n{HtmlTable.Of(TextTable.Of("", "value", record.Provenance()))}{said}</section>\n");
    }

    private static Html CommandOf(IRunRecord record) => record.CommandLine is { } command ? Html.Of($"<pre><code>{command}</code></pre>\n") : Html.None;
}
