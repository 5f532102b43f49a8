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
    private const int Width = 1400;
    private const int Height = 1000;
    private const float Line = 2;

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
    /// <param name="path">The file, PNG.</param>
    /// <param name="result">What it shows.</param>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, VolumeResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        VolumeSweep sweep = result.Sweep;
        string threshold = result.Setting.Threshold.Kind == ThresholdKind.Absolute ? "T, counted absolutely" : "ΔT, above the loss at the weights";
        var pictures = new Multiplot();
        pictures.AddPlots(4);
        pictures.Layout = new Grid(rows: 2, columns: 2);
        int panel = 0;
        foreach (VolumeUnit unit in (VolumeUnit[])[VolumeUnit.Probability, VolumeUnit.ParameterUnits])
            Draw(pictures.GetPlot(panel++), unit, threshold, sweep.Thresholds, sweep.OverThreshold, []);
        foreach (VolumeUnit unit in (VolumeUnit[])[VolumeUnit.Probability, VolumeUnit.ParameterUnits])
            Draw(pictures.GetPlot(panel++), unit, "k of the notebook's formula, s of the fuzzy volume", sweep.PriorWeights, sweep.OverPriorWeight, result.Entries);
        using Image rendered = pictures.Render(Width, Height);
        byte[] image = rendered.GetImageBytes(ImageFormat.Png);
        AtomicFile.Write(path, stream => stream.Write(image));
    }

    private static void Draw(Plot plot, VolumeUnit unit, string axis, ImmutableArray<double> values, ImmutableArray<VolumeCurve> curves, ImmutableArray<VolumeEntry> constant)
    {
        foreach (VolumeCurve curve in curves.Where(curve => curve.Unit == unit))
        {
            (double X, double Y)[] points = [.. values.Zip(curve.Values).Where(pair => pair.Second is { } y && double.IsFinite(y) && !(unit == VolumeUnit.Probability && y > 0)).Select(pair => (Math.Log10(pair.First), pair.Second!.Value))];
            if (points.Length == 0)
                continue;
            var line = plot.Add.Scatter(points.Select(point => point.X).ToArray(), points.Select(point => point.Y).ToArray(), Colours[curve.Name]);
            line.LineWidth = Line;
            line.LegendText = curve.Name;
        }

        foreach (VolumeEntry entry in constant.Where(entry => entry.Applies && entry.Definition!.Unit == unit && curves.All(curve => curve.Name != entry.Name)))
        {
            var line = plot.Add.HorizontalLine(entry.Definition!.LogValue!.Value, Line, Colours[entry.Name], LinePattern.Dashed);
            line.LegendText = entry.Name;
        }

        var ticks = new NumericManual();
        foreach (double value in values)
            ticks.AddMajor(Math.Log10(value), value.ToString("g3", CultureInfo.InvariantCulture));
        plot.Axes.Bottom.TickGenerator = ticks;
        plot.XLabel(axis);
        plot.YLabel(unit == VolumeUnit.Probability ? "log probability, nats" : "log volume in parameter units, nats");
        plot.ShowLegend(Edge.Bottom);
    }
}
