using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Help;

namespace BasinVolume.Mnist.Commands;

/// <summary>The options that every command has. They say nothing of the work, only of how it is asked for and shown.</summary>
internal static class GlobalOptions
{
    /// <summary>--quiet.</summary>
    public static Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Say nothing but errors.", Recursive = true };

    /// <summary>--json.</summary>
    public static Option<bool> Json { get; } = new("--json")
    {
        Description =
            "Write the result as JSON, and nothing else, to the standard output; tables go to the standard error stream then, as all that is said does.",
        Recursive = true,
    };

    /// <summary>--config.</summary>
    public static Option<string?> Config { get; } = new("--config")
    {
        Description = "A JSON file with options and their values, such as { \"samples\": 500, \"weighting\": \"sample-mean\" }; the command line overrides it.",
        HelpName = "FILE.json",
        Recursive = true,
    };

    /// <summary>All of them.</summary>
    public static ImmutableArray<Option> All { get; } = [Quiet, Json, Config];

    /// <summary>Adds them to all commands.</summary>
    public static void AddTo(RootCommand root)
    {
        foreach (Option option in All)
            root.Options.Add(option);
        VersionOption version = root.Options.OfType<VersionOption>().Single();
        version.Aliases.Add("-V");
        version.Description = "Show the version.";
        root.Options.OfType<HelpOption>().Single().Description = "Show help.";
    }

    /// <summary>Those that a command has beside its own.</summary>
    public static IEnumerable<Option> Of(Command command)
        => ProgramCommands.Root.Options.Where(option => option.Recursive && (option is HelpOption || ProgramCommands.GiveResult(command.Name)));

    /// <summary>Whether an option asks for help or the version, or is one of every command.</summary>
    public static bool AreOfProgram(Option option) => option is HelpOption or VersionOption || option.Recursive;

    /// <summary>Whether an option is on the command line or in the settings file, rather than at its usual value.</summary>
    public static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };
}
