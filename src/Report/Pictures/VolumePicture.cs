using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Basins;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Interop;
using ScottPlot;
using ScottPlot.MultiplotLayouts;
using ScottPlot.TickGenerators;

namespace BasinVolume.Report.Pictures;

/// <summary>
/// log V of every definition against the threshold (above) and against k (below), both on a logarithmic axis.
/// Probabilities are on the left and volumes in parameter units on the right, as they lie thousands of nats apart.
/// Values along rays have their intervals, and are left out where there is none. What does not depend on k is a dashed line there.
/// Each definition has a colour of its own.
/// </summary>
public static class VolumePicture
{
    private const float Line = 2;

    // Ticks that are closer, as a share of the axis, would lie on each other.
    private const double Apart = 0.06;

    private static readonly PixelSize Size = new(1240, 860);

    /// <summary>Writes the picture.</summary>
    /// <param name="path">The light one's file, .png.</param>
    /// <param name="threshold">The threshold that volumes are up to.</param>
    /// <param name="entries">Every definition.</param>
    /// <param name="sweep">The definitions over ranges of their constants.</param>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, BasinThreshold threshold, ImmutableArray<VolumeEntry> entries, VolumeSweep sweep)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        PictureFile.Write(path, theme => Draw(theme, threshold, entries, sweep));
    }

    private static byte[] Draw(Theme theme, BasinThreshold threshold, ImmutableArray<VolumeEntry> entries, VolumeSweep sweep)
    {
        string axis = threshold.Kind == ThresholdKind.Absolute ? "T, counted absolutely" : "ΔT, above the loss at the weights";
        var pictures = new Multiplot();
        pictures.RemovePlot(pictures.GetPlot(0));
        pictures.Layout = new Grid(rows: 2, columns: 2);
        foreach (VolumeUnit unit in (VolumeUnit[])[VolumeUnit.Probability, VolumeUnit.ParameterUnits])
            pictures.AddPlot(Draw(theme, unit, axis, sweep.Thresholds, sweep.OverThreshold, [], sweep.Rays));
        foreach (VolumeUnit unit in (VolumeUnit[])[VolumeUnit.Probability, VolumeUnit.ParameterUnits])
            pictures.AddPlot(Draw(theme, unit, "k of the notebook's formula, s of the fuzzy volume", sweep.PriorWeights, sweep.OverPriorWeight, entries, []));
        return PictureFile.Pixels(Size, pictures.Render);
    }

    private static Plot Draw(
        Theme theme,
        VolumeUnit unit,
        string axis,
        ImmutableArray<double> values,
        ImmutableArray<VolumeCurve> curves,
        ImmutableArray<VolumeEntry> constant,
        ImmutableArray<RayCurve> rays)
    {
        Plot plot = theme.NewPlot();
        foreach (VolumeCurve curve in curves.Where(curve => curve.Unit == unit))
        {
            (double X, double Y)[] points = [.. values.Zip(curve.Values).Where(pair => pair.Second is { } y && double.IsFinite(y)).Select(
                pair => (Math.Log10(pair.First), pair.Second!.Value))];
            if (points.Length == 0)
            {
                plot.Legend.ManualItems.Add(new LegendItem { LabelText = $"{curve.Name}: no value, see its reason" });
                continue;
            }

            var line = plot.Add.Scatter(
                points.Select(point => point.X).ToArray(), points.Select(point => point.Y).ToArray(), theme.Visible(ColourOf(curve.Colour)));
            line.LineWidth = Line;
            line.LegendText = curve.Name;
            AddIntervals(plot, theme.Visible(ColourOf(curve.Colour)), values, curve.Intervals);
        }

        foreach (RayCurve curve in rays.Where(curve => curve.Unit == unit))
            AddRays(plot, theme.Visible(ColourOf(curve.Colour)), values, curve);
        foreach (VolumeEntry entry in constant.Where(entry => entry.Applies && entry.Definition!.Unit == unit && curves.All(curve => curve.Name != entry.Name)))
        {
            var line = plot.Add.HorizontalLine(entry.Definition!.LogValue!.Value, Line, theme.Visible(ColourOf(entry.Definition!.Colour)), LinePattern.Dashed);
            line.LegendText = entry.Name;
        }

        plot.Axes.Bottom.TickGenerator = Ticks(values);
        plot.XLabel(axis);
        plot.YLabel(unit == VolumeUnit.Probability ? "log probability, nats" : "log volume in parameter units, nats");
        plot.ShowLegend(Edge.Bottom);
        return plot;
    }

    // None for a definition that is not sampled, and none where an end is not known.
    private static void AddIntervals(Plot plot, Color colour, ImmutableArray<double> values, ImmutableArray<LogInterval?> intervals)
    {
        foreach ((double value, LogInterval? interval) in values.Zip(intervals))
        {
            if (interval is { Low: { } low, High: var high } && double.IsFinite(low) && double.IsFinite(high))
                plot.Add.Line(Math.Log10(value), low, Math.Log10(value), high).Color = colour;
        }
    }

    private static Color ColourOf(uint colour) => Color.FromHex(colour.ToString("X6", CultureInfo.InvariantCulture));

    private static void AddRays(Plot plot, Color colour, ImmutableArray<double> values, RayCurve curve)
    {
        (double X, RayVolume Volume)[] known = [.. values.Zip(curve.Points, (value, point) => (Math.Log10(value), point.Volume)).Where(
            point => point.Volume.Interval is { Low: not null })];
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
