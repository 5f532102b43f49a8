using System.Formats.Tar;
using BasinVolume.Data.Streams;
using BasinVolume.Kernels;

namespace BasinVolume.Data.Cifar;

/// <summary>Files of a tar archive, packed with gzip or not, in whatever folder they are there.</summary>
internal sealed class CifarArchive(string path) : CifarFiles
{
    // Where the first block of an archive says that it is one, in both of the forms that there are.
    private const int MagicAt = 257;

    private static ReadOnlySpan<byte> Magic => "ustar"u8;

    /// <summary>Whether a file is an archive.</summary>
    public static bool Is(string path)
    {
        try
        {
            using Stream content = Open(path);
            var beginning = new byte[MagicAt + Magic.Length];
            content.ReadExactly(beginning);
            return beginning.AsSpan(MagicAt).SequenceEqual(Magic);
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public override void Visit(Action<CifarFile> visit)
    {
        using Stream content = Open(path);
        using var archive = new TarReader(content, leaveOpen: true);
        while (Next(archive) is { } entry)
        {
            string name = entry.Name[(entry.Name.LastIndexOf('/') + 1)..];
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile && CifarFormat.IsOfSets(name))
                visit(new(name, $"{path}: {Printable.Name(entry.Name)}", entry.Length, entry.DataStream ?? Stream.Null));
        }

        // What is packed must be whole to its end, where its checksum is; an archive ends before, with zeros.
        content.CopyTo(Stream.Null);
    }

    private static Stream Open(string path)
    {
        Stream file = InputFile.Open(path, long.MaxValue);
        return GzipMembers.Is(file) ? new GzipMembers(file, path) : file;
    }

    // A damaged header fails in several ways.
    private static TarEntry? Next(TarReader archive)
    {
        try
        {
            return archive.GetNextEntry(copyData: false);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            throw new InvalidDataException($"a header of its archive is wrong: {e.Message}", e);
        }
    }
}
