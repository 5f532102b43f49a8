using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Basins;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Mnist.Jobs.VolumeJob;
using Spectre.Console;

namespace BasinVolume.Mnist.Terminal;

/// <summary>The table of all definitions of a basin's volume: value, split, what is assumed, and what to make of it.</summary>
internal static class VolumeReport
{
    // Where loss and quadratic differ by more than so many standard errors, and by more than this share, the quadratic is no model of the loss.
    private const double Errors = 3;
    private const double LargeShare = 0.1;

    /// <summary>Prints it.</summary>
    public static void Print(IAnsiConsole console, VolumeResult result)
    {
        QuadraticFacts model = result.Quadratic;
        string loss = double.IsFinite(model.Loss) ? F($"loss {model.Loss:g7}") : "loss not known";
        string gradient = result.Source.Gradient is null ? "gradient taken as zero" : F($"gradient norm {model.GradientNorm:g4}");
        string threshold = F($"{(result.Setting.Threshold.Kind == ThresholdKind.Absolute ? "T" : "ΔT")} = {result.Setting.Threshold.Value}");
        string title = $"{result.Source.Name}: {model.Dimension} parameters, {loss}, {gradient}, {threshold}";
        Table table = new Table { Title = new TableTitle(Markup.Escape(title)), Border = TableBorder.Rounded, ShowRowSeparators = true }
            .AddColumns("definition", "value in nats", "split", "assumes", "verdict");
        foreach (VolumeEntry entry in result.Entries)
        {
            string assumed = string.Join('\n', entry.Definition?.Assumptions ?? []);
            string[] cells = [entry.Name, ValueOf(entry), SplitOf(entry), assumed, VerdictOf(entry, result.Rays)];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }

        console.Write(table);
        console.Write(SweepOver("threshold", result.Sweep.Thresholds, result.Sweep.OverThreshold));
        foreach (RayCurve curve in result.Sweep.Rays)
            console.Write(SweepAlong(curve, result.Sweep.Thresholds));
        console.Write(SweepOver("k", result.Sweep.PriorWeights, result.Sweep.OverPriorWeight));
        if (result.Convergence is { } convergence)
            console.Write(Moved(convergence, result.Entries));
    }

    private static Table SweepOver(string constant, ImmutableArray<double> values, ImmutableArray<VolumeCurve> curves)
    {
        Table table = new Table { Title = new TableTitle($"over {constant}, in nats"), Border = TableBorder.Rounded }.AddColumns(
            [constant, .. curves.Select(curve => Markup.Escape(curve.Name))]);
        for (int i = 0; i < values.Length; i++)
            table.AddRow([F($"{values[i]:g6}"), .. curves.Select(curve => Place(curve, i))]);
        foreach (VolumeCurve curve in curves.Where(curve => curve.Reason is not null))
            table.Caption = new TableTitle(Markup.Escape($"{table.Caption?.Text}{curve.Name}: {curve.Reason} "));
        return table;
    }

    private static string Place(VolumeCurve curve, int place)
    {
        if (curve.Values[place] is not { } value)
            return CurvatureRows.None;
        return curve.Intervals.IsEmpty ? F($"{value:f4}") : Markup.Escape(F($"{value:f4}\n95 %: {curve.Intervals[place]}"));
    }

    private static Table SweepAlong(RayCurve curve, ImmutableArray<double> thresholds)
    {
        Table table = new Table { Title = new TableTitle($"{curve.Name} over threshold, in nats"), Border = TableBorder.Rounded }
            .AddColumns("threshold", "value", "95 % interval", "effective rays", "lower bound", "d log V/d log ΔT");
        for (int i = 0; i < thresholds.Length; i++)
        {
            RayVolume volume = curve.Points[i].Volume;
            table.AddRow(
                F($"{thresholds[i]:g6}"),
                Nats(volume.LogValue),
                volume.Interval?.ToString() ?? CurvatureRows.None,
                volume.EffectiveSampleSize is { } size ? F($"{size:f1}") : CurvatureRows.None,
                Nats(volume.LowerBound),
                Nats(curve.Points[i].Slope));
        }

        return table;
    }

