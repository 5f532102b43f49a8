using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Basins;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Interop;
using BasinVolume.Mnist.Volumes;
using ScottPlot;
using ScottPlot.MultiplotLayouts;
using ScottPlot.TickGenerators;

namespace BasinVolume.Mnist.Pictures;

/// <summary>
/// log V of every definition against the threshold (above) and against k (below), both on a logarithmic axis. Probabilities are on the left and volumes in parameter units on the right, as they lie thousands of nats apart.
/// Values along rays have their intervals, and are left out where there is none. What does not depend on k is a dashed line there. Definitions take their colours in the order in which they are shown.
/// </summary>
public static class VolumePicture
{
    private const float Line = 2;

    // Ticks that are closer, as a share of the axis, would lie on each other.
    private const double Apart = 0.06;

    private static readonly PixelSize Size = new(1240, 860);

    private static readonly ImmutableArray<Color> Colours = [new(8, 48, 107), new(165, 15, 21), new(35, 139, 69), new(106, 81, 163), new(217, 95, 14), new(0, 128, 128), new(150, 75, 0), new(90, 90, 90)];

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
        Func<string, Color> colour = ColoursOf([.. result.Entries.Select(entry => entry.Name), .. sweep.OverThreshold.Concat(sweep.OverPriorWeight).Select(curve => curve.Name), .. sweep.Rays.Select(curve => curve.Name)]);
        string threshold = result.Setting.Threshold.Kind == ThresholdKind.Absolute ? "T, counted absolutely" : "ΔT, above the loss at the weights";
        var pictures = new Multiplot();
        pictures.RemovePlot(pictures.GetPlot(0));
        pictures.Layout = new Grid(rows: 2, columns: 2);
        foreach (VolumeUnit unit in (VolumeUnit[])[VolumeUnit.Probability, VolumeUnit.ParameterUnits])
            pictures.AddPlot(Draw(theme, colour, unit, threshold, sweep.Thresholds, sweep.OverThreshold, [], sweep.Rays));
        foreach (VolumeUnit unit in (VolumeUnit[])[VolumeUnit.Probability, VolumeUnit.ParameterUnits])
            pictures.AddPlot(Draw(theme, colour, unit, "k of the notebook's formula, s of the fuzzy volume", sweep.PriorWeights, sweep.OverPriorWeight, result.Entries, []));
        using Image rendered = pictures.Render((int)Size.Width, (int)Size.Height);
        return rendered.GetImageBytes(ImageFormat.Png);
    }

    /// <summary>A colour for each name, by its place among all; they repeat after the last.</summary>
    private static Func<string, Color> ColoursOf(IEnumerable<string> names)
    {
        string[] all = [.. names.Distinct()];
        return name => Colours[Array.IndexOf(all, name) % Colours.Length];
    }

    private static Plot Draw(Theme theme, Func<string, Color> colour, VolumeUnit unit, string axis, ImmutableArray<double> values, ImmutableArray<VolumeCurve> curves, ImmutableArray<VolumeEntry> constant, ImmutableArray<RayCurve> rays)
    {
        Plot plot = theme.NewPlot();
        foreach (VolumeCurve curve in curves.Where(curve => curve.Unit == unit))
        {
            (double X, double Y)[] points = [.. values.Zip(curve.Values).Where(pair => pair.Second is { } y && double.IsFinite(y)).Select(pair => (Math.Log10(pair.First), pair.Second!.Value))];
            if (points.Length == 0)
                continue;
            var line = plot.Add.Scatter(points.Select(point => point.X).ToArray(), points.Select(point => point.Y).ToArray(), theme.Visible(colour(curve.Name)));
            line.LineWidth = Line;
            line.LegendText = curve.Name;
        }

        foreach (RayCurve curve in rays.Where(curve => curve.Unit == unit))
            AddRays(plot, theme.Visible(colour(curve.Name)), values, curve);
        foreach (VolumeEntry entry in constant.Where(entry => entry.Applies && entry.Definition!.Unit == unit && curves.All(curve => curve.Name != entry.Name)))
        {
            var line = plot.Add.HorizontalLine(entry.Definition!.LogValue!.Value, Line, theme.Visible(colour(entry.Name)), LinePattern.Dashed);
            line.LegendText = entry.Name;
        }

        plot.Axes.Bottom.TickGenerator = Ticks(values);
        plot.XLabel(axis);
        plot.YLabel(unit == VolumeUnit.Probability ? "log probability, nats" : "log volume in parameter units, nats");
        plot.ShowLegend(Edge.Bottom);
        return plot;
    }

    private static void AddRays(Plot plot, Color colour, ImmutableArray<double> values, RayCurve curve)
    {
        (double X, RayVolume Volume)[] known = [.. values.Zip(curve.Points).Where(pair => pair.Second.Volume.Interval is { Low: not null }).Select(pair => (Math.Log10(pair.First), pair.Second.Volume))];
        if (known.Length == 0)
            return;
        var line = plot.Add.Scatter(known.Select(point => point.X).ToArray(), known.Select(point => point.Volume.LogValue!.Value).ToArray(), colour);
        line.LineWidth = Line;
        line.LegendText = curve.Name;
        foreach ((double x, RayVolume volume) in known)
            plot.Add.Line(x, volume.Interval!.Value.Low!.Value, x, volume.Interval.Value.High).Color = colour;
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
