using System.CommandLine;

namespace BasinVolume.Mnist.Commands;

/// <summary>What somebody may have meant by a word that is not known.</summary>
internal static class NearestWord
{
    // Further away it is another word.
    private const int Farthest = 3;

    /// <summary>
    /// The end of a sentence about a word that a command does not know: the commands that have such an option, or the nearest option, or command for a
    /// word without dashes; empty if none is near.
    /// </summary>
    public static string Hint(string word, Command command)
    {
        string name = word.Split('=', ':')[0];
        if (!name.StartsWith('-'))
            return Hint(name, command.Subcommands.Where(other => !other.Hidden).Select(other => other.Name));
        // Behind "--" a word that is known is not an option.
        string[] own = [.. OptionsOf(command).SelectMany(NamesOf)];
        if (own.Contains(word))
            return string.Empty;
        Command[] owners = [.. ProgramCommands.Root.Subcommands.Where(other => !other.Hidden && OptionsOf(other).SelectMany(NamesOf).Contains(name))];
        return owners.Length > 0 && !own.Contains(name)
            ? $", which is an option of {string.Join(", ", owners.Select(other => $"'{other.Name}'"))}"
            : Hint(name, OptionsOf(command).Select(option => option.Name));
    }

    /// <summary>The same among any words.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="known">What there is.</param>
    public static string Hint(string word, IEnumerable<string> known)
    {
        string name = Name(word);
        string? nearest = known.MinBy(other => EditDistance.Between(name, Name(other)));
        return nearest is not null && nearest != word && EditDistance.Between(name, Name(nearest)) <= Math.Min(Farthest, name.Length / 2)
            ? $"; the nearest is '{nearest}'"
            : string.Empty;
    }

    private static IEnumerable<Option> OptionsOf(Command command)
        => command.Options.Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(option => option.Recursive)))
            .Where(option => !option.Hidden);

    private static IEnumerable<string> NamesOf(Option option) => [option.Name, .. option.Aliases];

    private static string Name(string word) => word.TrimStart('-');
}
