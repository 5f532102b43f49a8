using System.Globalization;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Mnist.Volumes;
using Spectre.Console;

namespace BasinVolume.Mnist.Terminal;

/// <summary>The table of all definitions of a basin's volume: value, split, what is assumed, and what to make of it.</summary>
internal static class VolumeReport
{
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
            string[] cells = [entry.Name, ValueOf(entry), SplitOf(entry), string.Join('\n', entry.Definition?.Assumptions ?? []), VerdictOf(entry)];
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

    private static string VerdictOf(VolumeEntry entry) => entry.Applies ? Meaning(entry.Definition!) : $"does not apply: {entry.Reason}";

    private static string Meaning(IVolumeDefinition definition) => definition switch
    {
        GaussianMeasure measure => F($"the first to look at: comparable between networks; {measure.LogProbabilityBits:f2} bits, next term of the series {measure.NextTerm ?? double.NaN:g2} nats"),
        FuzzyVolume fuzzy => F($"effective dimension {fuzzy.EffectiveDimension:g6}; s = {fuzzy.Temperature} is worth a hard threshold of {fuzzy.EquivalentThreshold:g6}"),
        QuadraticVolume { NewtonDecrement: { } decrement } => F($"Newton decrement {decrement:g4}: half its square is what the loss would still fall"),
        NotebookVolume { Ellipsoid.Terms.LogCurvatureTerm: { } network } notebook => F($"the network contributes {network:f4} nats, constants the rest; d log V/d log c = {notebook.Sensitivity:f3}"),
        _ => string.Empty,
    };

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
