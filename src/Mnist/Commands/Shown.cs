using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using BasinVolume.Mnist.Companions;
using BasinVolume.Mnist.Terminal;
using BasinVolume.Report.Records;
using BasinVolume.Report.Runs;
using Spectre.Console;

namespace BasinVolume.Mnist.Commands;

/// <summary>Where a command shows what: people read the standard error stream, programs the standard output.</summary>
internal static class Shown
{
    /// <summary>What a person sees: the standard error stream, or nothing.</summary>
    public static IAnsiConsole Console(ParseResult parsed) => IsQuiet(parsed) ? Terminals.Silent() : Terminals.StandardError();

    private static bool IsQuiet(ParseResult parsed) => parsed.GetValue(GlobalOptions.Quiet) || !Company.Of(parsed).IsFirst;

    private static bool IsJson(ParseResult parsed) => parsed.GetValue(GlobalOptions.Json) && Company.Of(parsed).IsFirst;

    /// <summary>A job's result for programs, if it was asked for: the very bytes of its file.</summary>
    public static void Result(ParseResult parsed, RunFolder folder)
    {
        if (!IsJson(parsed))
            return;
        parsed.InvocationConfiguration.Output.Write(File.ReadAllText(folder.ResultFile) + '\n');
    }

    /// <summary>The result of a command that leaves no file, if it was asked for.</summary>
    public static void Result<TRecord>(ParseResult parsed, TRecord record, JsonTypeInfo<TRecord> type)
    {
        if (!IsJson(parsed))
            return;
        parsed.InvocationConfiguration.Output.Write(RunJson.TextOf(record, type) + '\n');
    }
}
