using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using BasinVolume.Data.Formats;

namespace BasinVolume.Mnist.Commands;

/// <summary>
/// The options of a command as words that give the same in another process: what was given, by a settings file or by hand, with whole paths, without what only
/// says how a result is shown and where it goes.
/// </summary>
internal static class OptionWords
{
    /// <summary>The options that count, in their order.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="without">More that do not count, by their names.</param>
    public static IEnumerable<OptionResult> Given(ParseResult parsed, params string[] without)
        => parsed.CommandResult.Children.OfType<OptionResult>().Where(
            result => !result.Implicit && !Circumstances.Has(result.Option) && !without.Contains(result.Option.Name));

    /// <summary>All words.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="without">Options whose words are left out, by their names.</param>
    public static ImmutableArray<string> Of(ParseResult parsed, params string[] without) => [.. Given(parsed, without).SelectMany(Of)];

    /// <summary>
    /// The words of a part of a job: with the data, which is the usual one of the folder that this runs in where nobody says and no run does.
    /// </summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="data">The data that was read.</param>
    public static ImmutableArray<string> OfPart(ParseResult parsed, DataRequest data)
    {
        ImmutableArray<string> words = Of(parsed, ShardOption.Name, ThreadsOption.Name);
        return data.Recorded is not null || words.Any(word => word.StartsWith(DataOptionSet.Name + "=", StringComparison.Ordinal))
            ? words
            : [.. words, $"{DataOptionSet.Name}={Path.GetFullPath(data.Path)}"];
    }

    /// <summary>
    /// The words of one option; a value stands behind an equals sign, so that none is taken for an option of its own.
    /// </summary>
    public static IEnumerable<string> Of(OptionResult given) => given.Tokens.Count == 0
        ? [given.Option.Name]
        : given.Tokens.Select(token => $"{given.Option.Name}={(OptionValues.ArePaths(given.Option) ? Whole(token.Value) : token.Value)}");

    /// <summary>The command, and the options that were given for it with their values, in the order of their names.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="leaves">Which options do not count.</param>
    public static IEnumerable<KeyValuePair<string, string>> Entries(ParseResult parsed, Func<Option, bool> leaves) =>
    [
        new("the command", parsed.CommandResult.Command.Name),
        .. parsed.CommandResult.Children.OfType<OptionResult>().Where(result => !result.Implicit && !leaves(result.Option))
            .OrderBy(result => result.Option.Name, StringComparer.Ordinal)
            .Select(result => KeyValuePair.Create(result.Option.Name, string.Join(' ', result.Tokens.Select(token => token.Value)))),
    ];

    /// <summary>Words without those of some options.</summary>
    /// <param name="words">The words.</param>
    /// <param name="names">The options, by their names.</param>
    public static IEnumerable<string> Without(IEnumerable<string> words, IEnumerable<string> names)
        => words.Where(word => !names.Contains(word.Split('=')[0]));

    // A model is a file or a name.
    private static string Whole(string path) => Path.Exists(path) ? Path.GetFullPath(path) : path;
}
