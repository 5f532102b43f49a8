using BasinVolume.Interop;
using BasinVolume.Interop.Arrays;

namespace BasinVolume.Data.Arrays;

/// <summary>Some arrays by their names, each to be opened as often as need be.</summary>
internal interface IArrays
{
    /// <summary>What they are called.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>What one is called in errors.</summary>
    string SourceOf(string name);

    /// <summary>Opens one.</summary>
    /// <exception cref="DataException">It is damaged, or holds something else than numbers.</exception>
    NpyReader Open(string name);

    /// <summary>The checksums of the files that hold some of them.</summary>
    /// <param name="names">Which of them.</param>
    IEnumerable<KeyValuePair<string, string>> Sha256Of(IReadOnlyList<string> names);
}
