using BasinVolume.Mnist.Formats;
using ScottPlot;

namespace BasinVolume.Mnist.Pictures;

/// <summary>A plot as a file.</summary>
internal static class PlotFile
{
    private const int Width = 1200;
    private const int Height = 700;

    /// <summary>Writes the plot as PNG.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, Plot plot)
    {
        byte[] image = plot.GetImageBytes(Width, Height, ImageFormat.Png);
        AtomicFile.Write(path, stream => stream.Write(image));
    }
}
