using System.CommandLine;

namespace BasinVolume.Mnist.Commands;

/// <summary>The options that every command has. They say nothing of the work, only of how it is asked for and shown.</summary>
internal static class GlobalOptions
{
    /// <summary>--quiet.</summary>
    public static Option<bool> Quiet { get; } = new("--quiet") { Description = "Say nothing but errors.", Recursive = true };

    /// <summary>--json.</summary>
    public static Option<bool> Json { get; } = new("--json")
    {
        Description =
            "Write the result as JSON, and nothing else, to the standard output; what is said goes to the standard error stream as always.",
        Recursive = true,
    };

    /// <summary>--config.</summary>
    public static Option<string?> Config { get; } = new("--config")
    {
        Description = "A JSON file with options and their values, such as { \"samples\": 500, \"weighting\": \"sample-mean\" }; the command line overrides it.",
        HelpName = "FILE.json",
        Recursive = true,
    };

    /// <summary>Adds them to all commands.</summary>
    public static void AddTo(RootCommand root)
    {
        root.Options.Add(Quiet);
        root.Options.Add(Json);
        root.Options.Add(Config);
    }

    /// <summary>Whether an option is on the command line or in the settings file, rather than at its usual value.</summary>
    public static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };
}
