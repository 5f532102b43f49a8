using System.Collections.Immutable;
using BasinVolume.Curvature;
using BasinVolume.Report.Tables;

namespace BasinVolume.Report.Records;

/// <summary>The log-determinant at one damping.</summary>
public sealed record DampingRecord
{
    /// <summary>μ.</summary>
    public double? Mu { get; init; }

    /// <summary>log|det(H + μI)|; null where that is singular.</summary>
    public double? LogDeterminant { get; init; }

    /// <summary>d/d ln μ = Σ μ/(λ + μ); null where H + μI is singular.</summary>
    public double? Slope { get; init; }

    /// <summary>−1, 0 or 1.</summary>
    public int? Sign { get; init; }

    /// <summary>Eigenvalues of H + μI below minus the tolerance.</summary>
    public int? Negative { get; init; }

    /// <summary>What is said of one.</summary>
    public static DampingRecord Of(DampingPoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return new()
        {
            Mu = point.Mu,
            LogDeterminant = point.LogDeterminant.LogAbsolute,
            Slope = point.Slope,
            Sign = point.LogDeterminant.Sign,
            Negative = point.LogDeterminant.Inertia.Negative,
        };
    }

    /// <summary>The same as a row of a table.</summary>
    internal ImmutableArray<string> Cells()
        => [Cell.Brief(Mu), Slope is null ? "singular" : Cell.Of(LogDeterminant), Cell.Of(Sign), Cell.Brief(Slope), Cell.Of(Negative)];
}
