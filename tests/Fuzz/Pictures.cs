using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;

namespace BasinVolume.Fuzz.Tests;

/// <summary>Small pictures in the forms that the decoders know.</summary>
internal static class Pictures
{
    public static byte[][] Png { get; } =
    [
        Saved((image, stream) => image.SaveAsPng(stream)),
        Saved((image, stream) => image.SaveAsPng(stream, new PngEncoder { ColorType = PngColorType.Grayscale, BitDepth = PngBitDepth.Bit4 })),
        Saved((image, stream) => image.SaveAsPng(stream, new PngEncoder { ColorType = PngColorType.Palette, BitDepth = PngBitDepth.Bit8 })),
        Saved((image, stream) => image.SaveAsPng(
            stream, new PngEncoder { ColorType = PngColorType.RgbWithAlpha, BitDepth = PngBitDepth.Bit16, InterlaceMethod = PngInterlaceMode.Adam7 })),
    ];

    public static byte[][] Jpeg { get; } =
    [
        Saved((image, stream) => image.SaveAsJpeg(stream)),
        Saved((image, stream) => image.SaveAsJpeg(stream, new JpegEncoder { ColorType = JpegColorType.YCbCrRatio444 })),
        Saved((image, stream) => image.SaveAsJpeg(stream, new JpegEncoder { ColorType = JpegColorType.Luminance })),
        Progressive,
    ];

    // 16 x 16 pixels in three passes: the mean of each block of 8 x 8, of which the first differs from the others, then the lower and the higher frequencies.
    // Codes: in the first table 0 for no difference and 10 for one of three bits, in the second 0 for the end of a block.
    private static byte[] Progressive =>
    [
        0xff, 0xd8,
        0xff, 0xdb, 0, 67, 0, .. Enumerable.Repeat((byte)64, 64),
        0xff, 0xc2, 0, 11, 8, 0, 16, 0, 16, 1, 1, 0x11, 0,
        0xff, 0xc4, 0, 21, 0x00, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3,
        0xff, 0xc4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        // 10 111 (7 more), 10 000 (7 less), 0, 0, and ones up to a whole byte.
        0xff, 0xda, 0, 8, 1, 1, 0x00, 0, 0, 0, 0b10111100, 0b00001111,
        0xff, 0xda, 0, 8, 1, 1, 0x00, 1, 5, 0, 0x0f,
        0xff, 0xda, 0, 8, 1, 1, 0x00, 6, 63, 0, 0x0f,
        0xff, 0xd9,
    ];

    public static byte[][] Bmp { get; } =
    [
        Saved((image, stream) => image.SaveAsBmp(stream)),
        Saved((image, stream) => image.SaveAsBmp(stream, new BmpEncoder { BitsPerPixel = BmpBitsPerPixel.Pixel8 })),
        Saved((image, stream) => image.SaveAsBmp(stream, new BmpEncoder { BitsPerPixel = BmpBitsPerPixel.Pixel32 })),
        // Two rows of four pixels, run-length encoded: 4 of colour 1, end of row, 4 of colour 0, end.
        [
            (byte)'B', (byte)'M', 70, 0, 0, 0, 0, 0, 0, 0, 62, 0, 0, 0,
            40, 0, 0, 0, 4, 0, 0, 0, 2, 0, 0, 0, 1, 0, 8, 0, 1, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0,
            0, 0, 0, 0, 255, 255, 255, 0,
            4, 1, 0, 0, 4, 0, 0, 1,
        ],
    ];

    private static byte[] Saved(Action<Image<Rgba32>, Stream> save)
    {
        using var image = new Image<Rgba32>(16, 12);
        for (int row = 0; row < image.Height; row++)
        {
            for (int column = 0; column < image.Width; column++)
                image[column, row] = new Rgba32((byte)(16 * column), (byte)(20 * row), (byte)(row * column), (byte)(255 - column));
        }

        image.Metadata.ExifProfile = new ExifProfile();
        image.Metadata.ExifProfile.SetValue(ExifTag.Orientation, (ushort)6);
        using var stream = new MemoryStream();
        save(image, stream);
        return stream.ToArray();
    }
}
