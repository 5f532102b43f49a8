using System.Formats.Tar;
using System.IO.Compression;

namespace BasinVolume.Data.Tests.Cifar;

/// <summary>Makes CIFAR's files.</summary>
internal static class CifarBytes
{
    /// <summary>Bytes of an image.</summary>
    public const int ImageBytes = 3072;

    /// <summary>An image: of the number i at the place j the level that the fixtures have, (7 i + 13 j + j / 1024) mod 256.</summary>
    public static byte[] Image(int number) => [.. Enumerable.Range(0, ImageBytes).Select(j => (byte)((7 * number) + (13 * j) + (j / 1024)))];

    /// <summary>Records with the images 0, 1, … and labels before each.</summary>
    public static byte[] Records(params byte[][] labels) => [.. labels.SelectMany((label, number) => (byte[])[.. label, .. Image(number)])];

    /// <summary>An archive.</summary>
    public static byte[] Tar(params (string Name, byte[] Content)[] files)
    {
        using var stream = new MemoryStream();
        using (var archive = new TarWriter(stream, TarEntryFormat.Ustar, leaveOpen: true))
        {
            archive.WriteEntry(new UstarTarEntry(TarEntryType.Directory, "a-folder/"));
            foreach ((string name, byte[] content) in files)
                archive.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"a-folder/{name}") { DataStream = new MemoryStream(content) });
        }

        return stream.ToArray();
    }

    /// <summary>The same, compressed.</summary>
    public static byte[] TarGz(params (string Name, byte[] Content)[] files)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Tar(files));
        return stream.ToArray();
    }
}
