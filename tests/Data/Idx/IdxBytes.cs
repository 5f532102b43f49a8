using System.Buffers.Binary;
using System.IO.Compression;

namespace BasinVolume.Data.Tests.Idx;

/// <summary>Makes IDX files.</summary>
internal static class IdxBytes
{
    /// <summary>A file of unsigned bytes with any header and any content, whether or not they fit.</summary>
    public static byte[] Of(uint[] shape, byte[] values)
    {
        byte[] header = new byte[4 + (4 * shape.Length)];
        header[2] = 8;
        header[3] = (byte)shape.Length;
        for (int i = 0; i < shape.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4 + (4 * i)), shape[i]);
        return [.. header, .. values];
    }

    /// <summary>Images of a size, each pixel its position in the file modulo 256.</summary>
    public static byte[] Images(int count, int rows = 28, int columns = 28)
        => Of([(uint)count, (uint)rows, (uint)columns], [.. Enumerable.Range(0, count * rows * columns).Select(i => (byte)i)]);

    /// <summary>Labels.</summary>
    public static byte[] Labels(params byte[] labels) => Of([(uint)labels.Length], labels);

    /// <summary>The same, compressed.</summary>
    public static byte[] Gzip(byte[] content)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.Optimal))
            gzip.Write(content);
        return result.ToArray();
    }
}
