using System.Collections.Immutable;
using BasinVolume.Kernels;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Records;

/// <summary>The answer of a job whose folder holds models, in brief: of one model all of it, of several what tells them apart.</summary>
internal static class ModelAnswer
{
    /// <summary>The lines.</summary>
    public static IEnumerable<AnswerLine> Of(ResultRecord run)
    {
        ImmutableArray<ModelRecord> models = run.Models ?? [];
        AnswerLine computed = AnswerTexts.Computed($"{What(models)}{Parameters(models)}{Samples(run.Data)}");
        return models is [var one]
            ? [computed, .. AnswerTexts.Weights(Weights(one)), .. AnswerTexts.Curvature(Curvature(one)), .. AnswerTexts.Volume(Volume(one))]
            :
            [
                computed,
                .. AnswerTexts.Weights(Each(models, BriefWeights)),
                .. AnswerTexts.Curvature(Each(models, BriefCurvature)),
                .. AnswerTexts.Volume(Each(models, BriefVolume)),
            ];
    }

    private static string What(ImmutableArray<ModelRecord> models)
    {
        string names = string.Join(" and ", models.Select(model => model.Name));
        if (models.Any(model => model.Spectrum is not null))
            return models.Length == 1 ? $"Hessian of {names}" : $"Hessians of {names}";
        if (models.Select(model => model.Curvature).FirstOrDefault(curvature => curvature is not null) is { } curvature)
            return $"{(curvature.Matrix == "gauss-newton" ? "Gauss-Newton matrix" : "Hessian")} of {names} by products";
        return models is [{ Training.Epochs: var epochs }]
            ? $"{names}, trained for {Printable.Counted(epochs.Length, "epoch")}"
            : names;
    }

    private static string Parameters(ImmutableArray<ModelRecord> models)
        => models is [var first, ..] ? $", {Cell.Of(first.Parameters)} parameters{(models.Length > 1 ? " each" : string.Empty)}" : string.Empty;

    private static string Samples(DataRecord? data)
        => data?.Samples is { } used ? $", on {Cell.Of(used)} of {Cell.Of(data.TrainImages)} training samples" : string.Empty;

    private static string? Weights(ModelRecord model) => model.Known.Said;

    private static string? Curvature(ModelRecord model)
    {
        string? gradient = AnswerTexts.Gradient(model.Hessian?.GradientNorm);
        if (model.Spectrum is { } spectrum)
            return AnswerTexts.Joined(
                $"λ_max {Cell.Brief(spectrum.Max)}", AnswerTexts.Inertia(spectrum.Positive, spectrum.Zero, spectrum.Negative), gradient);
        return model.Curvature is { } curvature ? AnswerTexts.Joined(AnswerTexts.Largest(curvature), AnswerTexts.Inertia(curvature.Inertia), gradient) : null;
    }

    // By the quadratic model, up to the threshold's height above the loss: how far the true loss follows it is another command's answer.
    private static string? Volume(ModelRecord model)
    {
        string quadratic = $"({DefinitionNames.Of("excess")}); 'volume' measures it by the true loss";
        if (model.Volume?.Excess is { } excess)
            return excess.LogVolume is { } value ? $"log volume {AnswerTexts.Nats(value)} at T = {Cell.Brief(excess.Threshold)} {quadratic}" : excess.Reason;
        if (model.Curvature?.Volumes?.GetValueOrDefault("excess") is not { } definition)
            return null;
        return definition.Applies ? $"{AnswerTexts.Value(definition)} {quadratic}" : definition.Reason;
    }

    private static string? BriefWeights(ModelRecord model)
    {
        string? loss = AnswerTexts.Loss(model.Known.Training?.Loss ?? model.Known.Test?.Loss);
        return model.Known.Test?.Right is { } test ? $"{loss}, test {test} right"
            : model.Known.Training?.Right is { } training ? $"{loss}, {training} right" : loss;
    }

    private static string? BriefCurvature(ModelRecord model) => model.Spectrum is { } spectrum
        ? $"λ_max {Cell.Brief(spectrum.Max)}, {AnswerTexts.Inertia(spectrum.Positive, spectrum.Zero, spectrum.Negative)}"
        : model.Curvature is { } curvature ? AnswerTexts.Joined(AnswerTexts.Largest(curvature), AnswerTexts.Inertia(curvature.Inertia)) : null;

    private static string? BriefVolume(ModelRecord model) => model.Volume?.Excess is { } excess
        ? excess.LogVolume is { } value ? $"log volume {AnswerTexts.Nats(value)}"
            : excess.Empty == true ? "none, as the loss lies above T" : excess.Reason?.TrimEnd('.')
        : null;

    private static string? Each(ImmutableArray<ModelRecord> models, Func<ModelRecord, string?> said)
    {
        (string Name, string? Value)[] known = [.. models.Select(model => (model.Name, said(model))).Where(pair => !string.IsNullOrEmpty(pair.Item2))];
        return known.Length == 0 ? null : string.Join("; ", known.Select(pair => $"{pair.Name}: {pair.Value}"));
    }
}
