using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using System.Text;

namespace BasinVolume.Mnist.Commands;

/// <summary>docs/cli.md: every command with its options, defaults and example, and what exit codes mean.</summary>
internal static class CommandReference
{
    private static readonly (int Code, string Meaning)[] ExitCodeTable =
    [
        (ExitCodes.Success, "all went well"),
        (ExitCodes.Failure, "the computation failed, an identity of the self-check is broken, or outputs given with --check are others than rounding explains"),
        (ExitCodes.Usage,
            "the command line, or a key or value of the settings file, asks for something that cannot be, or the ranks of --mpi are given different things"),
        (ExitCodes.Data,
            "a file or folder is missing, damaged, of another kind, or cannot be written, or holds a run that would be overwritten, "
            + "or another process writes to it; or all files were written, but a standard stream could not be"),
        (ExitCodes.Device,
            "the device is not there or cannot do what was asked, or the memory does not suffice, or the MPI library is not there or not the launcher's"),
        (ExitCodes.HungUp, "the terminal was closed; files that were finished are kept"),
        (ExitCodes.Cancelled, "interrupted by Ctrl+C; files that were finished are kept, and so is the work that --resume goes on with"),
        (ExitCodes.Terminated, "ended by SIGTERM; the same"),
        (ExitCodes.OutOfTime, "the processor time that is allowed (`ulimit -t`) is used up; files that were finished are kept"),
    ];

    private const string NotOurs =
        "Codes that are not this program's: 134 and 137 where the system or the .NET runtime ended it, or where there was too little for the runtime to begin "
        + "([limits.md](limits.md)). No such end damages a result.";

    /// <summary>The document.</summary>
    public static string Of(RootCommand root)
    {
        var text = new StringBuilder();
        text.Append(Introduction(root));
        AppendTable(text, "Options of every command", root.Options.Where(option => option is HelpOption or VersionOption || option.Recursive));
        foreach (Command command in root.Subcommands.Where(command => !command.Hidden))
            AppendCommand(text, command);
        text.Append("## Exit codes\n\n| code | meaning |\n|---|---|\n");
        foreach ((int code, string meaning) in ExitCodeTable)
            text.Append(CultureInfo.InvariantCulture, $"| {code} | {meaning} |\n");
        text.Append('\n').Append(NotOurs).Append('\n');
        return text.ToString();
    }

    private static string Introduction(RootCommand root)
    {
        string origin =
            $"Generated from the commands themselves: `dotnet run --project src/Mnist -- {ReferenceCommand.Name} > docs/cli.md`. "
            + $"From the sources, `dotnet run --project src/Mnist --` stands for `{ProgramCommands.ProgramName}`.";
        const string Streams =
            "What is said goes to the standard error stream, with bars and the time left where that is a terminal, as plain lines where it is not. "
            + "The standard output has nothing but what `--json`, `--help`, `--version` or `completion` is asked for.";
        return $"""
            # The command line

            {origin}

            {root.Description}

            {Streams}
            Every error is one sentence, and nothing is left half written.


            """.ReplaceLineEndings("\n");
    }

    private static void AppendCommand(StringBuilder text, Command command)
    {
        string arguments = string.Concat(
            command.Arguments.Select(argument => $" <{argument.Name}>{(argument.Arity.MaximumNumberOfValues > 1 ? "..." : string.Empty)}"));
        text.Append(CultureInfo.InvariantCulture, $"## {command.Name}\n\n{command.Description}\n\n    {Examples.Of(command)}\n\n");
        foreach (Argument argument in command.Arguments)
            text.Append(CultureInfo.InvariantCulture, $"`{ProgramCommands.ProgramName} {command.Name}{arguments}`: {argument.Description}\n\n");
        AppendTable(text, title: null, command.Options);
    }

    private static void AppendTable(StringBuilder text, string? title, IEnumerable<Option> options)
    {
        Option[] shown = [.. options.Where(option => !option.Hidden)];
        if (shown.Length == 0)
            return;
        text.Append(title is null ? string.Empty : $"## {title}\n\n").Append("| option | default | meaning |\n|---|---|---|\n");
        foreach (Option option in shown)
        {
            (string meaning, string usual) = Described(option);
            string names = string.Join("`, `", option.Aliases.Order(StringComparer.Ordinal).Prepend(option.Name));
            text.Append(CultureInfo.InvariantCulture, $"| `{names}{Value(option)}` | {Cell(usual)} | {Cell(meaning)} |\n");
        }

        text.Append('\n');
    }

    private static string Value(Option option) => option.HelpName is { } value ? $" {value.Replace("|", "\\|", StringComparison.Ordinal)}" : string.Empty;

    // A default that depends on the machine or on other options is said in the description.
    private static (string Meaning, string Usual) Described(Option option)
    {
        const string Mark = " [default: ";
        string description = option.Description ?? string.Empty;
        int at = description.IndexOf(Mark, StringComparison.Ordinal);
        return at >= 0
            ? (description[..at], description[(at + Mark.Length)..].TrimEnd(']'))
            : (description, option.HasDefaultValue && option is not Option<bool> ? $"{option.GetDefaultValue()}" : string.Empty);
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
