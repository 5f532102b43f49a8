using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using BasinVolume.Data.Samples;
using BasinVolume.Mnist.Tests.Reference;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace BasinVolume.Mnist.Tests.Digits;

/// <summary>Pictures made from MNIST's test images.</summary>
internal static class TestPictures
{
    public static Dataset Digits => PyTorch.Data.Test!;

    /// <summary>A digit as it is: 28 x 28, light on black.</summary>
    public static Image<Rgba32> Plain(int index) => Picture(28, 28, (column, row) => Grey(Level(index, column, row)));

    /// <summary>A digit drawn large and off the middle, in a colour on a ground of another, with <paramref name="scale"/> pixels for each of MNIST's.</summary>
    public static Image<Rgba32> Large(int index, int scale, int left, int top, Rgba32 ink, Rgba32 ground)
        => Picture((28 * scale) + left + 9, (28 * scale) + top + 17, (column, row) =>
        {
            double share = column < left || row < top ? 0 : Level(index, (column - left) / scale, (row - top) / scale) / 255.0;
            return new Rgba32(Mix(ink.R, ground.R), Mix(ink.G, ground.G), Mix(ink.B, ground.B), Mix(ink.A, ground.A));

            byte Mix(byte inked, byte bare) => (byte)Math.Round((share * inked) + ((1 - share) * bare));
        });

    /// <summary>The beginning of a PNG file that claims a size: signature, header and end, with right checksums and no pixels.</summary>
    public static byte[] PngOf(int width, int height, byte interlacing = 0)
    {
        byte[] header = [.. "IHDR"u8, .. new byte[8], 8, 0, 0, 0, interlacing];
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(8), height);
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk(header), .. Chunk([.. "IDAT"u8, 0x78, 0x9c, 0x03, 0, 0, 0, 0, 1]), .. Chunk("IEND"u8.ToArray())];
    }

    /// <summary>A part of a PNG file.</summary>
    public static byte[] PngPart(string type, byte[] content) => Chunk([.. type.Select(letter => (byte)letter), .. content]);

    /// <summary>What zlib makes of bytes.</summary>
    public static byte[] Deflated(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(content);
        return packed.ToArray();
    }

    /// <summary>The pixels of a PNG file as its filters left them: what its data unpack to.</summary>
    public static byte[] PixelsOf(byte[] file)
    {
        using var data = new MemoryStream(Parts(file).Where(part => IsData(part)).SelectMany(part => part[8..^4]).ToArray());
        using var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionMode.Decompress))
            zlib.CopyTo(pixels);
        return pixels.ToArray();
    }

    /// <summary>A PNG file with other data, in one part behind all but the end.</summary>
    public static byte[] WithPixels(byte[] file, byte[] pixels)
    {
        byte[][] parts = [.. Parts(file).Where(part => !IsData(part))];
        return [.. file[..8], .. parts[..^1].SelectMany(part => part), .. PngPart("IDAT", Deflated(pixels)), .. parts[^1]];
    }

    private static bool IsData(byte[] part) => part.AsSpan(4, 4).SequenceEqual("IDAT"u8);

    private static IEnumerable<byte[]> Parts(byte[] file)
    {
        for (int at = 8, length; at < file.Length; at += length)
        {
            length = 12 + BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            yield return file[at..(at + length)];
        }
    }

    private static byte Level(int index, int column, int row) => column < 28 && row < 28 ? Digits.Pixels(index)[(row * 28) + column] : byte.MinValue;

    private static Rgba32 Grey(byte level) => new(level, level, level);

    private static Image<Rgba32> Picture(int width, int height, Func<int, int, Rgba32> pixel)
    {
        var image = new Image<Rgba32>(width, height);
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
                image[column, row] = pixel(column, row);
        }

        return image;
    }

    // Length of the data, type and data, checksum of both.
    private static byte[] Chunk(byte[] typed)
    {
        byte[] chunk = [0, 0, 0, 0, .. typed, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, typed.Length - 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32.HashToUInt32(typed));
        return chunk;
    }
}
