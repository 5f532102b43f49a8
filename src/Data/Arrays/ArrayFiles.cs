using BasinVolume.Data.Formats;
using BasinVolume.Interop;
using BasinVolume.Interop.Arrays;
using BasinVolume.Kernels;

namespace BasinVolume.Data.Arrays;

/// <summary>Arrays in .npy files.</summary>
/// <param name="paths">Where each is, by its name.</param>
internal sealed class ArrayFiles(IReadOnlyDictionary<string, string> paths) : IArrays
{
    private const string Extension = ".npy";

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; } = [.. paths.Keys];

    /// <summary>The .npy files of a folder.</summary>
    public static ArrayFiles In(string folder)
        => new(Directory.EnumerateFiles(folder, "*" + Extension).ToDictionary(path => Path.GetFileNameWithoutExtension(path)!, path => path));

    /// <inheritdoc/>
    public string SourceOf(string name) => paths[name];

    /// <inheritdoc/>
    public NpyReader Open(string name)
    {
        string path = paths[name];
        Stream? file = null;
        try
        {
            file = InputFile.Open(path, long.MaxValue);
            return new NpyReader(file, file.Length, path);
        }
        catch (Exception e)
        {
            file?.Dispose();
            if (e is IOException or UnauthorizedAccessException)
                throw new DataException($"Cannot read {path}: {e.Message.TrimEnd('.')}; give a file that exists and that you may read.", e);
            throw;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, string>> Sha256Of(IReadOnlyList<string> names)
        => names.Select(name => new KeyValuePair<string, string>(Path.GetFileName(paths[name]), FileHash.Of(paths[name])));
}
