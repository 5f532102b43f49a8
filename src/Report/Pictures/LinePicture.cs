using System.Globalization;
using BasinVolume.Interop;
using BasinVolume.Basins.Landscapes;
using ScottPlot;

namespace BasinVolume.Report.Pictures;

/// <summary>
/// The true loss along a direction, and its quadratic model, dashed. The frame is that of the true loss: a quadratic model that leaves it is cut off.
/// </summary>
public static class LinePicture
{
    /// <summary>Writes the picture.</summary>
    /// <param name="path">The light one's file, .svg or .png.</param>
    /// <param name="name">What the model is called.</param>
    /// <param name="line">What it shows.</param>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, string name, LossLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        PictureFile.Write(path, PictureFile.Usual, theme => Draw(theme, name, line));
    }

    private static Plot Draw(Theme theme, string name, LossLine line)
    {
        Plot plot = theme.NewPlot();
        (double X, double Y)[] finite = [.. line.Places.Zip(line.Losses).Where(point => double.IsFinite(point.Second))];
        var truth = plot.Add.Scatter(finite.Select(point => point.X).ToArray(), finite.Select(point => point.Y).ToArray(), theme.Positive);
        (truth.LineWidth, truth.MarkerSize, truth.LegendText) = (2, 4, "true loss");
        var quadratic = plot.Add.ScatterLine(line.Places.ToArray(), line.Quadratic.ToArray(), theme.Negative);
        (quadratic.LineWidth, quadratic.LinePattern, quadratic.LegendText) = (2, LinePattern.Dashed, "quadratic model");
        plot.Add.VerticalLine(0, 1, theme.Neutral, LinePattern.Dotted);

        double[] losses = [.. finite.Select(point => point.Y)];
        (double lowest, double highest) = losses.Length == 0 ? (0, 1) : (losses.Min(), losses.Max());
        double margin = Math.Max(highest - lowest, 1e-3 * Math.Abs(highest)) is var span and > 0 ? 0.15 * span : 1;
        plot.Axes.SetLimits(line.Places[0], line.Places[^1], lowest - margin, highest + margin);
        Direction direction = line.Direction;
        plot.Title(string.Create(
            CultureInfo.InvariantCulture, $"{name}: loss along {direction.Name}, curvature {direction.Curvature:g4}, slope {direction.Slope:g3}"));
        plot.XLabel("distance from the weights");
        plot.YLabel("loss");
        plot.ShowLegend(Edge.Bottom);
        return plot;
    }
}
