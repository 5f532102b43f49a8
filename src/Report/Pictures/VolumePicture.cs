using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Basins;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Interop;
using BasinVolume.Report.Records;
using ScottPlot;
using ScottPlot.MultiplotLayouts;
using ScottPlot.TickGenerators;

namespace BasinVolume.Report.Pictures;

/// <summary>
/// log V of every definition against the threshold (above) and against k (below), both on a logarithmic axis.
/// Probabilities are on the left and volumes in parameter units on the right, as they lie thousands of nats apart.
/// Values along rays have their intervals, and are left out where there is none. What does not depend on k is a dashed line there, and the ends of its interval
/// are dotted ones.
/// Each definition has a colour of its own.
/// </summary>
public static class VolumePicture
{
    private const float Line = 2;

    // In powers of ten, beside the outermost places.
    private const double Margin = 0.15;

    // Pixels of an axis of a plot at least, and those of a character and of the space between two labels.
    private const double AxisWidth = 480;
    private const double CharacterWidth = 8;
    private const double LabelGap = 10;

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
            pictures.AddPlot(Draw(theme, unit, "k of the shifted quadratic, s of the fuzzy volume", sweep.PriorWeights, sweep.OverPriorWeight, entries, []));
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
                plot.Legend.ManualItems.Add(new LegendItem { LabelText = $"{LabelOf(curve.Name, curve.PriorNotation)}: no value, see its reason" });
                continue;
            }

            var line = plot.Add.Scatter(
                points.Select(point => point.X).ToArray(), points.Select(point => point.Y).ToArray(), theme.Visible(ColourOf(curve.Colour)));
            line.LineWidth = Line;
            line.LegendText = LabelOf(curve.Name, curve.PriorNotation);
            AddIntervals(plot, theme.Visible(ColourOf(curve.Colour)), values, curve.Intervals);
        }

        foreach (RayCurve curve in rays.Where(curve => curve.Unit == unit))
            AddRays(plot, theme.Visible(ColourOf(curve.Colour)), values, curve);
        foreach (VolumeEntry entry in constant.Where(entry => entry.Applies && entry.Definition!.Unit == unit && curves.All(curve => curve.Name != entry.Name)))
            AddConstant(plot, theme, entry.Name, entry.Definition!);

        // What has no points would leave the axis without a range.
        if (!values.IsEmpty)
            plot.Axes.SetLimitsX(Math.Log10(values.Min()) - Margin, Math.Log10(values.Max()) + Margin);
        plot.Axes.Bottom.TickGenerator = Ticks(values);
        plot.XLabel(axis);
        plot.YLabel(unit == VolumeUnit.Probability ? "log probability, nats" : "log volume in parameter units, nats");
        plot.Legend.TightHorizontalWrapping = true;
        plot.ShowLegend(Edge.Bottom);
        return plot;
    }

    // One that is sampled lies between two dotted lines.
    private static void AddConstant(Plot plot, Theme theme, string name, IVolumeDefinition definition)
    {
        Color colour = theme.Visible(ColourOf(definition.Colour));
        var line = plot.Add.HorizontalLine(definition.LogValue!.Value, Line, colour, LinePattern.Dashed);
        line.LegendText = LabelOf(name, definition.PriorNotation);
        if (definition.Interval is { Low: { } low, High: var high } && double.IsFinite(low) && double.IsFinite(high))
        {
            foreach (double end in (double[])[low, high])
                plot.Add.HorizontalLine(end, 1, colour, LinePattern.Dotted);
        }
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
        line.LegendText = LabelOf(curve.Name, curve.PriorNotation);
        foreach ((double x, RayVolume volume) in known)
            plot.Add.Line(x, volume.Interval!.Value.Low!.Value, x, volume.Interval.Value.High).Color = colour;
    }

    // Probabilities compare under one prior only.
    private static string LabelOf(string name, string? prior) => DefinitionNames.Of(name) + (prior is null ? string.Empty : $", {prior}");

    private static string LabelOf(double value) => value.ToString(value is >= 1000 and < 1e5 ? "f0" : "g3", CultureInfo.InvariantCulture);

    // At the places that were computed, but for those whose labels would lie on the one before.
    private static NumericManual Ticks(ImmutableArray<double> values)
    {
        var ticks = new NumericManual();
        (double Place, string Label)[] all = [.. values.Select(value => (Math.Log10(value), LabelOf(value)))];
        double width = all.Length == 0 ? 0 : all.Max(tick => tick.Place) - all.Min(tick => tick.Place), free = double.NegativeInfinity;
        foreach ((double place, string label) in all)
        {
            double half = width / AxisWidth * ((CharacterWidth * label.Length) + LabelGap) / 2;
            if (place - half < free)
                continue;
            free = place + half;
            ticks.AddMajor(place, label);
        }

        return ticks;
    }
}
