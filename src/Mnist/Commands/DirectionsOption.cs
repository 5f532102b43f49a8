using System.Collections.Immutable;
using System.CommandLine;
using BasinVolume.Basins.Landscapes;
using BasinVolume.Mnist.Jobs.LandscapeJob;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Commands;

/// <summary>An option whose value is a list of directions: leading:2,negative,random:3.</summary>
internal static class DirectionsOption
{
    private static readonly Dictionary<string, DirectionKind> Kinds = Enum.GetValues<DirectionKind>().ToDictionary(Direction.NameOf, StringComparer.Ordinal);

    /// <summary>The option.</summary>
    public static Option<ImmutableArray<DirectionChoice>?> Of(string name, string description)
    {
        var option = new Option<ImmutableArray<DirectionChoice>?>(name)
        {
            Description = $"{description} [default: {Spell(LandscapeOptions.UsualDirections)}]",
            HelpName = "LIST",
            CustomParser = result =>
            {
                string word = result.Tokens[^1].Value;
                DirectionChoice?[] choices = [.. word.Split(',').Select(Parse)];
                if (choices.All(choice => choice is not null) && choices.DistinctBy(choice => choice!.Value.Kind).Count() == choices.Length)
                    return [.. choices.Select(choice => choice!.Value)];
                result.AddError(
                    $"{name} must be a list of {string.Join(", ", Kinds.Keys)}, each once, with how many after a colon ({NumberRanges.Directions}), "
                    + $"as in {Spell(LandscapeOptions.UsualDirections)}; got '{word}'{Hint(word)}.");
                return null;
            },
        };
        option.CompletionSources.Add(context => Begun(context.WordToComplete));
        return option;
    }

    // The kinds behind the last comma that are not in the list yet.
    private static IEnumerable<string> Begun(string list)
    {
        string before = list[..(list.LastIndexOf(',') + 1)];
        string[] had = [.. before.Split(',').Select(part => part.Split(':')[0])];
        return Kinds.Keys.Where(kind => !had.Contains(kind)).Select(kind => before + kind);
    }

    private static string Spell(IEnumerable<DirectionChoice> choices)
        => string.Join(
            ',',
            choices.Select(choice => Direction.NameOf(choice.Kind) + (choice.Count == 1 ? string.Empty : FormattableString.Invariant($":{choice.Count}"))));

    private static string Hint(string list)
        => list.Split(',').Select(part => part.Split(':')[0]).FirstOrDefault(kind => !Kinds.ContainsKey(kind)) is { } unknown
            ? NearestWord.Hint(unknown, Kinds.Keys)
            : string.Empty;

    private static DirectionChoice? Parse(string word)
    {
        string[] parts = word.Split(':');
        int count = 1;
        bool counts = parts.Length == 1 || (parts.Length == 2 && Number.TryRead(parts[1], out count) && NumberRanges.Directions.Holds(count));
        return counts && Kinds.TryGetValue(parts[0], out DirectionKind kind) ? new(kind, count) : null;
    }
}
