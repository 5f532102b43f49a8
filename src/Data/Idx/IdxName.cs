using System.Text.RegularExpressions;

namespace BasinVolume.Data.Idx;

/// <summary>
/// The name of an IDX file, in parts: <c>emnist-digits-</c>, <c>train</c>, <c>images</c>, <c>idx3-ubyte</c>.
/// MNIST's own files and Fashion-MNIST's have no set's name before them; EMNIST's and QMNIST's do, and QMNIST has labels of eight columns
/// (<c>labels-idx2-int</c>).
/// </summary>
/// <param name="Set">What stands before the part, a hyphen at its end; empty for MNIST's own names.</param>
/// <param name="Part">train, or what a known set calls its test images (<see cref="IdxSets"/>).</param>
/// <param name="Kind">images or labels.</param>
/// <param name="Ending">idx3-ubyte, idx1-ubyte, idx2-int and the like.</param>
/// <param name="File">The file's name as it is, with <c>.gz</c> if it has that.</param>
internal sealed record IdxName(string Set, string Part, string Kind, string Ending, string File)
{
    /// <summary>The name in its usual spelling, without <c>.gz</c>.</summary>
    public string Name => $"{Set}{Part}-{Kind}-{Ending}";

    /// <summary>The names of a folder's IDX files, others left out.</summary>
    public static IdxName[] In(string folder)
        => [.. Directory.EnumerateFiles(folder).Select(path => Parse(Path.GetFileName(path))).OfType<IdxName>()
            .OrderBy(name => name.Name, StringComparer.Ordinal).ThenBy(name => name.Rank)];

    // Of one name's spellings the first of these is read: as it is, .gz, and both with a point before idx.
    private int Rank => (File.EndsWith(".gz", StringComparison.Ordinal) ? 1 : 0) + (File.Contains(".idx", StringComparison.Ordinal) ? 2 : 0);

    private static IdxName? Parse(string file) => Pattern.Match(file) is { Success: true } match
        ? new(match.Groups["set"].Value, match.Groups["part"].Value, match.Groups["kind"].Value, match.Groups["ending"].Value, file)
        : null;

    private static Regex Pattern { get; } = new(
        $@"^(?<set>(?:[^/\\]+-)?)(?<part>{string.Join('|', IdxSets.Parts)})-(?<kind>images|labels)[-.](?<ending>idx[0-9]-[a-z]+)(?:\.gz)?$",
        RegexOptions.CultureInvariant);
}
