using System.Collections.Frozen;
using BasinVolume.Interop;
using BasinVolume.Kernels;

namespace BasinVolume.Data.Idx;

/// <summary>
/// What a folder's <c>SHA256SUMS</c> says of its files, uncompressed. A folder without one vouches for nothing: then nothing is checked.
/// </summary>
internal sealed class Checksums
{
    private const string FileName = "SHA256SUMS";
    private const int HexDigits = 64;
    private const long MostBytes = 1L << 20;
    private readonly FrozenDictionary<string, string> _expected;
    private readonly string _path;

    private Checksums(string path, IEnumerable<KeyValuePair<string, string>> expected)
    {
        _path = path;
        _expected = expected.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The checksums of a folder.</summary>
    /// <exception cref="DataException">The file is there and is not what <c>sha256sum</c> writes, or cannot be read.</exception>
    public static Checksums Of(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!Path.Exists(path))
            return new Checksums(path, []);
        try
        {
            IEnumerable<string> lines = InputFile.ReadText(path, MostBytes).Split('\n').Where(line => !string.IsNullOrWhiteSpace(line));
            return new Checksums(path, lines.Select(line => Parse(line, path)).DistinctBy(entry => entry.Key));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"Cannot read {path}: {e.Message.TrimEnd('.')}; make it readable, or delete it if the data is meant to differ.", e);
        }
    }

    /// <summary>Compares a file's checksum with the one expected of it, if there is one.</summary>
    /// <param name="name">The file's name without <c>.gz</c>.</param>
    /// <param name="path">Where it was read.</param>
    /// <param name="actual">Checksum of its uncompressed bytes.</param>
    /// <exception cref="DataException">They differ.</exception>
    public void Check(string name, string path, string actual)
    {
        if (_expected.TryGetValue(name, out string? expected) && !expected.Equals(actual, StringComparison.OrdinalIgnoreCase))
        {
            throw new DataException(
                $"{path} is not the file that {_path} describes: expected SHA-256 {expected} of the uncompressed bytes, got {actual}; restore the file, "
                + $"or delete {_path} if the data is meant to differ.");
        }
    }

    // A line of sha256sum: the digits, a space, a space or an asterisk, the name.
    private static KeyValuePair<string, string> Parse(string line, string path)
    {
        if (line.Length < HexDigits + 3 || line[HexDigits] != ' ' || !line.Take(HexDigits).All(char.IsAsciiHexDigit))
        {
            throw new DataException(
                $"{path} has a line that sha256sum did not write: "
                + $"expected 64 hexadecimal digits, two spaces and a file name, got \"{Printable.Name(line)}\"; restore or delete it.");
        }

        return new(line[(HexDigits + 2)..].Trim(), line[..HexDigits]);
    }
}
