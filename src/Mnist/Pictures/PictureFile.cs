using System.Text;
using BasinVolume.Mnist.Formats;
using ScottPlot;

namespace BasinVolume.Mnist.Pictures;

/// <summary>A picture as two files, one for each palette: NAME.svg and NAME-dark.svg, or .png for what consists of pixels.</summary>
internal static class PictureFile
{
    /// <summary>Pixels of a plot with axes: what is readable at this size is so on half of a page as well.</summary>
    public static PixelSize Usual { get; } = new(760, 460);

    /// <summary>Draws and writes a plot.</summary>
    /// <param name="path">The light one's file; its extension says which format it is.</param>
    /// <param name="size">Pixels.</param>
    /// <param name="draw">Draws it in a palette.</param>
    /// <exception cref="OutputException">A file cannot be written.</exception>
    public static void Write(string path, PixelSize size, Func<Theme, Plot> draw)
        => Write(path, theme =>
        {
            using Plot plot = draw(theme);
            int width = (int)size.Width, height = (int)size.Height;
            return Path.GetExtension(path) == ".svg" ? Encoding.UTF8.GetBytes(PictureFont.WithSubstitutes(plot.GetSvgXml(width, height))) : plot.GetImageBytes(width, height, ImageFormat.Png);
        });

    /// <summary>Writes what a picture's file holds.</summary>
    /// <param name="path">The light one's file.</param>
    /// <param name="draw">Its content in a palette.</param>
    /// <exception cref="OutputException">A file cannot be written.</exception>
    public static void Write(string path, Func<Theme, byte[]> draw)
    {
        foreach (Theme theme in Theme.All)
        {
            byte[] content = draw(theme);
            AtomicFile.Write(theme.PathOf(path), stream => stream.Write(content));
        }
    }
}
