using System.Globalization;
using BasinVolume.Curvature.Densities;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using ScottPlot;
using ScottPlot.MultiplotLayouts;

namespace BasinVolume.Report.Pictures;

/// <summary>
/// Where the eigenvalues of a matrix lie that is known by its products. Above: how many there are up to a number, between the edges of a band, on a signed
/// logarithmic axis. Below: the smoothed density, on the matrix's own axis and a logarithmic one of its own; it is a picture, and the band is what is known.
/// </summary>
public static class DensityPicture
{
    private const int TicksPerSide = 7;

    // Next to the largest eigenvalue, what is smaller cannot be told from zero in the picture.
    private const double Smallest = 1e-8;

    // Below the highest peak, what is lower is the tails of bells.
    private const double Lowest = 1e-6;

    private static readonly PixelSize Size = new(1000, 860);

    /// <summary>Writes the picture.</summary>
    /// <param name="path">The light one's file, .png.</param>
    /// <param name="name">What the model is called.</param>
    /// <param name="distribution">The band.</param>
    /// <param name="density">The smoothed picture.</param>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, string name, SpectralDistribution distribution, SmoothedDensity density)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        ArgumentNullException.ThrowIfNull(density);
        PictureFile.Write(path, theme => Draw(theme, name, distribution, density));
    }

    private static byte[] Draw(Theme theme, string name, SpectralDistribution distribution, SmoothedDensity density)
    {
        var pictures = new Multiplot();
        pictures.RemovePlot(pictures.GetPlot(0));
        pictures.Layout = new Grid(rows: 2, columns: 1);
        pictures.AddPlot(Band(theme, name, distribution));
        pictures.AddPlot(Smoothed(theme, density));
        using Image rendered = pictures.Render((int)Size.Width, (int)Size.Height);
        return rendered.GetImageBytes(ImageFormat.Png);
    }

    private static Plot Band(Theme theme, string name, SpectralDistribution distribution)
    {
        Plot plot = theme.NewPlot();
        double[] numbers = [.. distribution.Points.Select(point => point.X)];
        (double smallest, double largest) = (numbers[0], numbers[^1]);
        var scale = new SignedLogScale(Smallest * Math.Max(Math.Abs(smallest), Math.Abs(largest)));
        // Both edges are steps: between two numbers the count lies from the lower edge of the first to the upper edge of the second.
        var places = new List<double>();
        var low = new List<double>();
        var high = new List<double>();
        for (int i = 0; i + 1 < numbers.Length; i++)
        {
            DistributionPoint from = distribution.Points[i], to = distribution.Points[i + 1];
            places.AddRange([scale.PlaceOf(from.X), scale.PlaceOf(to.X)]);
            low.AddRange([from.Count.Interval.Low, from.Count.Interval.Low]);
            high.AddRange([to.Count.Interval.High, to.Count.Interval.High]);
        }

        var band = plot.Add.FillY(places.ToArray(), low.ToArray(), high.ToArray());
        band.FillColor = theme.Negative.WithAlpha(0.35);
        band.LineColor = theme.Negative;
        plot.Axes.Bottom.TickGenerator = scale.Ticks(smallest, largest, TicksPerSide);
        plot.Axes.SetLimits(
            Math.Min(-1, scale.PlaceOf(smallest)) - 0.5, Math.Max(1, scale.PlaceOf(largest)) + 0.5, -0.03 * distribution.Order, 1.03 * distribution.Order);
        plot.Title(string.Create(CultureInfo.InvariantCulture, $"{Printable.Name(name)}: {distribution.Order} eigenvalues, 95 % band"));
        plot.XLabel("eigenvalue");
        plot.YLabel("eigenvalues up to there");
        return plot;
    }

    private static Plot Smoothed(Theme theme, SmoothedDensity density)
    {
        Plot plot = theme.NewPlot();
        double lowest = Lowest * density.Density.Max();
        double[] heights = [.. density.Density.Select(value => Math.Log10(Math.Max(lowest, value)))];
        var line = plot.Add.ScatterLine(density.Grid.ToArray(), heights, theme.Positive);
        line.LineWidth = 2;
        // The floor itself is out of sight.
        plot.Axes.SetLimitsY(Math.Log10(lowest) + 0.05, heights.Max() + 0.3);
        plot.XLabel(string.Create(CultureInfo.InvariantCulture, $"eigenvalue, each a bell of width {density.Width:g3}"));
        plot.YLabel("log₁₀ of eigenvalues per unit");
        return plot;
    }
}
