using System.Globalization;
using BasinVolume.Curvature;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace BasinVolume.Report.Pictures;

/// <summary>
/// The log-determinant against the damping (left), and its slope (right), over a logarithmic axis of μ. Where H + μI is singular there is neither.
/// </summary>
public static class DampingPicture
{
    private const int MostTicks = 8;

    /// <summary>Writes the picture.</summary>
    /// <param name="path">The light one's file, .svg or .png.</param>
    /// <param name="name">What the matrix is called.</param>
    /// <param name="curve">The curve; one with fewer than two points that are not singular is none and leaves no picture.</param>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, string name, DampingCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        DampingPoint[] points = [.. curve.Points.Where(point => point.Slope is not null).OrderBy(point => point.Mu)];
        if (points.Length > 1)
            PictureFile.Write(path, PictureFile.Usual, theme => Draw(theme, name, points));
    }

    private static Plot Draw(Theme theme, string name, DampingPoint[] points)
    {
        Plot plot = theme.NewPlot();
        double[] places = [.. points.Select(point => Math.Log10(point.Mu))];
        var value = plot.Add.Scatter(places, points.Select(point => point.LogDeterminant.LogAbsolute).ToArray(), theme.Negative);
        (value.LineWidth, value.MarkerSize, value.LegendText) = (2, 7, "log|det(H + μI)|");
        var slope = plot.Add.Scatter(places, points.Select(point => point.Slope!.Value).ToArray(), theme.Positive);
        (slope.LineWidth, slope.MarkerSize, slope.MarkerShape, slope.LegendText) = (2, 7, MarkerShape.FilledSquare, "slope d/d ln μ");
        slope.Axes.YAxis = plot.Axes.Right;
        plot.Axes.Bottom.TickGenerator = Powers(places[0], places[^1]);
        plot.Title($"{Printable.Name(name)}: log-determinant against damping");
        plot.XLabel("μ");
        plot.YLabel("log|det(H + μI)|");
        plot.Axes.Right.Label.Text = "slope: eigenvalues below μ, softly counted";
        plot.ShowLegend(Edge.Bottom);
        return plot;
    }

    private static NumericManual Powers(double lowest, double highest)
    {
        var ticks = new NumericManual();
        int first = (int)Math.Ceiling(lowest), last = (int)Math.Floor(highest), step = Math.Max(1, (last - first + MostTicks) / MostTicks);
        for (int exponent = first; exponent <= last; exponent += step)
            ticks.AddMajor(exponent, string.Create(CultureInfo.InvariantCulture, $"1e{exponent}"));
        return ticks;
    }
}
