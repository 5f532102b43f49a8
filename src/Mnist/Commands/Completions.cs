using System.CommandLine;
using System.CommandLine.Completions;
using BasinVolume.Interop;
using BasinVolume.Mnist.Models;

namespace BasinVolume.Mnist.Commands;

/// <summary>What completes the values that are no choices: files and folders, and the models of a run.</summary>
internal static class Completions
{
    private static readonly string[] Pictures = [".png", ".jpg", ".jpeg", ".bmp"];

    /// <summary>Adds them to all options and arguments.</summary>
    public static void AddTo(RootCommand root)
    {
        foreach (Option option in root.Subcommands.Append(root).SelectMany(command => command.Options).Distinct())
            AddTo(option);
        foreach (Argument argument in root.Subcommands.SelectMany(command => command.Arguments))
            AddTo(argument);
    }

    private static void AddTo(Option option)
    {
        if (option.Name == "--name")
            option.CompletionSources.Add(ModelsOf);
        else if (OptionValues.ArePaths(option))
            option.CompletionSources.Add(context => Paths(context.WordToComplete, file => IsOf(file, option)));
    }

    private static void AddTo(Argument argument)
    {
        if (argument is StandIn)
            argument.CompletionSources.Add(context => Paths(context.WordToComplete, _ => true));
        else if (argument is Argument<string[]> { Name: PredictCommand.Pictures })
            argument.CompletionSources.Add(context => Paths(context.WordToComplete, file => EndsIn(file, Pictures)));
        else if (argument is Argument<string[]>)
            argument.CompletionSources.Add(context => Paths(context.WordToComplete, _ => false));
    }

    // What --run, --weights or the word in their place is the folder of.
    private static IEnumerable<CompletionItem> ModelsOf(CompletionContext context)
    {
        Command command = context.ParseResult.CommandResult.Command;
        IEnumerable<string?> places =
        [
            .. command.Options.OfType<Option<string?>>().Where(option => option.Name is "--run" or "--weights").Select(context.ParseResult.GetValue),
            .. command.Arguments.OfType<StandIn>().Select(context.ParseResult.GetValue),
        ];
        try
        {
            return places.OfType<string>().Where(RunModels.AreIn).Take(1)
                .SelectMany(folder => RunModels.Read(folder, "a finished run").Names).Select(name => new CompletionItem(name));
        }
        catch (DataException)
        {
            return [];
        }
    }

    private static bool IsOf(string file, Option option)
        => !OptionValues.AreFolders(option) && (OptionValues.Ending(option) is not { } ending || EndsIn(file, ending));

    private static bool EndsIn(string file, params string[] endings)
        => endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    // Folders, through which the way goes on, and the files that are wanted; hidden ones for who begins with a point.
    private static IEnumerable<CompletionItem> Paths(string begun, Func<string, bool> isWanted)
    {
        string folder = begun[..(begun.LastIndexOf('/') + 1)], name = begun[folder.Length..];
        string place = folder.StartsWith("~/", StringComparison.Ordinal)
            ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + folder[1..] : folder.Length == 0 ? "." : folder;
        try
        {
            return [.. new DirectoryInfo(place).EnumerateFileSystemInfos()
                .Where(entry => entry.Name.StartsWith(name, StringComparison.Ordinal) && (entry.Name[0] != '.' || name.Length > 0))
                .Where(entry => Directory.Exists(entry.FullName) || isWanted(entry.Name))
                .Select(entry => folder + entry.Name + (Directory.Exists(entry.FullName) ? "/" : string.Empty))
                .Order(StringComparer.Ordinal).Select(path => new CompletionItem(path))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }
}
