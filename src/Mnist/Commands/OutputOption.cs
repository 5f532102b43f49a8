using System.CommandLine;
using System.Globalization;
using BasinVolume.Mnist.Results;

namespace BasinVolume.Mnist.Commands;

/// <summary>--out and --force, the same for every command that leaves a folder.</summary>
internal static class OutputOption
{
    /// <summary>--force.</summary>
    public static Option<bool> Force { get; } = new("--force") { Description = "Overwrite a run that is in that folder already." };

    /// <summary>--out.</summary>
    public static Option<string?> Create() => new("--out") { Description = "Folder for the results. [default: runs/TIME-COMMAND]", HelpName = "DIR" };

    /// <summary>The folder that was asked for, or one named after the time and the command.</summary>
    public static string Read(ParseResult parsed, Option<string?> option, string command)
        => parsed.GetValue(option) ?? Path.Combine("runs", string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:yyyyMMdd-HHmmss}-{command}"));

    /// <summary>What becomes of an earlier run.</summary>
    public static EarlierRun ReadEarlier(ParseResult parsed) => parsed.GetValue(Force) ? EarlierRun.Overwrite : EarlierRun.Keep;
}
