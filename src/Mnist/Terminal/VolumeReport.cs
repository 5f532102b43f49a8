using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Mnist.Volumes;
using Spectre.Console;

namespace BasinVolume.Mnist.Terminal;

/// <summary>The table of all definitions of a basin's volume: value, split, what is assumed, and what to make of it.</summary>
internal static class VolumeReport
{
    // Below so many the error bar means little.
    private const double FewRays = 10;

    // Where loss and quadratic differ by more than so many standard errors, and by more than this share, the quadratic is no model of the loss.
    private const double Errors = 3;
    private const double LargeShare = 0.1;

    /// <summary>Prints it.</summary>
    public static void Print(IAnsiConsole console, VolumeResult result)
    {
        QuadraticModel model = result.Model;
        string loss = double.IsFinite(model.Loss) ? F($"loss {model.Loss:f6}") : "loss not known";
        string gradient = result.Source.Gradient is null ? "gradient taken as zero" : F($"gradient norm {model.GradientNorm:g4}");
        string threshold = F($"{(result.Setting.Threshold.Kind == ThresholdKind.Absolute ? "T" : "ΔT")} = {result.Setting.Threshold.Value}");
        Table table = new Table { Title = new TableTitle(Markup.Escape($"{result.Source.Name}: {model.Dimension} parameters, {loss}, {gradient}, {threshold}")), Border = TableBorder.Rounded, ShowRowSeparators = true }
            .AddColumns("definition", "value in nats", "split", "assumes", "verdict");
        foreach (VolumeEntry entry in result.Entries)
        {
            string[] cells = [entry.Name, ValueOf(entry), SplitOf(entry), string.Join('\n', entry.Definition?.Assumptions ?? []), VerdictOf(entry, result.Rays)];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }

        console.Write(table);
        console.Write(SweepOver("threshold", result.Sweep.Thresholds, [.. result.Sweep.OverThreshold, .. result.Sweep.RaySlopes.Select(curve => curve with { Name = curve.Name + ": d log V/d log ΔT" })]));
        console.Write(SweepOver("k", result.Sweep.PriorWeights, result.Sweep.OverPriorWeight));
        if (result.Convergence is { } convergence)
            console.Write(Moved(convergence, result.Entries));
    }

    private static Table SweepOver(string constant, ImmutableArray<double> values, ImmutableArray<VolumeCurve> curves)
    {
        Table table = new Table { Title = new TableTitle($"over {constant}, in nats"), Border = TableBorder.Rounded }.AddColumns([constant, .. curves.Select(curve => Markup.Escape(curve.Name))]);
        for (int i = 0; i < values.Length; i++)
            table.AddRow([F($"{values[i]:g6}"), .. curves.Select(curve => curve.Values[i] is { } value ? F($"{value:f4}") : CurvatureRows.None)]);
        return table;
    }

    private static Table Moved(Convergence convergence, ImmutableArray<VolumeEntry> after)
    {
        Table table = new Table { Title = new TableTitle(Markup.Escape($"how the volume moved: {convergence.Outcome}")), Border = TableBorder.Rounded }.AddColumns("definition", "before", "after", "difference");
        table.AddRow("loss", F($"{convergence.Point.Start.Loss:f6}"), F($"{convergence.Point.Last.Loss:f6}"), F($"{convergence.Point.Last.Loss - convergence.Point.Start.Loss:f6}"));
        table.AddRow("gradient norm", F($"{convergence.Point.Start.GradientNorm:g4}"), F($"{convergence.Point.Last.GradientNorm:g4}"), F($"{convergence.Point.Distance:g4} in weights"));
        foreach ((VolumeEntry was, VolumeEntry now) in convergence.Before.Zip(after))
            table.AddRow(was.Name, Nats(was.Definition?.LogValue), Nats(now.Definition?.LogValue), Nats(now.Definition?.LogValue - was.Definition?.LogValue));
        return table;
    }

