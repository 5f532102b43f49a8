using BasinVolume.Curvature.Volumes;

namespace BasinVolume.Report.Records;

/// <summary>The volumes of <c>hessian</c> and the main job.</summary>
public sealed record VolumesRecord
{
    /// <summary>The shifted quadratic, by the notebook's formula.</summary>
    public NotebookVolumeRecord? Notebook { get; init; }

    /// <summary>The same with the threshold counted from the loss.</summary>
    public ExcessVolumeRecord? Excess { get; init; }
}

/// <summary>The shifted quadratic, term by term.</summary>
public sealed record NotebookVolumeRecord
{
    /// <summary>By Stirling, as the notebook.</summary>
    public double? LogUnitBall { get; init; }

    /// <summary>log(π^(n/2)/Γ(n/2 + 1)).</summary>
    public double? LogUnitBallExact { get; init; }

    /// <summary>(n/2) log 2T.</summary>
    public double? LogThresholdTerm { get; init; }

    /// <summary>½ log det(H + (λ + c)I), which is subtracted.</summary>
    public double? LogDenominator { get; init; }

    /// <summary>The sum, with Stirling's unit ball.</summary>
    public double? LogVolume { get; init; }

    /// <summary>The sum, with the exact unit ball.</summary>
    public double? LogVolumeExact { get; init; }

    /// <summary>(n/2) log(2T/(λ + c)).</summary>
    public double? LogConstantsTerm { get; init; }

    /// <summary>−½ Σ log(1 + h/(λ + c)).</summary>
    public double? LogCurvatureTerm { get; init; }

    /// <summary>Why there is no volume, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>What is said of one.</summary>
    public static NotebookVolumeRecord Of(NotebookVolume volume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        EllipsoidTerms? terms = volume.Ellipsoid.Terms;
        return new()
        {
            LogUnitBall = terms?.LogUnitBallStirling,
            LogUnitBallExact = terms?.LogUnitBall,
            LogThresholdTerm = terms?.LogThresholdTerm,
            LogDenominator = terms?.LogDenominator,
            LogVolume = volume.LogVolume,
            LogVolumeExact = volume.LogVolumeExact,
            LogConstantsTerm = terms?.LogConstantsTerm,
            LogCurvatureTerm = terms?.LogCurvatureTerm,
            Reason = volume.Ellipsoid.Reason,
        };
    }
}

/// <summary>The volume up to the excess of the threshold over the loss, term by term.</summary>
public sealed record ExcessVolumeRecord
{
    /// <summary>T.</summary>
    public double? Threshold { get; init; }

    /// <summary>L.</summary>
    public double? Loss { get; init; }

    /// <summary>T − L.</summary>
    public double? Excess { get; init; }

    /// <summary>Whether the threshold lies below the loss.</summary>
    public bool? Empty { get; init; }

    /// <summary>With the exact unit ball.</summary>
    public double? LogVolume { get; init; }

    /// <summary>With Stirling's unit ball.</summary>
    public double? LogVolumeStirling { get; init; }

    /// <summary>The exact unit ball.</summary>
    public double? LogUnitBall { get; init; }

    /// <summary>(n/2) log 2(T − L).</summary>
    public double? LogThresholdTerm { get; init; }

    /// <summary>½ log det(H + (λ + c)I), which is subtracted.</summary>
    public double? LogDenominator { get; init; }

    /// <summary>Why there is no volume, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>What is said of one.</summary>
    public static ExcessVolumeRecord Of(QuadraticVolume volume)
    {
        ArgumentNullException.ThrowIfNull(volume);
        EllipsoidTerms? terms = volume.Ellipsoid.Terms;
        return new()
        {
            Threshold = volume.Threshold.Value,
            Loss = volume.Loss,
            Excess = volume.Excess,
            Empty = volume.Empty,
            LogVolume = volume.LogVolume,
            LogVolumeStirling = volume.LogVolumeStirling,
            LogUnitBall = terms?.LogUnitBall,
            LogThresholdTerm = terms?.LogThresholdTerm,
            LogDenominator = terms?.LogDenominator,
            Reason = volume.Ellipsoid.Reason,
        };
    }
}
