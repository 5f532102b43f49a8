using System.CommandLine;

namespace BasinVolume.Mnist.Commands;

/// <summary>What the value of an option is, as its help calls it: FILE.npy, DIR, PATH, NAME|FILE.</summary>
internal static class OptionValues
{
    private const string File = "FILE", Folder = "DIR", Either = "PATH";

    /// <summary>Whether it is, or can be, a file or a folder.</summary>
    public static bool ArePaths(Option option)
        => option.HelpName is { } help && (help.Contains(File, StringComparison.Ordinal) || help.Contains(Folder, StringComparison.Ordinal) || help == Either);

    /// <summary>Whether it is a folder and no file.</summary>
    public static bool AreFolders(Option option) => option.HelpName == Folder;

    /// <summary>What the names of such files end with; null for any.</summary>
    public static string? Ending(Option option)
        => option.HelpName is { } help && help.StartsWith(File + ".", StringComparison.Ordinal) ? help[File.Length..] : null;
}
