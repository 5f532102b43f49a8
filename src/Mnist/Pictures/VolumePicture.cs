using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Mnist.Formats;
using BasinVolume.Mnist.Volumes;
using ScottPlot;
using ScottPlot.MultiplotLayouts;
using ScottPlot.TickGenerators;

namespace BasinVolume.Mnist.Pictures;

/// <summary>
/// log V of every definition against the threshold (above) and against k (below), both on a logarithmic axis. Probabilities are on the left and volumes in parameter units on the right, as they lie thousands of nats apart.
/// What does not depend on k is a dashed line there. A fuzzy volume above 0, which an indefinite Hessian can have, is no probability and left out.
/// </summary>
public static class VolumePicture
{
    private const float Line = 2;

    // Ticks that are closer, as a share of the axis, would lie on each other.
    private const double Apart = 0.06;

    private static readonly PixelSize Size = new(1240, 860);

    private static readonly ImmutableDictionary<string, Color> Colours = new Dictionary<string, Color>
    {
        ["measure"] = new(8, 48, 107),
        ["rays"] = new(165, 15, 21),
        ["rays_lebesgue"] = new(165, 15, 21),
        ["fuzzy"] = new(35, 139, 69),
        ["quadratic"] = new(106, 81, 163),
        ["notebook"] = new(217, 95, 14),
    }.ToImmutableDictionary();

    /// <summary>Writes the picture.</summary>
    /// <param name="path">The light one's file, .png.</param>
    /// <param name="result">What it shows.</param>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, VolumeResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        PictureFile.Write(path, theme => Draw(theme, result));
    }

    private static byte[] Draw(Theme theme, VolumeResult result)
    {
        VolumeSweep sweep = result.Sweep;
        string threshold = result.Setting.Threshold.Kind == ThresholdKind.Absolute ? "T, counted absolutely" : "ΔT, above the loss at the weights";
        var pictures = new Multiplot();
        pictures.RemovePlot(pictures.GetPlot(0));
        pictures.Layout = new Grid(rows: 2, columns: 2);
        foreach (VolumeUnit unit in (VolumeUnit[])[VolumeUnit.Probability, VolumeUnit.ParameterUnits])
            pictures.AddPlot(Draw(theme, unit, threshold, sweep.Thresholds, sweep.OverThreshold, []));
        foreach (VolumeUnit unit in (VolumeUnit[])[VolumeUnit.Probability, VolumeUnit.ParameterUnits])
            pictures.AddPlot(Draw(theme, unit, "k of the notebook's formula, s of the fuzzy volume", sweep.PriorWeights, sweep.OverPriorWeight, result.Entries));
        using Image rendered = pictures.Render((int)Size.Width, (int)Size.Height);
        return rendered.GetImageBytes(ImageFormat.Png);
    }

    private static Plot Draw(Theme theme, VolumeUnit unit, string axis, ImmutableArray<double> values, ImmutableArray<VolumeCurve> curves, ImmutableArray<VolumeEntry> constant)
    {
        Plot plot = theme.NewPlot();
        foreach (VolumeCurve curve in curves.Where(curve => curve.Unit == unit))
        {
            (double X, double Y)[] points = [.. values.Zip(curve.Values).Where(pair => pair.Second is { } y && double.IsFinite(y) && !(unit == VolumeUnit.Probability && y > 0)).Select(pair => (Math.Log10(pair.First), pair.Second!.Value))];
            if (points.Length == 0)
                continue;
            var line = plot.Add.Scatter(points.Select(point => point.X).ToArray(), points.Select(point => point.Y).ToArray(), theme.Visible(Colours[curve.Name]));
            line.LineWidth = Line;
            line.LegendText = curve.Name;
        }

        foreach (VolumeEntry entry in constant.Where(entry => entry.Applies && entry.Definition!.Unit == unit && curves.All(curve => curve.Name != entry.Name)))
        {
            var line = plot.Add.HorizontalLine(entry.Definition!.LogValue!.Value, Line, theme.Visible(Colours[entry.Name]), LinePattern.Dashed);
            line.LegendText = entry.Name;
        }

        plot.Axes.Bottom.TickGenerator = Ticks(values);
        plot.XLabel(axis);
        plot.YLabel(unit == VolumeUnit.Probability ? "log probability, nats" : "log volume in parameter units, nats");
        plot.ShowLegend(Edge.Bottom);
        return plot;
    }

    private static NumericManual Ticks(ImmutableArray<double> values)
    {
        var ticks = new NumericManual();
        double[] places = [.. values.Select(Math.Log10)];
        double last = double.NegativeInfinity, apart = places.Length == 0 ? 0 : Apart * (places.Max() - places.Min());
        for (int i = 0; i < places.Length; i++)
        {
            if (places[i] - last < apart)
                continue;
            last = places[i];
            ticks.AddMajor(last, values[i].ToString("g3", CultureInfo.InvariantCulture));
        }

        return ticks;
    }
}
