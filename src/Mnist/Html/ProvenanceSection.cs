using System.Text.Json;

namespace BasinVolume.Mnist.Html;

/// <summary>What was asked, how to ask it again, and where the numbers come from.</summary>
internal static class ProvenanceSection
{
    /// <summary>What was asked.</summary>
    public static Html Asked(JsonElement root)
    {
        IEnumerable<IEnumerable<string>> rows =
        [
            .. root.Members("options").Select(option => (IEnumerable<string>)[Name(option), Json.Text(option.Value)]),
            .. root.At("data", "normalization") is { } inputs ? (IEnumerable<IEnumerable<string>>)[["inputs", InputsOf(inputs)]] : [],
            .. root.Members("data").Where(entry => entry.Value.ValueKind is JsonValueKind.Number or JsonValueKind.String && entry.Name != "indices_sha256").Select(entry => (IEnumerable<string>)[Name(entry), Json.Text(entry.Value)]),
        ];
        return Html.Of($"<section id=\"asked\"><h2>What was asked</h2>\n{CommandOf(root)}<details><summary>All options</summary>\n{HtmlTable.Of(["option", "value"], rows)}</details></section>\n");
    }

    /// <summary>How each job of the folder is repeated.</summary>
    public static Html Repeat(IEnumerable<JsonElement> roots)
    {
        Html[] commands = [.. roots.Where(root => root.At("command_line") is not null).DistinctBy(root => root.Text("command_line")).Select(CommandOf)];
        return commands.Length == 0
            ? Html.None
            : Html.Of($"<section id=\"repeat\"><h2>How to repeat it</h2>\n{commands}<p>From the sources, <code>dotnet run --project src/Mnist --</code> stands for <code>basin-volume</code>. On the same device and with the same versions the numbers have the same bits, seconds apart.</p></section>\n");
    }

    /// <summary>What lies in the folder and is not shown; nothing where all is.</summary>
    public static Html LeftOut(IReadOnlyCollection<string> lines)
        => lines.Count == 0 ? Html.None : Html.Of($"<section id=\"left-out\"><h2>Left out</h2>\n<ul>{lines.Select(line => Html.Of($"<li>{line}</li>\n"))}</ul></section>\n");

    /// <summary>Where the numbers come from.</summary>
    /// <param name="root">The document.</param>
    /// <param name="logs">What the jobs said, by the names of their logs.</param>
    public static Html Provenance(JsonElement root, IEnumerable<(string Name, string Text)> logs)
    {
        IEnumerable<IEnumerable<string>> rows =
        [
            .. root.Members("device").Select(entry => (IEnumerable<string>)[$"device: {Name(entry)}", Json.Text(entry.Value)]),
            ["precision", root.Text("precision")],
            .. root.Members("versions").Select(entry => (IEnumerable<string>)[$"version of {Name(entry)}", Json.Text(entry.Value)]),
            .. root.Members("data", "sha256").Select(entry => (IEnumerable<string>)[$"SHA-256 of {entry.Name}", Json.Text(entry.Value)]),
            .. root.At("data", "indices_sha256") is { } indices ? (IEnumerable<IEnumerable<string>>)[["SHA-256 of the indices", Json.Text(indices)]] : [],
            .. root.Each("models").Where(model => model.At("checkpoint") is not null)
                .Select(model => (IEnumerable<string>)[$"weights of {model.Text("name")}", $"{model.Text("checkpoint", "path")}, SHA-256 {model.Text("checkpoint", "sha256")}"]),
            ["seconds in all", root.Text(root.At("total_seconds") is null ? "seconds" : "total_seconds")],
        ];
        IEnumerable<Html> said = logs.Select(log => Html.Of($"<details><summary>{log.Name}</summary><pre>{log.Text}</pre></details>\n"));
        return Html.Of($"<section id=\"provenance\"><h2>Provenance</h2>\n{HtmlTable.Of(["", "value"], rows)}{said}</section>\n");
    }

    private static Html CommandOf(JsonElement root) => root.At("command_line") is { } command ? Html.Of($"<pre><code>{Json.Text(command)}</code></pre>\n") : Html.None;

    // As --normalize has it, and what is to be known about it.
    private static string InputsOf(JsonElement said) => said.At("advice") is { ValueKind: JsonValueKind.String } ? $"{said.Text("name")}: {said.Text("advice")}" : said.Text("name");

    private static string Name(JsonProperty entry) => entry.Name.Replace('_', ' ');
}