    private static string Nats(double? value) => value is { } nats ? F($"{nats:f4}") : CurvatureRows.None;

    private static string ValueOf(VolumeEntry entry)
    {
        if (!entry.Applies)
            return CurvatureRows.None;
        string what = entry.Definition!.Unit == VolumeUnit.Probability ? "log probability" : "log volume";
        string error = entry.Definition.StandardError is { } sampled ? F($" ± {sampled:g3}") : string.Empty;
        return F($"{entry.Definition.LogValue:f6}{error}\n{what}");
    }

    private static string SplitOf(VolumeEntry entry)
        => string.Join('\n', (entry.Definition?.Split ?? []).Select(term => F($"{term.Nats,13:f4} {term.Name}")));

    private static string VerdictOf(VolumeEntry entry, RayResult? rays) => entry.Applies ? Meaning(entry.Definition!, rays) : $"does not apply: {entry.Reason}";

    private static string Meaning(IVolumeDefinition definition, RayResult? rays) => definition switch
    {
        GaussianMeasure measure => F($"the first to look at: comparable between networks; {measure.LogProbabilityBits:f2} bits{CheckOf(measure)}{OverPrior(measure, rays)}"),
        RayVolume volume => RaysMeaning(volume, rays!),
        FuzzyVolume fuzzy => F($"effective dimension {fuzzy.EffectiveDimension:g6}; s = {fuzzy.Temperature} is worth a hard threshold of {fuzzy.EquivalentThreshold:g6}"),
        QuadraticVolume { NewtonDecrement: { } decrement } => F($"Newton decrement {decrement:g4}: half its square is what the loss would still fall"),
        NotebookVolume { Ellipsoid.Terms.LogCurvatureTerm: { } network } notebook => F($"the network contributes {network:f4} nats, constants the rest; d log V/d log c = {notebook.Sensitivity:f3}"),
        _ => string.Empty,
    };

    private static string CheckOf(GaussianMeasure measure) => measure.SaddlePointFormula is { } formula ? F($"; the saddle-point formula gives {formula:f6}") : string.Empty;

    private static string OverPrior(GaussianMeasure measure, RayResult? rays)
    {
        if (rays is null)
            return string.Empty;
        double difference = Math.Abs(rays.Draws.MeanRise - measure.Mean);
        string warning = difference > Errors * rays.Draws.MeanRiseError && difference > LargeShare * Math.Abs(measure.Mean) ? ": the quadratic does not hold over this prior, look at the rays" : string.Empty;
        return F($"; over the prior the true loss rises by {rays.Draws.MeanRise:g4} ± {rays.Draws.MeanRiseError:g2} on average, the quadratic by {measure.Mean:g4}{warning}");
    }

    private static string RaysMeaning(RayVolume volume, RayResult rays)
    {
        string surface = rays.Reach is { } reach ? F($"; where the quadratic reaches the threshold the true loss has risen {reach.MeanRatio:f3} times as much") : string.Empty;
        string kinks = rays.Switched is { } switched ? F($"; on the way {switched.Relus:p1} of relus change sides and {switched.MaxPools:p1} of max-pools their winner") : string.Empty;
        string draws = rays.Draws.LogShare is { } share ? F($"; of {rays.Draws.Count} points of the prior {rays.Draws.Inside} lie in the basin, {share:f4} ± {rays.Draws.StandardError:g2}") : F($"; none of {rays.Draws.Count} points of the prior lies in the basin");
        string trust = volume.EffectiveSampleSize < FewRays ? "not an estimate, as too few rays hold the mass (a prior around the weights has far less spread): " : string.Empty;
        return F($"{trust}{volume.EffectiveSampleSize:f1} of {volume.Crossings.Rays.Length} rays share in it, {volume.Crossings.NonMonotone} not monotone; log volume {rays.Lebesgue.LogValue ?? double.NaN:f4}{surface}{kinks}{draws}");
    }

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
