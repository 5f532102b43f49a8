using BasinVolume.Data.Formats;
using BasinVolume.Interop.Arrays;

namespace BasinVolume.Data.Arrays;

/// <summary>The arrays of a .npz file.</summary>
/// <param name="path">The file.</param>
internal sealed class ZippedArrays(string path) : IArrays
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; } = NamesIn(path);

    /// <inheritdoc/>
    public string SourceOf(string name) => $"{name} in {path}";

    /// <inheritdoc/>
    public NpyReader Open(string name) => NpzFile.OpenArray(path, name);

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, string>> Sha256Of(IReadOnlyList<string> names) => [new(Path.GetFileName(path), FileHash.Of(path))];

    private static IReadOnlyList<string> NamesIn(string path)
    {
        using var file = NpzFile.Open(path);
        return file.Names;
    }
}
