using System.Buffers.Binary;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;

namespace BasinVolume.Data.Pictures;

/// <summary>What a picture's file says before its pixels.</summary>
/// <param name="Height">Rows, once it is upright.</param>
/// <param name="Width">Columns, once it is upright.</param>
/// <param name="IsGrey">Whether its pixels are shades of grey; null where they are numbers of colours, which may be anything.</param>
public sealed record PictureHeader(int Height, int Width, bool? IsGrey)
{
    // The signature, the length and the name of the first part, then width, height, bits and kind of colours.
    private const int PngWidth = 16, PngColours = 25, PngLength = 29;

    // The file's header, then the picture's: its length, width, height (below 0 from top to bottom), planes, bits of a pixel; in the oldest form in 16 bits.
    private const int BmpHeaderLength = 14, BmpWidth = 18, BmpBits = 28, BmpOldBits = 24, BmpOldHeader = 12;

    // From here on a photograph lies on its side.
    private const int FirstTurned = 5;

    private static ReadOnlySpan<byte> Png => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    private static ReadOnlySpan<byte> Jpeg => [0xff, 0xd8, 0xff];

    /// <summary>Whether a file begins as a PNG, JPEG or BMP file does.</summary>
    public static bool IsPicture(ReadOnlySpan<byte> beginning) => beginning.StartsWith(Png) || beginning.StartsWith(Jpeg) || beginning.StartsWith("BM"u8);

    /// <summary>Reads it.</summary>
    /// <param name="file">The file, from its beginning; can be sought in.</param>
    /// <param name="source">What it is called in errors.</param>
    /// <exception cref="DataException">It is no picture, is damaged, or its picture is too large.</exception>
    public static PictureHeader Read(Stream file, string source)
    {
        ArgumentNullException.ThrowIfNull(file);
        var beginning = new byte[PngLength];
        int count = file.ReadAtLeast(beginning, PngLength, throwOnEndOfStream: false);
        if (!IsPicture(beginning.AsSpan(0, count)))
            throw new DataException($"{source} is no PNG, JPEG or BMP picture; save it as one of those, or take it away.");
        if (count < PngLength)
            throw new DataException($"{source} is a damaged picture (it has {count} bytes); copy or save it again.");
        PictureHeader header = Of(beginning, file, source);
        return header is { Width: >= 1, Height: >= 1 } && (long)header.Width * header.Height <= PictureReader.MostPixels
            ? header
            : throw new DataException(
                $"{source} has {header.Width} x {header.Height} pixels, expected from 1 to {PictureReader.MostPixels} in all; give a smaller picture.");
    }

    private static PictureHeader Of(byte[] beginning, Stream file, string source)
    {
        if (beginning.AsSpan().StartsWith(Png))
            return OfPng(beginning);
        return beginning.AsSpan().StartsWith(Jpeg) ? OfJpeg(file, source) : OfBmp(beginning);
    }

    private static PictureHeader OfPng(ReadOnlySpan<byte> beginning)
    {
        int width = BinaryPrimitives.ReadInt32BigEndian(beginning[PngWidth..]);
        int height = BinaryPrimitives.ReadInt32BigEndian(beginning[(PngWidth + sizeof(int))..]);
        return new(height, width, beginning[PngColours] switch { 0 or 4 => true, 3 => null, _ => false });
    }

    private static PictureHeader OfBmp(ReadOnlySpan<byte> beginning)
    {
        bool isOld = BinaryPrimitives.ReadUInt32LittleEndian(beginning[BmpHeaderLength..]) == BmpOldHeader;
        ReadOnlySpan<byte> size = beginning[BmpWidth..];
        (int width, int height) = isOld
            ? (BinaryPrimitives.ReadUInt16LittleEndian(size), BinaryPrimitives.ReadUInt16LittleEndian(size[sizeof(ushort)..]))
            : (BinaryPrimitives.ReadInt32LittleEndian(size), BinaryPrimitives.ReadInt32LittleEndian(size[sizeof(int)..]));
        return new(height == int.MinValue ? 0 : Math.Abs(height), width, beginning[isOld ? BmpOldBits : BmpBits] <= 8 ? null : false);
    }

    private static PictureHeader OfJpeg(Stream file, string source)
    {
        try
        {
            file.Position = 0;
            IImageInfo header = Image.Identify(PictureReader.Decoders, file) ?? throw new InvalidDataException("it has no header");
            bool isTurned = header.Metadata.ExifProfile?.GetValue(ExifTag.Orientation)?.Value is >= FirstTurned;
            bool isGrey = header.Metadata.GetJpegMetadata().ColorType == JpegColorType.Luminance;
            return isTurned ? new(header.Width, header.Height, isGrey) : new(header.Height, header.Width, isGrey);
        }
        catch (Exception e) when (e is not (IOException or DataException or OutOfMemoryException))
        {
            throw new DataException($"{source} is a damaged picture ({Printable.Name(e.Message.TrimEnd('.'))}); copy or save it again.", e);
        }
    }
}
