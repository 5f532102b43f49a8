using System.Buffers.Binary;

namespace BasinVolume.Data.Pictures;

/// <summary>
/// What a picture's file would make a decoder do beyond its pixels, seen in its bytes: more pixels than they can hold, parts of a BMP beyond its end, passes
/// over a JPEG without end.
/// </summary>
internal static class PictureBytes
{
    // Both headers of a BMP, in the oldest form and in the first that has a number of colours, and where in them the numbers stand;
    // a colour takes at least 3 bytes.
    private const int BmpShortHeaders = 26, BmpHeaders = 54, BmpPixels = 10, BmpHeaderLength = 14, BmpColours = 46, BmpColour = 3;

    // Deflate makes at most 1032 bytes of one, and a byte has at most eight pixels; other kinds of picture pack them less.
    private const long PixelsOfByte = 8 * 1032;

    // Start of scan; inside coded data a byte 0xff is never followed by this one.
    private static ReadOnlySpan<byte> JpegScan => [0xff, 0xda];

    /// <summary>Whether a file is long enough for so many pixels, however well they are packed.</summary>
    public static bool CanHold(long bytes, long pixels) => pixels <= PixelsOfByte * bytes;

    /// <summary>
    /// Whether what a BMP file says of its own parts fits into it: where its pixels begin, how long its header is, how many colours it has.
    /// Other files say nothing of the kind.
    /// </summary>
    public static bool IsBelievable(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith("BM"u8))
            return true;
        return file.Length >= BmpShortHeaders && Fits(file, BmpPixels, 1) && Fits(file, BmpHeaderLength, 1)
            && (BinaryPrimitives.ReadUInt32LittleEndian(file[BmpHeaderLength..]) < BmpHeaders - BmpHeaderLength || (
                file.Length >= BmpHeaders && Fits(file, BmpColours, BmpColour)));
    }

    // A number that counts something of so many bytes each.
    private static bool Fits(ReadOnlySpan<byte> file, int place, long bytes) => bytes * BinaryPrimitives.ReadUInt32LittleEndian(file[place..]) <= file.Length;

    /// <summary>How many times a JPEG goes over its pixels, at most.</summary>
    public static int ScansOf(ReadOnlySpan<byte> file) => file.Count(JpegScan);
}
