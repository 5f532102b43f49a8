using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Kernels;
using BasinVolume.Report.Records;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Html;

/// <summary>What a page is about, and what came out, in a sentence.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Sentence">What came out; empty where the document does not say.</param>
internal sealed record Headline(string Title, string Sentence)
{
    /// <summary>That of a document.</summary>
    public static Headline Of(IRunRecord record) => record switch
    {
        ResultRecord run => OfModels(run.Models ?? []),
        SpectrumRunRecord spectrum => new(
            $"Spectrum{OfWhom(spectrum.Matrix?.Name)}", SentenceOf([Inertia(spectrum, spectrum.Matrix?.Name ?? "the matrix")])),
        VolumeRecord volume => new($"Basin volumes{OfWhom(volume.Hessian?.Name)}", SentenceOf([Values(volume)])),
        LandscapeRecord landscape => new($"Loss landscape{OfWhom(landscape.Model)}", SentenceOf([Lowest(landscape)])),
        _ => new(record.Command ?? string.Empty, string.Empty),
    };

    private static Headline OfModels(ImmutableArray<ModelRecord> models)
    {
        string whose = OfWhom(models.IsEmpty ? null : string.Join(" and ", models.Select(model => model.Name)));
        if (models.Any(model => model.Spectrum is not null))
            return new($"Hessian{(models.Length > 1 ? "s" : string.Empty)}{whose}", SentenceOf(models.Select(
                model => model.Spectrum is { } spectrum ? Inertia(spectrum, model.Name) + NoMinimum(spectrum.Negative) : null)));
        return models.Any(model => model.Curvature is not null)
            ? new($"Curvature{whose} by products", SentenceOf(models.Select(model => Inertia(model.Curvature, model.Name))))
            : new($"Training{whose}", SentenceOf(models.Select(Learned)));
    }

    private static string? Inertia(SpectrumRecord spectrum, string whose)
    {
        if (spectrum is not { Positive: { } positive, Zero: { } zero, Negative: { } negative })
            return null;
        return negative == 0
            ? $"no eigenvalue of {whose} is negative"
            : $"{Count(negative)} of {Count(positive + zero + negative)} eigenvalues of {whose} are negative";
    }

    // Of weights, where curvature that is surely negative says something of them.
    private static string NoMinimum(double? negative) => negative > 0 ? ", so its weights are at no minimum" : string.Empty;

    private static string? Inertia(CurvatureRecord? curvature, string whose)
    {
        if (curvature?.Inertia?.Negative is not [{ } least, { } most])
            return null;
        string range = least == most ? Count(least) : $"between {Count(least)} and {Count(most)}";
        return $"{range} of {Count(curvature.Order)} eigenvalues of {whose} are negative{NoMinimum(least)}";
    }

    private static string? Learned(ModelRecord model)
    {
        if (model.Training is not { Epochs: [.., var last] epochs })
            return null;
        string after = $"after {Printable.Counted(epochs.Length, "epoch")}";
        if (last.TestLoss is not { } loss)
            return model.Evaluation?.Training is { } seen ? $"{after} {model.Name} has a loss of {Number(seen.Loss)} on the training samples" : null;
        return 100.0 * last.TestCorrect / last.TestTotal is { } share
            ? $"{after} {model.Name} answers {Number(share)} % of {Count(last.TestTotal)} test samples right, at a loss of {Number(loss)}"
            : $"{after} {model.Name} has a test loss of {Number(loss)}";
    }

    private static string? Values(VolumeRecord volume)
        => volume.Definitions is { Count: > 0 and var all } definitions
            ? $"{Count(definitions.Values.Count(definition => definition.Applies))} of {Count(all)} definitions have a value up to the threshold "
                + $"{Number(volume.Threshold)}, {volume.ThresholdKind}; for the others there is a reason"
            : null;

    private static string? Lowest(LandscapeRecord landscape)
    {
        LineRecord? along = (landscape.Lines ?? []).Where(line => line.Lowest is not null).MinBy(line => line.Lowest);
        if (along is null || landscape.Loss is not { } here)
            return null;
        return along.Lowest < here
            ? $"the lowest loss that was found is {Number(along.Lowest)}, along {along.Name}; at the weights it is {Number(here)}"
            : $"no loss that was found is below that at the weights, {Number(here)}";
    }

    private static string OfWhom(string? name) => name is null ? string.Empty : $" of {name}";

    // What is said of several models is one sentence; what is known of none is no sentence.
    private static string SentenceOf(IEnumerable<string?> said)
        => string.Join("; ", said.OfType<string>()) is { Length: > 0 } text ? $"{char.ToUpperInvariant(text[0])}{text[1..]}." : string.Empty;

    private static string Count(double? number) => number is { } count ? count.ToString("f0", CultureInfo.InvariantCulture) : "an unknown number";

    private static string Number(double? number)
        => number is { } value && double.IsFinite(value) ? ShortNumber.Of(value, HtmlTable.Digits) : "unknown";
}
