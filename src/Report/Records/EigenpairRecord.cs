using System.Collections.Immutable;
using BasinVolume.Curvature.Groups;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Records;

/// <summary>What an eigenvector says.</summary>
public sealed record EigenpairRecord
{
    /// <summary>λ.</summary>
    public double? Eigenvalue { get; init; }

    /// <summary>‖Hv − λv‖.</summary>
    public double? Residual { get; init; }

    /// <summary>|gᵀv|/‖g‖; null without a gradient.</summary>
    public double? GradientOverlap { get; init; }

    /// <summary>For each group of parameters Σ v_i², 1 in all; empty without groups.</summary>
    public IReadOnlyDictionary<string, double>? Shares { get; init; }

    /// <summary>What is said of one.</summary>
    /// <param name="vector">The eigenvector.</param>
    /// <param name="groups">The groups of parameters.</param>
    public static EigenpairRecord Of(EigenvectorReport vector, ImmutableArray<ParameterGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(vector);
        return new()
        {
            Eigenvalue = vector.Eigenvalue,
            Residual = vector.Residual,
            GradientOverlap = vector.GradientOverlap,
            Shares = groups.Zip(vector.Shares).ToDictionary(pair => pair.First.Name, pair => pair.Second, StringComparer.Ordinal),
        };
    }

    /// <summary>The same as a row of a table.</summary>
    /// <param name="column">Which column of the eigenvectors it is, from 0.</param>
    /// <param name="groups">The groups whose shares are told.</param>
    internal ImmutableArray<string> Cells(int column, IEnumerable<string> groups) =>
    [
        Cell.Of(column),
        Cell.Of(Eigenvalue),
        Cell.Brief(Residual),
        Cell.Brief(GradientOverlap),
        .. groups.Select(group => Shares?.TryGetValue(group, out double share) == true ? Cell.Brief(share) : Cell.Nothing),
    ];
}
