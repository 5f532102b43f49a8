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
    }

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
        GaussianMeasure measure => F($"the first to look at: comparable between networks; {measure.LogProbabilityBits:f2} bits, next term of the series {measure.NextTerm ?? double.NaN:g2} nats"),
        RayVolume volume => RaysMeaning(volume, rays!),
        FuzzyVolume fuzzy => F($"effective dimension {fuzzy.EffectiveDimension:g6}; s = {fuzzy.Temperature} is worth a hard threshold of {fuzzy.EquivalentThreshold:g6}"),
        QuadraticVolume { NewtonDecrement: { } decrement } => F($"Newton decrement {decrement:g4}: half its square is what the loss would still fall"),
        NotebookVolume { Ellipsoid.Terms.LogCurvatureTerm: { } network } notebook => F($"the network contributes {network:f4} nats, constants the rest; d log V/d log c = {notebook.Sensitivity:f3}"),
        _ => string.Empty,
    };

    private static string RaysMeaning(RayVolume volume, RayResult rays)
    {
        string surface = rays.Reach is { } reach ? F($"; where the quadratic reaches the threshold the true loss has risen {reach.MeanRatio:f3} times as much") : string.Empty;
        string trust = volume.EffectiveSampleSize < FewRays ? "not an estimate, as too few rays hold the mass (a prior around the weights has far less spread): " : string.Empty;
        return F($"{trust}{volume.EffectiveSampleSize:f1} of {volume.Crossings.Rays.Length} rays share in it, {volume.Crossings.NonMonotone} not monotone; log volume {rays.Lebesgue.LogValue ?? double.NaN:f4}{surface}");
    }

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
