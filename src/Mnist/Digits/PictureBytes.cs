using System.Buffers.Binary;

namespace BasinVolume.Mnist.Digits;

/// <summary>What a picture's file would make a decoder do beyond its pixels, seen in its bytes: parts of a PNG that unpack to anything, passes over a JPEG without end.</summary>
internal static class PictureBytes
{
    // Length, name, content, checksum.
    private const int LengthAndName = 8, Checksum = 4;

    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    // Start of scan; inside coded data a byte 0xff is never followed by this one.
    private static ReadOnlySpan<byte> JpegScan => [0xff, 0xda];

    /// <summary>A PNG file with the parts that its pixels need and no others: no texts, profiles or dates. Other files as they are.</summary>
    public static byte[] WithoutMetadata(byte[] file)
    {
        if (!file.AsSpan().StartsWith(PngSignature))
            return file;
        using var kept = new MemoryStream(file.Length);
        kept.Write(PngSignature);
        ReadOnlySpan<byte> rest = file.AsSpan(PngSignature.Length);
        while (rest.Length >= LengthAndName)
        {
            long length = LengthAndName + (long)BinaryPrimitives.ReadUInt32BigEndian(rest) + Checksum;
            ReadOnlySpan<byte> part = rest[..(int)Math.Min(length, rest.Length)], name = part[4..LengthAndName];
            if (name.SequenceEqual("IHDR"u8) || name.SequenceEqual("PLTE"u8) || name.SequenceEqual("tRNS"u8) || name.SequenceEqual("IDAT"u8) || name.SequenceEqual("IEND"u8))
                kept.Write(part);
            rest = rest[part.Length..];
        }

        return kept.ToArray();
    }

    /// <summary>How many times a JPEG goes over its pixels, at most.</summary>
    public static int ScansOf(ReadOnlySpan<byte> file) => file.Count(JpegScan);
}
