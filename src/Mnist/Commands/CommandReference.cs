using System.CommandLine;
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
        text.Append("## Options in common\n\n");
        text.Append("`help`, `version` and `completion` have no result, and take `--help` alone.\n\n");
        AppendTables(text, root.Options.Where(GlobalOptions.AreOfProgram));
        foreach (Command command in ProgramCommands.Shown)
            AppendCommand(text, command);
        text.Append(Completing());
        text.Append(FormerNames(root));
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
            "Results go to the standard output, as tables that end with the answer in brief, or with `--json` as JSON and nothing else. "
            + "What goes on meanwhile goes to the standard error stream, as plain lines where that is no terminal. "
            + "Both are as wide as the terminal or what `COLUMNS` says; where there is neither, tables are 100 characters wide and a message is one line.";
        return $"""
            # The command line

            {origin}

            {root.Description}
            Options without a command are those of `{NotebookCommand.Name}`, and `{ProgramCommands.ProgramName}` alone shows help.
            A word in brackets may be left out; it stands for an option, which may be written instead.
            An option that says nothing of what is asked for is refused, on the command line as in a settings file.

            {Streams}
            Every error is one sentence, and nothing is left half written.


            """.ReplaceLineEndings("\n");
    }

    private static void AppendCommand(StringBuilder text, Command command)
    {
        text.Append(CultureInfo.InvariantCulture, $"## {command.Name}\n\n{command.Description}\n\n    {Examples.Of(command)}\n\n");
        foreach (Argument argument in command.Arguments)
            text.Append(CultureInfo.InvariantCulture, $"`{HelpPage.Named(argument)}`: {argument.Description}\n\n");
        AppendTables(text, command.Options);
    }

    private static void AppendTables(StringBuilder text, IEnumerable<Option> options)
    {
        foreach ((string title, Option[] members) in OptionGroups.Of(options))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {title} | default | meaning |\n|---|---|---|\n");
            foreach (OptionText option in members.Select(OptionText.Of))
            {
                string value = option.Value.Length > 0 ? $" {Cell(option.Value)}" : string.Empty;
                text.Append(
                    CultureInfo.InvariantCulture, $"| `{string.Join("`, `", option.Names)}{value}` | {Cell(option.Usual)} | {Cell(option.Meaning)} |\n");
            }

            text.Append('\n');
        }
    }

    private static string Completing()
    {
        IEnumerable<string> lines = CompletionCommand.Recipes.Select(recipe => $"| {recipe.Shell} | `{recipe.File}` | `{recipe.Line}` |\n");
        const string Head =
            "## Completion of words\n\n"
            + "A line in a file of the shell, once, and Tab completes commands, options, their values, files and the models of a run.\n\n";
        return $"{Head}| shell | file | line |\n|---|---|---|\n{string.Concat(lines)}\n";
    }

    private static string FormerNames(RootCommand root)
    {
        var former = root.Subcommands.SelectMany(command => command.Options.SelectMany(
            option => FormerName.Of(option).Select(name => (Name: name, Now: option.Name, Command: command.Name))));
        IEnumerable<string> lines = former.GroupBy(name => (name.Name, name.Now)).OrderBy(name => name.Key).Select(
            name => $"| `{name.Key.Name}` | `{name.Key.Now}` | {string.Join(", ", name.Select(one => one.Command))} |\n");
        return $"## Former names\n\nThese work as before.\n\n| former | now | in |\n|---|---|---|\n{string.Concat(lines)}\n";
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
