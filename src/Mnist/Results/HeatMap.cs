using BasinVolume.Kernels;
using BasinVolume.Mnist.Formats;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.PixelFormats;

namespace BasinVolume.Mnist.Results;

/// <summary>
/// A matrix as a picture, one pixel an element, on a signed logarithmic scale: white at 0, red for positive and blue for negative elements, full colour at the largest
/// magnitude and fading to white over <see cref="Decades"/> powers of ten below it.
/// </summary>
public static class HeatMap
{
    /// <summary>Powers of ten between the largest element and white.</summary>
    public const double Decades = 6;

    // A smaller file would take longer than the Hessian itself.
    private static readonly PngEncoder Encoder = new() { CompressionLevel = PngCompressionLevel.BestSpeed };
    private static readonly Rgb24 Positive = new(165, 15, 21);
    private static readonly Rgb24 Negative = new(8, 48, 107);

    /// <summary>Writes the picture as PNG.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, Matrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        double largest = matrix.Values.Max(Math.Abs);
        using var image = new Image<Rgb24>(matrix.Columns, matrix.Rows);
        image.ProcessPixelRows(pixels =>
        {
            for (int i = 0; i < matrix.Rows; i++)
            {
                Span<Rgb24> row = pixels.GetRowSpan(i);
                ReadOnlySpan<double> values = matrix.Row(i);
                for (int j = 0; j < row.Length; j++)
                    row[j] = ColourOf(values[j], largest);
            }
        });
        AtomicFile.Write(path, stream => image.SaveAsPng(stream, Encoder));
    }

    // How strong the colour is: 1 at the largest element, 0 at 10^−Decades of it and below.
    private static Rgb24 ColourOf(double value, double largest)
    {
        if (value == 0 || largest == 0)
            return new Rgb24(255, 255, 255);
        double strength = Math.Max(0, 1 + (Math.Log10(Math.Abs(value) / largest) / Decades));
        Rgb24 full = value > 0 ? Positive : Negative;
        return new Rgb24(Mix(full.R, strength), Mix(full.G, strength), Mix(full.B, strength));
    }

    private static byte Mix(byte full, double strength) => (byte)Math.Round(255 + ((full - 255) * strength));
}
