using System.Text;
using BasinVolume.Interop;
using ScottPlot;
using SkiaSharp;

namespace BasinVolume.Report.Pictures;

/// <summary>A picture as two files, one for each palette: NAME.svg and NAME-dark.svg, or .png for what consists of pixels.</summary>
public static class PictureFile
{
    /// <summary>Pixels of a plot with axes: what is readable at this size is so on half of a page as well.</summary>
    public static PixelSize Usual { get; } = new(760, 460);

    // The cheapest of Skia's settings: a ninth of the time that its usual ones take for the map of a Hessian, and a twelfth more bytes.
    private static readonly SKPngEncoderOptions Png = new(SKPngEncoderFilterFlags.Up, zLibLevel: 1);

    /// <summary>Draws and writes a plot.</summary>
    /// <param name="path">The light one's file; its extension says which format it is.</param>
    /// <param name="size">Pixels.</param>
    /// <param name="draw">Draws it in a palette.</param>
    /// <exception cref="OutputException">A file cannot be written.</exception>
    public static void Write(string path, PixelSize size, Func<Theme, Plot> draw)
    {
        if (Path.GetExtension(path) != ".svg")
        {
            Write(path, theme => Pixels(draw(theme), size));
            return;
        }

        // One after the other: Skia numbers the parts of all drawings through, and the same run shall leave the same files.
        foreach (Theme theme in Theme.All)
            Write(theme.PathOf(path), Vectors(draw(theme), size));
    }

    /// <summary>Writes what a picture that consists of pixels is.</summary>
    /// <param name="path">The light one's file.</param>
    /// <param name="draw">Its content in a palette; called for both at once.</param>
    /// <exception cref="OutputException">A file cannot be written.</exception>
    public static void Write(string path, Func<Theme, byte[]> draw)
    {
        (Theme Theme, Task<byte[]> Content)[] drawings = [.. Theme.All.Select(theme => (theme, Task.Run(() => draw(theme))))];
        foreach ((Theme theme, Task<byte[]> content) in drawings)
            Write(theme.PathOf(path), content.GetAwaiter().GetResult());
    }

    /// <summary>The bytes of a file of what draws itself.</summary>
    /// <param name="size">Pixels.</param>
    /// <param name="render">Draws on all of the surface.</param>
    internal static byte[] Pixels(PixelSize size, Action<SKSurface> render)
    {
        using var surface = SKSurface.Create(new SKImageInfo((int)size.Width, (int)size.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        render(surface);
        using SKPixmap pixels = surface.PeekPixels();
        using SKData content = pixels.Encode(Png)
            ?? throw new OutputException($"A picture of {size.Width} x {size.Height} pixels could not be made into a PNG file; free some memory.");
        return content.ToArray();
    }

    private static byte[] Pixels(Plot plot, PixelSize size)
    {
        using (plot)
            return Pixels(size, surface => plot.Render(surface.Canvas, (int)size.Width, (int)size.Height));
    }

    private static byte[] Vectors(Plot plot, PixelSize size)
    {
        using (plot)
            return Encoding.UTF8.GetBytes(PictureFont.WithSubstitutes(plot.GetSvgXml((int)size.Width, (int)size.Height)));
    }

    private static void Write(string file, byte[] content) => AtomicFile.Write(file, stream => stream.Write(content));
}
