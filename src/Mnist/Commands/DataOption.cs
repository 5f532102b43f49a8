using System.CommandLine;

namespace BasinVolume.Mnist.Commands;

/// <summary>--data, the same for every command that needs images.</summary>
internal static class DataOption
{
    /// <summary>The option.</summary>
    public static Option<string?> Create()
        => new("--data") { Description = "Folder with the four IDX files, gzip or raw. [default: data/mnist, here or beside the program]", HelpName = "DIR" };

    /// <summary>The folder that was asked for, or the usual one.</summary>
    public static string Read(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) ?? DataFolders.Default();
}
