using System.Globalization;
using BasinVolume.Curvature;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace BasinVolume.Report.Pictures;

/// <summary>
/// The density of a spectrum on a signed logarithmic axis: how many eigenvalues there are in every third of a power of ten, zero apart, and the
/// <see cref="Outliers"/> one by one.
/// </summary>
public static class SpectrumPicture
{
    private const int BinsPerDecade = 3;
    private const int TicksPerSide = 7;
    private const float OutlierSize = 9;

    /// <summary>Writes the picture.</summary>
    /// <param name="path">The light one's file, .svg or .png.</param>
    /// <param name="name">What the matrix is called.</param>
    /// <param name="spectrum">Its spectrum, of order 1 at least.</param>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, string name, Spectrum spectrum)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        var outliers = Outliers.Of(spectrum);
        PictureFile.Write(path, PictureFile.Usual, theme => Draw(theme, name, spectrum, outliers));
    }

    private static Plot Draw(Theme theme, string name, Spectrum spectrum, Outliers outliers)
    {
        var scale = new SignedLogScale(spectrum.ZeroTolerance);
        Bar[] bars = [.. BarsOf(spectrum, scale, theme)];
        double highest = bars.Max(bar => bar.Value);
        Plot plot = theme.NewPlot();
        plot.Add.Bars(bars);
        if (!outliers.Eigenvalues.IsEmpty)
        {
            var markers = plot.Add.Markers(
                outliers.Eigenvalues.Select(scale.PlaceOf).ToArray(),
                outliers.Eigenvalues.Select(_ => 1.05 * highest).ToArray(),
                MarkerShape.OpenDiamond,
                OutlierSize,
                theme.Ink);
            markers.LegendText = string.Create(
                CultureInfo.InvariantCulture, $"{outliers.Eigenvalues.Length} outliers, beyond {outliers.Beyond:g3} in magnitude");
            plot.ShowLegend(Edge.Bottom);
        }

        plot.Axes.Bottom.TickGenerator = scale.Ticks(spectrum.Minimum, spectrum.Maximum, TicksPerSide);
        plot.Axes.Left.TickGenerator = CountTicks(spectrum.Order);
        plot.Axes.SetLimits(Math.Min(-1, scale.PlaceOf(spectrum.Minimum)) - 1, Math.Max(1, scale.PlaceOf(spectrum.Maximum)) + 1, 0, 1.15 * highest);
        Inertia inertia = spectrum.Inertia;
        plot.Title($"{Printable.Name(name)}: {inertia.Positive} positive, {inertia.Zero} zero, {inertia.Negative} negative eigenvalues");
        plot.XLabel(string.Create(CultureInfo.InvariantCulture, $"eigenvalue (0: up to {spectrum.ZeroTolerance:g2} in magnitude)"));
        plot.YLabel("eigenvalues in a third of a power of ten");
        return plot;
    }

    private static IEnumerable<Bar> BarsOf(Spectrum spectrum, SignedLogScale scale, Theme theme)
        => spectrum.Eigenvalues.GroupBy(lambda => BinOf(scale.PlaceOf(lambda))).Select(bin => new Bar
        {
            Position = bin.Key == 0 ? 0 : Math.Sign(bin.Key) * (1 + ((Math.Abs(bin.Key) - 0.5) / BinsPerDecade)),
            Value = HeightOf(bin.Count()),
            Size = 1.0 / BinsPerDecade,
            FillColor = bin.Key == 0 ? theme.Neutral : bin.Key > 0 ? theme.Positive : theme.Negative,
            LineWidth = 0,
        });

    // 0 for zero; ±1, ±2, … outwards from the places ±1 on.
    private static int BinOf(double place) => place == 0 ? 0 : Math.Sign(place) * (1 + (int)((Math.Abs(place) - 1) * BinsPerDecade));

    // One eigenvalue is to be seen beside a thousand.
    private static double HeightOf(int count) => Math.Log10(1 + count);

    private static NumericManual CountTicks(int order)
    {
        var ticks = new NumericManual();
        for (int count = 1; count <= order; count = checked(count * 10))
            ticks.AddMajor(HeightOf(count), count.ToString(CultureInfo.InvariantCulture));
        return ticks;
    }
}
