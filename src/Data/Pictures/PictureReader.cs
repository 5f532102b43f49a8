using System.Collections.Immutable;
using System.Runtime.InteropServices;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace BasinVolume.Data.Pictures;

/// <summary>
/// Reads PNG, JPEG and BMP files of at most 64 MiB, in colour or as shades of grey, upright and opaque. Of what a file says beside its pixels, only a
/// photograph's orientation is read.
/// </summary>
public static class PictureReader
{
    /// <summary>
    /// The most pixels that a picture may have: 4096 x 4096, 64 MiB once decoded. What its header says is believed before anything is decoded.
    /// </summary>
    public const long MostPixels = 1L << 24;

    // A photograph of a camera has up to 30 MB; a progressive JPEG goes some ten times over its pixels.
    internal const long MostBytes = 1L << 26;
    private const int MostScans = 100;
    private const long MostScanned = 8 * MostPixels;

    /// <summary>What is decoded: PNG, JPEG and BMP, and nothing else that the library knows.</summary>
    internal static Configuration Decoders { get; } = new(new PngConfigurationModule(), new JpegConfigurationModule(), new BmpConfigurationModule());

    /// <summary>Reads a picture as shades of grey.</summary>
    /// <inheritdoc cref="ReadColours"/>
    public static GreyPicture Read(string path) => ReadColours(path).ToGrey();

    /// <summary>Reads a picture.</summary>
    /// <param name="path">A PNG, JPEG or BMP file; told by its content, not by its name.</param>
    /// <exception cref="DataException">The file cannot be read, is of another kind, is damaged, or its picture is too large.</exception>
    public static ColourPicture ReadColours(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return Decoded(InputFile.ReadAll(path, MostBytes), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"Cannot read {path}: {e.Message.TrimEnd('.')}; give a picture that exists and that you may read.", e);
        }
    }

    /// <summary>Reads a picture that is in memory.</summary>
    /// <param name="file">The bytes of a PNG, JPEG or BMP file.</param>
    /// <param name="source">What it is called in errors.</param>
    /// <exception cref="DataException">It is of another kind, is damaged, or its picture is too large.</exception>
    public static ColourPicture Decoded(byte[] file, string source)
    {
        ArgumentNullException.ThrowIfNull(file);
        try
        {
            return Decode(file, source);
        }
        catch (Exception e) when (e is not (DataException or OutOfMemoryException))
        {
            // A damaged file fails inside a decoder in as many ways as there are.
            throw new DataException($"{source} is a damaged picture ({Printable.Name(e.Message.TrimEnd('.'))}); copy or save it again.", e);
        }
    }

    private static ColourPicture Decode(byte[] file, string path)
    {
        if (!PictureBytes.IsBelievable(file))
            throw new DataException($"{path} is a damaged picture (its header claims more than its {file.Length} bytes); copy or save it again.");
        PngParts? parts = PngParts.Of(file);
        byte[] picture = parts?.ToFile() ?? file;
        using var stream = new MemoryStream(picture, writable: false);
        IImageInfo header = Image.Identify(Decoders, stream, out IImageFormat format) ?? throw new DataException(
            $"{path} is no PNG, JPEG or BMP picture; save it as one of those.");
        CheckSize(path, file.Length, header, format is JpegFormat ? PictureBytes.ScansOf(picture) : 1);
        parts?.CheckPixels();
        stream.Position = 0;
        using var image = Image.Load<Rgba32>(Decoders, stream);
        return Opaque(image);
    }

    private static void CheckSize(string path, long bytes, IImageInfo header, int scans)
    {
        if (header.Width < 1 || header.Height < 1 || (long)header.Width * header.Height > MostPixels)
            throw new DataException(
                $"{path} has {header.Width} x {header.Height} pixels, expected from 1 to {MostPixels} in all; give a smaller picture.");
        if (!PictureBytes.CanHold(bytes, (long)header.Width * header.Height))
            throw new DataException(
                $"{path} has {header.Width} x {header.Height} pixels, which no file of {bytes} bytes holds; it is damaged, copy or save it again.");
        if (scans > MostScans || (long)scans * header.Width * header.Height > MostScanned)
            throw new DataException(
                $"{path} goes {scans} times over {header.Width} x {header.Height} pixels, expected at most {MostScans} times and {MostScanned} pixels in "
                + $"all; save it as a JPEG that is not progressive.");
    }

    private static ColourPicture Opaque(Image<Rgba32> image)
    {
        var steps = ImmutableArray.CreateBuilder<string>();
        if (image.Metadata.ExifProfile?.GetValue(ExifTag.Orientation)?.Value is > 1)
        {
            image.Mutate(context => context.AutoOrient());
            steps.Add("turned upright");
        }

        var pixels = new Rgba32[image.Width * image.Height];
        image.CopyPixelDataTo(pixels);
        if (Array.Exists(pixels, pixel => pixel.A < byte.MaxValue))
            steps.Add(LayOnGround(pixels));
        return new(image.Width, image.Height, ImmutableCollectionsMarshal.AsImmutableArray(Colours(pixels)), steps.ToImmutable());
    }

    private static byte[] Colours(Rgba32[] pixels)
    {
        var levels = new byte[3 * pixels.Length];
        for (int i = 0; i < pixels.Length; i++)
            (levels[3 * i], levels[(3 * i) + 1], levels[(3 * i) + 2]) = (pixels[i].R, pixels[i].G, pixels[i].B);
        return levels;
    }

    // Light ink needs a dark ground to be seen on, dark ink a light one.
    private static string LayOnGround(Rgba32[] pixels)
    {
        double weight = pixels.Sum(pixel => (double)pixel.A);
        bool isLight = weight > 0 && pixels.Sum(pixel => (double)pixel.A * Luma(pixel)) / weight > byte.MaxValue / 2.0;
        byte ground = isLight ? byte.MinValue : byte.MaxValue;
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = Laid(pixels[i], ground);
        return $"transparency laid on {(isLight ? "black" : "white")}";
    }

    private static Rgba32 Laid(Rgba32 pixel, byte ground)
    {
        return new(Mix(pixel.R), Mix(pixel.G), Mix(pixel.B));

        byte Mix(byte level) => (byte)Math.Round(((level * pixel.A) + (ground * (byte.MaxValue - pixel.A))) / (double)byte.MaxValue);
    }

    private static byte Luma(Rgba32 pixel) => ColourPicture.Luma(pixel.R, pixel.G, pixel.B);
}
