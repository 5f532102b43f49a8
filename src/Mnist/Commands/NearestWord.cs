using System.CommandLine;

namespace BasinVolume.Mnist.Commands;

/// <summary>What somebody may have meant by a word that a command does not know.</summary>
internal static class NearestWord
{
    // Further away it is another word.
    private const int Farthest = 3;

    /// <summary>The end of a sentence that names the nearest option, or command for a word without dashes; empty if none is near.</summary>
    public static string Hint(string word, Command command)
    {
        string name = Name(word.Split('=', ':')[0]);
        IEnumerable<Option> options = command.Options.Concat(
            command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(option => option.Recursive)));
        IEnumerable<string> known = word.StartsWith('-')
            ? options.Where(option => !option.Hidden).Select(option => option.Name)
            : command.Subcommands.Where(other => !other.Hidden).Select(other => other.Name);
        string? nearest = known.MinBy(other => EditDistance.Between(name, Name(other)));
        // Behind "--" a word that is known is not an option.
        return nearest is not null && nearest != word && EditDistance.Between(name, Name(nearest)) <= Math.Min(Farthest, name.Length / 2)
            ? $"; the nearest is '{nearest}'"
            : string.Empty;
    }

    private static string Name(string word) => word.TrimStart('-');
}
