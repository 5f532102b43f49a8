using System.IO.Compression;

namespace BasinVolume.Interop;

/// <summary>
/// Writes zip files of uncompressed parts, as NumPy and PyTorch do. The same parts give the same bytes:
/// every part has the date that a zip file's calendar begins with.
/// </summary>
internal static class StoredZip
{
    private static readonly DateTimeOffset Beginning = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // A file that its owner may read and write, in the upper half where Unix keeps it.
    private const int Attributes = 0x180 << 16;

    /// <summary>Writes the parts in their order.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<(string Name, byte[] Content)> parts) => AtomicFile.Write(path, file =>
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        foreach ((string name, byte[] content) in parts)
        {
            ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
            (entry.LastWriteTime, entry.ExternalAttributes) = (Beginning, Attributes);
            using Stream stream = entry.Open();
            stream.Write(content);
        }
    });
}
