using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.PixelFormats;

namespace BasinVolume.Data.Tests.Images;

/// <summary>Makes pictures.</summary>
internal static class ImageFiles
{
    /// <summary>A grey PNG file with one level a byte.</summary>
    public static byte[] GreyPng(ReadOnlySpan<byte> levels, int height, int width)
        => Saved<L8>(levels, height, width, new PngEncoder { ColorType = PngColorType.Grayscale, BitDepth = PngBitDepth.Bit8 });

    /// <summary>A PNG file of red, green and blue.</summary>
    public static byte[] ColourPng(ReadOnlySpan<byte> levels, int height, int width)
        => Saved<Rgb24>(levels, height, width, new PngEncoder { ColorType = PngColorType.Rgb, BitDepth = PngBitDepth.Bit8 });

    /// <summary>A BMP file of red, green and blue.</summary>
    public static byte[] ColourBmp(ReadOnlySpan<byte> levels, int height, int width)
        => Saved<Rgb24>(levels, height, width, new BmpEncoder { BitsPerPixel = BmpBitsPerPixel.Pixel24 });

    /// <summary>A BMP file whose pixels are numbers of greys.</summary>
    public static byte[] GreyBmp(ReadOnlySpan<byte> levels, int height, int width)
        => Saved<L8>(levels, height, width, new BmpEncoder { BitsPerPixel = BmpBitsPerPixel.Pixel8 });

    /// <summary>A grey JPEG file of one level, which this form keeps exactly.</summary>
    public static byte[] GreyJpeg(byte level, int height, int width)
        => Saved<L8>(
            Enumerable.Repeat(level, height * width).ToArray(), height, width, new JpegEncoder { Quality = 100, ColorType = JpegColorType.Luminance });

    private static byte[] Saved<TPixel>(ReadOnlySpan<byte> levels, int height, int width, IImageEncoder encoder)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        using Image<TPixel> image = Image.LoadPixelData<TPixel>(levels.ToArray(), width, height);
        using var stream = new MemoryStream();
        image.Save(stream, encoder);
        return stream.ToArray();
    }
}
