using BasinVolume.Kernels;

namespace BasinVolume.Report.Records;

/// <summary>An exact identity that was checked.</summary>
public sealed record CheckRecord
{
    /// <summary>Short and stable.</summary>
    public required string Name { get; init; }

    /// <summary>What must hold, as a formula; null for runs of earlier versions, which do not say.</summary>
    public string? Statement { get; init; }

    /// <summary>Why it must hold here; null likewise.</summary>
    public string? Reason { get; init; }

    /// <summary>How far it is from holding; null where that is not finite.</summary>
    public required double? Residual { get; init; }

    /// <summary>How far rounding can take it; null where that is not finite.</summary>
    public required double? Bound { get; init; }

    /// <summary><c>residual</c> ≤ <c>bound</c>.</summary>
    public required bool Passed { get; init; }

    /// <summary>What is said of one.</summary>
    public static CheckRecord Of(IdentityCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        return new()
        {
            Name = check.Name,
            Statement = check.Statement,
            Reason = check.Reason,
            Residual = check.Residual,
            Bound = check.Bound,
            Passed = check.Passed,
        };
    }
}
