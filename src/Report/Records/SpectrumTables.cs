using System.Collections.Immutable;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Records;

/// <summary>A spectrum as tables: numbers, the log-determinant against the damping, what each eigenvector says, and the blocks of the groups.</summary>
internal static class SpectrumTables
{
    /// <summary>The sections, each where there is something in it.</summary>
    public static IEnumerable<Section> Of(SpectrumRunRecord spectrum)
    {
        yield return Numbers(spectrum);
        if (spectrum.Eigenpairs is { IsEmpty: false } pairs)
            yield return Vectors(pairs);
        if (spectrum.Damping is { IsEmpty: false } damping)
            yield return new("damping", "log det(H + μI)", Note: null, new(
                ["μ", "log|det|", "sign", "slope d/d ln μ", "negative"], [.. damping.Select(point => point.Cells())]));
        if (spectrum.Blocks is not { IsEmpty: false } blocks)
            yield break;
        yield return new("blocks", "Blocks: each group of parameters by itself", Note: null, new(
            ["group", "parameters", "trace", "λ_min", "λ_max", "positive", "zero", "negative", "log pseudo-determinant"],
            [.. blocks.Select(block => block.Cells())]))
        {
            IsDetail = true,
        };
        if (spectrum.BlockNorms is { } norms)
            yield return new("block-norms", "Frobenius norms of the blocks between groups", Note: null, new(
                ["group", .. blocks.Select(block => Cell.Of(block.Name))],
                [.. blocks.Zip(norms, (block, row) => (ImmutableArray<string>)[Cell.Of(block.Name), .. row.Select(norm => Cell.Brief(norm))])]))
            {
                IsDetail = true,
            };
    }

    private static Section Numbers(SpectrumRunRecord spectrum)
    {
        (string Name, string Value, string Meaning)[] rows =
        [
            ("λ_min", Cell.Of(spectrum.Min), "with its sign"),
            ("λ_max", Cell.Of(spectrum.Max), "the largest"),
            ("positive", Cell.Of(spectrum.Positive), "eigenvalues above the tolerance"),
            ("zero", Cell.Of(spectrum.Zero), "within it"),
            ("negative", Cell.Of(spectrum.Negative), "below minus the tolerance"),
            ("zero tolerance", Cell.Of(spectrum.ZeroTolerance), "what rounding may make of a zero"),
            .. spectrum.StructuralGroups is { IsEmpty: false } ? KindsOfZeros(spectrum) : [],
            ("outliers", Cell.Of(spectrum.Outliers), "stand apart from the bulk"),
            ("log pseudo-determinant", Cell.Of(spectrum.LogDeterminant?.Pseudo), "over the eigenvalues that are not zero"),
            ("method", Cell.Of(spectrum.Method), string.Empty),
        ];
        return new("spectrum", $"Spectrum of {Cell.Of(spectrum.Matrix?.Name)}", Note: null, new(
            ["", "value", "what it means"], [.. rows.Select(row => ImmutableArray.Create(row.Name, row.Value, row.Meaning))])
        {
            IsLastComment = true,
        });
    }

    // Of a matrix that is no network's all zeros are of one kind.
    private static (string Name, string Value, string Meaning)[] KindsOfZeros(SpectrumRunRecord spectrum) =>
    [
        ("structural zeros", Cell.Of(spectrum.StructuralZeros), "follow from the network, and are exact"),
        ("numerical zeros", Cell.Of(spectrum.NumericalZeros), "happen to be too small to tell"),
    ];

    private static Section Vectors(ImmutableArray<EigenpairRecord> pairs)
    {
        string[] groups = [.. pairs.SelectMany(pair => pair.Shares?.Keys ?? []).Distinct()];
        return new("eigenvectors", groups.Length > 0 ? "Eigenvectors, and the share of each tensor in them" : "Eigenvectors", Note: null, new(
            ["column", "eigenvalue", "residual", "|cos(gradient)|", .. groups],
            [.. pairs.Select((pair, column) => pair.Cells(column, groups))]));
    }
}
