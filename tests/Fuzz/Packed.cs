using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.IO.Hashing;

namespace BasinVolume.Fuzz.Tests;

/// <summary>Damage under a seal: the checksums around it are right again, so that it reaches the reader of what is inside.</summary>
internal static class Packed
{
    /// <summary>A zip file with faults in one part, its name or its number.</summary>
    public static byte[] Zip(IReadOnlyList<byte[]> files, Random random)
    {
        List<(string Name, byte[] Content)> parts = Parts(files[random.Next(files.Count)]);
        int place = random.Next(parts.Count);
        (string name, byte[] content) = parts[place];
        switch (random.Next(10))
        {
            case 0:
                parts.RemoveAt(place);
                break;
            case 1:
                parts.Add(parts[place]);
                break;
            case 2:
                parts[place] = (
                    random.Next(4) switch { 0 => "../" + name, 1 => "\u001b[31m" + name, 2 => name[..(name.Length / 2)], _ => name + "x" }, content);
                break;
            default:
                parts[place] = (name, Mutation.Of([content, .. parts.Select(part => part.Content)], random));
                break;
        }

        return Zipped(parts, random.Next(2) == 0 ? CompressionLevel.NoCompression : CompressionLevel.Fastest);
    }

    /// <summary>A zip file of parts.</summary>
    public static byte[] Zipped(IEnumerable<(string Name, byte[] Content)> parts, CompressionLevel compression)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in parts)
            {
                using Stream entry = zip.CreateEntry(name, compression).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    /// <summary>The parts of a zip file.</summary>
    public static List<(string Name, byte[] Content)> Parts(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        return [.. zip.Entries.Select(entry => (entry.FullName, Content(entry.Open())))];
    }

    /// <summary>A tar archive of files.</summary>
    public static byte[] Tar(IEnumerable<(string Name, byte[] Content)> files)
    {
        using var stream = new MemoryStream();
        using (var archive = new TarWriter(stream, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in files)
                archive.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        }

        return stream.ToArray();
    }

    /// <summary>A gzip file around bytes.</summary>
    public static byte[] Gzip(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(content);
        return stream.ToArray();
    }

    /// <summary>A PNG file whose parts have the checksums of what is in them.</summary>
    public static byte[] PngSealed(byte[] file)
    {
        byte[] copy = [.. file];
        for (int at = 8; at + 12 <= copy.Length;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(copy.AsSpan(at));
            if (length > copy.Length - at - 12)
                break;
            Span<byte> typed = copy.AsSpan(at + 4, 4 + (int)length);
            BinaryPrimitives.WriteUInt32BigEndian(copy.AsSpan(at + 8 + (int)length), Crc32.HashToUInt32(typed));
            at += 12 + (int)length;
        }

        return copy;
    }

    private static byte[] Content(Stream stream)
    {
        using (stream)
        using (var content = new MemoryStream())
        {
            stream.CopyTo(content);
            return content.ToArray();
        }
    }
}
