using System.CommandLine;

namespace BasinVolume.Mnist.Commands;

/// <summary>help and version: the same as --help and --version, for who asks with a word.</summary>
internal static class HelpCommand
{
    /// <summary>What the one for help is called.</summary>
    public const string Name = "help";

    /// <summary>What the other is called.</summary>
    public const string VersionName = "version";

    /// <summary>help.</summary>
    public static Command Create()
    {
        var asked = new Argument<Command?>("command")
        {
            Description = "Whose help; that of the program if left out.",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = result =>
            {
                string word = result.Tokens[^1].Value;
                if (ProgramCommands.Root.Subcommands.FirstOrDefault(command => command.Name == word) is { } command)
                    return command;
                result.AddError($"There is no command '{word}'{NearestWord.Hint(word, ProgramCommands.Root)}");
                return null;
            },
        };
        asked.CompletionSources.Add(_ => ProgramCommands.Shown.Select(command => command.Name));
        var help = new Command(Name, "Show the help of the program or of a command.");
        help.Arguments.Add(asked);
        help.SetAction(parsed =>
        {
            GroupedHelp.Write(parsed, parsed.GetValue(asked) ?? ProgramCommands.Root);
            return ExitCodes.Success;
        });
        return help;
    }

    /// <summary>version.</summary>
    public static Command CreateVersion()
    {
        var version = new Command(VersionName, "Show the version.");
        version.SetAction(parsed => ProgramCommands.Root.Parse("--version").Invoke(parsed.InvocationConfiguration));
        return version;
    }
}
