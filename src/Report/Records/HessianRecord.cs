namespace BasinVolume.Report.Records;

/// <summary>The Hessian of a run's model at its weights.</summary>
public sealed record HessianRecord
{
    /// <summary>L at the weights.</summary>
    public double? Loss { get; init; }

    /// <summary><c>batch-mean</c> or <c>sample-mean</c>: how the losses of the samples become one.</summary>
    public string? Weighting { get; init; }

    /// <summary>
    /// <c>excluded</c>: no weight decay in loss, gradient and H; <c>included</c>: ½λ|θ|², λθ and λI are in them, and the volumes add no second λ.
    /// </summary>
    public string? Penalty { get; init; }

    /// <summary>The λ that is in H: 0 when excluded.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>|g| at the weights.</summary>
    public double? GradientNorm { get; init; }

    /// <summary>Seconds for it.</summary>
    public double? Seconds { get; init; }

    /// <summary>The sum of all eigenvalues.</summary>
    public double? Trace { get; init; }

    /// <summary>√Σ h².</summary>
    public double? FrobeniusNorm { get; init; }

    /// <summary>max|H − Hᵀ|/max|H| of the raw computation.</summary>
    public double? Asymmetry { get; init; }

    /// <summary>Of the elements of H as little-endian float64, row by row: documents of other jobs that took this Hessian say the same.</summary>
    public string? Sha256 { get; init; }
}
