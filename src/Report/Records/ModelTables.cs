using System.Collections.Immutable;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Records;

/// <summary>What came out for each model of a run: numbers with their meaning, and the self-check.</summary>
internal static class ModelTables
{
    private static readonly Row[] Rows =
    [
        new("parameters", model => Cell.Of(model.Parameters), "n, the number of weights"),
        new("training samples", model => Score(model.Known.Training), "those that were used, at these weights"),
        new("test samples", model => Score(model.Known.Test), "all of them, at these weights"),
        new("loss", model => Cell.Of(model.Hessian?.Loss), "whose second derivatives these are", OfHessian: true),
        new("weighting", model => Cell.Of(model.Hessian?.Weighting), "how the losses of the samples become one", OfHessian: true),
        new("penalty", Penalty, "whether ½λ|θ|² is part of loss, gradient and Hessian", OfHessian: true),
        new("|g|", model => Cell.Of(model.Hessian?.GradientNorm), "0 at a stationary point", OfHessian: true),
        new("trace", model => Cell.Of(model.Hessian?.Trace), "the sum of all eigenvalues", OfMatrix: true),
        new(
            "eigenvalues",
            model => $"{Cell.Of(model.Spectrum?.Min)} … {Cell.Of(model.Spectrum?.Max)}",
            "smallest and largest, with their signs",
            OfMatrix: true),
        new("positive, zero, negative", Inertia, "the inertia: negative ones say that the weights are not at a minimum", OfMatrix: true),
        new("zeros", Zeros, "structural ones follow from the network and are exact", OfMatrix: true),
        new("log pseudo-determinant", model => Cell.Of(model.Spectrum?.LogDeterminant?.Pseudo), "over the eigenvalues that are not zero", OfMatrix: true),
        new(
            DefinitionNames.Of("notebook"),
            model => ValueOrReason(model.Volume?.Notebook?.LogVolume, model.Volume?.Notebook?.Reason),
            "log volume in nats, of the quadratic of H + (λ + k/σ²)I up to T",
            OfMatrix: true),
        new("of that by the Hessian", model => Cell.Of(model.Volume?.Notebook?.LogCurvatureTerm), "the rest follows from n, T, λ, k and σ", OfMatrix: true),
        new("T − L", model => Cell.Of(model.Volume?.Excess?.Excess), "how far the threshold lies above the loss", OfMatrix: true),
        new(
            DefinitionNames.Of("excess"),
            model => ValueOrReason(model.Volume?.Excess?.LogVolume, model.Volume?.Excess?.Reason),
            "log volume up to T − L, the threshold's height above the loss",
            OfMatrix: true),
        new("asymmetry", model => Cell.Of(model.Hessian?.Asymmetry), "of the raw Hessian, of its largest element", OfMatrix: true),
        new("seconds", Seconds, string.Empty),
    ];

    /// <summary>The numbers of all models side by side.</summary>
    public static Section Numbers(ImmutableArray<ModelRecord> models)
    {
        bool curved = models.Any(model => model.Hessian is not null), dense = models.Any(model => model.Spectrum is not null);
        IEnumerable<Row> said = Rows.Where(
            row => (curved || !row.OfHessian) && (dense || !row.OfMatrix) && models.Any(model => row.Value(model) != Cell.Nothing));
        return new("numbers", "Numbers", Note: null, new(
            ["", .. models.Select(model => model.Name), "what it means"],
            [.. said.Select(row => (ImmutableArray<string>)[row.Name, .. models.Select(row.Value), row.Meaning])])
        { IsLastComment = true });
    }

    /// <summary>The identities that were checked; nothing where none were.</summary>
    public static IEnumerable<Section> SelfCheck(ImmutableArray<ModelRecord> models)
    {
        ImmutableArray<ImmutableArray<string>> rows = [.. models.SelectMany(model => (model.Verification ?? []).Select(check => (ImmutableArray<string>)
            [
                check.Name,
                Cell.Of(check.Statement),
                Cell.Of(check.Residual),
                Cell.Of(check.Bound),
                check.Passed ? "holds" : "broken",
                model.Name,
                Cell.Of(check.Reason),
            ]))];
        return rows.IsEmpty
            ? []
            :
            [
                new(
                    "self-check",
                    "Self-check",
                    "Exact identities that the derivatives must keep: how far each is from holding, and how far rounding can take it.",
                    new(["identity", "what must hold", "residual", "bound", "verdict", "model", "why"], rows)),
            ];
    }

    /// <summary>How the training of each model went that was trained here.</summary>
    public static IEnumerable<Section> Trainings(ImmutableArray<ModelRecord> models)
        => models.Where(model => model.Training is { Epochs.IsEmpty: false }).Select(model => model.Training!.ToSection(model.Name) with
        {
            // Beside second derivatives it is how the weights came about, and no result.
            IsDetail = model.Hessian is not null,
        });

    private static string Score(ScoreRecord? score) => score?.Said ?? Cell.Nothing;

    private static string Penalty(ModelRecord model)
        => model.Hessian is { Penalty: "included" } hessian ? $"included, λ = {Cell.Brief(hessian.WeightDecay)}" : Cell.Of(model.Hessian?.Penalty);

    private static string Inertia(ModelRecord model)
        => string.Join(", ", Cell.Of(model.Spectrum?.Positive), Cell.Of(model.Spectrum?.Zero), Cell.Of(model.Spectrum?.Negative));

    private static string Zeros(ModelRecord model)
        => $"{Cell.Of(model.Spectrum?.StructuralZeros)} structural, {Cell.Of(model.Spectrum?.NumericalZeros)} numerical";

    private static string ValueOrReason(double? value, string? reason) => value is null ? Cell.Of(reason) : Cell.Of(value);

    private static string Seconds(ModelRecord model)
    {
        (string Name, double? Seconds)[] parts =
            [("training", model.Training?.Seconds), ("Hessian", model.Hessian?.Seconds), ("spectrum", model.Spectrum?.Seconds)];
        string said = string.Join(", ", parts.Where(part => part.Seconds is not null).Select(part => $"{Cell.Seconds(part.Seconds)} {part.Name}"));
        return said.Length > 0 ? said : Cell.Nothing;
    }

    // OfHessian: there once second derivatives are looked at; OfMatrix: there where the whole matrix is.
    private sealed record Row(string Name, Func<ModelRecord, string> Value, string Meaning, bool OfHessian = false, bool OfMatrix = false);
}