    private static Table Moved(Convergence convergence, ImmutableArray<VolumeEntry> after)
    {
        string title = $"how the volume moved: {convergence.Outcome}";
        Table table = new Table { Title = new TableTitle(Markup.Escape(title)), Border = TableBorder.Rounded }
            .AddColumns("definition", "before", "after", "difference");
        table.AddRow("loss", F($"{convergence.Point.Start.Loss:g7}"), F($"{convergence.Point.Last.Loss:g7}"), F(
            $"{convergence.Point.Last.Loss - convergence.Point.Start.Loss:g7}"));
        table.AddRow("gradient norm", F($"{convergence.Point.Start.GradientNorm:g4}"), F($"{convergence.Point.Last.GradientNorm:g4}"), F(
            $"{convergence.Point.Distance:g4} in weights"));
        foreach ((VolumeEntry was, VolumeEntry now) in convergence.Before.Zip(after))
            table.AddRow(was.Name, Nats(was.Definition?.LogValue), Nats(now.Definition?.LogValue), Nats(now.Definition?.LogValue - was.Definition?.LogValue));
        return table;
    }

    private static string Nats(double? value) => value is { } nats ? F($"{nats:f4}") : CurvatureRows.None;

    private static string ValueOf(VolumeEntry entry)
    {
        string what = entry.Definition?.Unit == VolumeUnit.Probability ? "log probability" : "log volume";
        if (entry.Definition?.LowerBound is { } bound)
            return F($"no value\nat least {bound:f2}");
        if (!entry.Applies)
            return CurvatureRows.None;
        string interval = entry.Definition!.Interval is { } sampled ? F($"\n95 %: {sampled}") : string.Empty;
        return F($"{entry.Definition.LogValue:f6}{interval}\n{what}");
    }

    private static string SplitOf(VolumeEntry entry)
        => string.Join('\n', (entry.Definition?.Split ?? []).Select(term => F($"{term.Nats,13:f4} {term.Name}")));

    private static string VerdictOf(VolumeEntry entry, RayResult? rays)
    {
        string reason = entry.Applies ? string.Empty : entry.Definition?.LowerBound is null ? $"does not apply: {entry.Reason}" : entry.Reason!;
        if (entry.Definition is RayVolume volume)
            return $"{reason}{(reason.Length > 0 ? "\n" : string.Empty)}{RaysMeaning(volume, rays!)}";
        return entry.Applies ? Meaning(entry.Definition!, rays) : reason;
    }

    // What the definition says of itself, and what the true loss along rays adds to it.
    private static string Meaning(IVolumeDefinition definition, RayResult? rays)
        => definition is IPriorRise measure ? definition.Verdict + OverPrior(measure, rays) : definition.Verdict;

    private static string OverPrior(IPriorRise measure, RayResult? rays)
    {
        if (rays is null || measure.MeanRise is not { } rise)
            return string.Empty;
        double difference = Math.Abs(rays.Draws.MeanRise - rise);
        string warning = difference > Errors * rays.Draws.MeanRiseError && difference > LargeShare * Math.Abs(rise)
            ? ": the quadratic does not hold over this prior, look at the rays"
            : string.Empty;
        return F($"; over the prior the true loss rises by {rays.Draws.MeanRise:g4} ± {rays.Draws.MeanRiseError:g2} on average, ") +
            F($"the quadratic by {rise:g4}{warning}");
    }

    private static string RaysMeaning(RayVolume volume, RayResult rays)
    {
        string between = rays.Quadratic is { IsSampled: true, Interval: { } interval } ? $", 95 %: {interval}" : string.Empty;
        string quadratic = F($"the quadratic's log probability under this prior is {Nats(rays.Quadratic.LogValue)}{between}; ");
        string share = volume.Verdict.Length > 0 ? $"{volume.Verdict}; " : string.Empty;
        string surface = rays.Reach is { } reach
            ? F($"; where the quadratic reaches the threshold the true loss has risen {reach.MeanRatio:f3} times as much")
            : string.Empty;
        string kinks = rays.Switched is { } switched
            ? F($"; on the way {switched.Relus:p1} of relus change sides and {switched.MaxPools:p1} of max-pools their winner")
            : string.Empty;
        string draws = F($"; {rays.Draws.Inside} of {rays.Draws.Count} points of the prior lie in the basin, ") +
            F($"a log probability of {Nats(rays.Draws.LogShare)}, 95 %: {rays.Draws.Interval}");
        return F($"{quadratic}{share}{LebesgueOf(rays.Lebesgue)}{surface}{kinks}{draws}");
    }

    private static string LebesgueOf(RayVolume volume) => (volume.LogValue, volume.LowerBound) switch
    {
        ({ } value, _) => F($"log volume {value:f4}, 95 %: {volume.Interval}, shared by {volume.EffectiveSampleSize:f1} rays"),
        (_, { } bound) => F($"no log volume but a lower bound of {bound:f2}, as {volume.EffectiveSampleSize:f1} rays share in it"),
        _ => F($"no log volume: {volume.Reason}"),
    };

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
