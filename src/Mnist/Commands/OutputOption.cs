using System.CommandLine;
using System.Globalization;
using BasinVolume.Report.Runs;

namespace BasinVolume.Mnist.Commands;

/// <summary>--out and --force, the same for every command that leaves a folder.</summary>
internal static class OutputOption
{
    /// <summary>--force.</summary>
    public static Option<bool> Force { get; } = new("--force")
    {
        Description =
            "Let the new run take the place of one that is in that folder already, as soon as it is finished; files that no run wrote stay.",
    };

    /// <summary>--out.</summary>
    public static Option<string?> Out { get; } = new("--out") { Description = "Folder for the results. [default: runs/TIME-COMMAND]", HelpName = "DIR" };

    /// <summary>The folder that was asked for, or one named after the time and the command.</summary>
    public static string Read(ParseResult parsed, string command)
        => parsed.GetValue(Out) ?? Path.Combine("runs", string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:yyyyMMdd-HHmmss}-{command}"));

    /// <summary>What becomes of an earlier run.</summary>
    public static EarlierRun ReadEarlier(ParseResult parsed)
        => ResumeOption.IsGiven(parsed) ? EarlierRun.Resume
            : parsed.GetValue(Out) is null ? EarlierRun.Beside
            : parsed.GetValue(Force) ? EarlierRun.Overwrite : EarlierRun.Keep;
}
