using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using BasinVolume.Mnist.Companions;
using BasinVolume.Mnist.Terminal;
using BasinVolume.Report.Records;
using BasinVolume.Report.Runs;
using BasinVolume.Report.Tables;
using Spectre.Console;

namespace BasinVolume.Mnist.Commands;

/// <summary>
/// Where a command shows what: results on the standard output, as tables or, where that was asked for, as JSON alone, with the tables on the standard error
/// stream; and there what goes on meanwhile.
/// </summary>
internal static class Shown
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Where it is shown what goes on: the standard error stream, or nowhere.</summary>
    public static IAnsiConsole Console(ParseResult parsed) => IsQuiet(parsed) ? Terminals.Silent() : Terminals.Meanwhile(parsed.InvocationConfiguration.Error);

    /// <summary>The results of a job that left a folder.</summary>
    /// <param name="parsed">How it was asked for.</param>
    /// <param name="results">What it left, in order.</param>
    public static void Results(ParseResult parsed, ImmutableArray<LeftResult> results)
    {
        ResultView.Print(Tables(parsed), [.. results.Select(result => result.Record)], PlaceOf(results[0].Folder));
        if (IsJson(parsed))
            WriteJson(parsed, Document(results).ToJsonString(Indented));
    }

    /// <summary>The result of a command that leaves no folder.</summary>
    /// <param name="parsed">How it was asked for.</param>
    /// <param name="record">What was found.</param>
    /// <param name="type">How that becomes JSON.</param>
    /// <param name="places">Lines on where results are, if anywhere.</param>
    public static void Result<TRecord>(ParseResult parsed, TRecord record, JsonTypeInfo<TRecord> type, params ImmutableArray<AnswerLine> places)
        where TRecord : IShownRecord
    {
        ResultView.Print(Tables(parsed), [record], places);
        if (IsJson(parsed))
            WriteJson(parsed, RunJson.TextOf(record, type));
    }

    /// <summary>A line that says where a page is.</summary>
    public static AnswerLine Open(string page) => new("open", FromHere(page));

    private static IAnsiConsole Tables(ParseResult parsed)
        => IsQuiet(parsed) ? Terminals.Silent()
            : Terminals.Tables(IsJson(parsed) ? parsed.InvocationConfiguration.Error : parsed.InvocationConfiguration.Output);

    private static bool IsQuiet(ParseResult parsed) => parsed.GetValue(GlobalOptions.Quiet) || !Company.Of(parsed).IsFirst;

    private static bool IsJson(ParseResult parsed) => parsed.GetValue(GlobalOptions.Json) && Company.Of(parsed).IsFirst;

    private static void WriteJson(ParseResult parsed, string document) => parsed.InvocationConfiguration.Output.Write(document + '\n');

    private static AnswerLine PlaceOf(RunFolder folder)
        => Path.Combine(folder.FullPath, RunFolder.PageName) is var page && File.Exists(page) ? Open(page) : new("folder", FromHere(folder.FullPath));

    // Where the folder is says the program that has just written it, and no file in it, which would be wrong once the folder is moved.
    private static JsonObject Document(ImmutableArray<LeftResult> results)
    {
        JsonObject first = Read(results[0]);
        first.Insert(0, "folder", results[0].Folder.FullPath);
        foreach (LeftResult further in results[1..])
            first.Add(further.Record.Command!, Read(further));
        return first;
    }

    private static JsonObject Read(LeftResult result) => JsonNode.Parse(File.ReadAllBytes(result.Folder.ResultFile))!.AsObject();

    private static string FromHere(string path)
    {
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? path : relative;
    }
}
