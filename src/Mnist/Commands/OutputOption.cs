using System.CommandLine;
using System.Globalization;

namespace BasinVolume.Mnist.Commands;

/// <summary>--out, the same for every command that leaves a folder.</summary>
internal static class OutputOption
{
    /// <summary>The option.</summary>
    public static Option<string?> Create() => new("--out") { Description = "Folder for the results. [default: runs/TIME-COMMAND]", HelpName = "DIR" };

    /// <summary>The folder that was asked for, or one named after the time and the command.</summary>
    public static string Read(ParseResult parsed, Option<string?> option, string command)
        => parsed.GetValue(option) ?? Path.Combine("runs", string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:yyyyMMdd-HHmmss}-{command}"));
}
