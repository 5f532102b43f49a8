namespace BasinVolume.Curvature.Volumes;

/// <summary>
/// The log-volume of an ellipsoid {δ : ½ δᵀ(H + μI)δ ≤ τ} taken apart. In n dimensions, in natural logarithms,
///     log V = log V_n + (n/2) log(2τ) − ½ log det(H + μI)
///           = log V_n + (n/2) log(2τ/μ) − ½ Σ log(1 + h_i/μ)        for μ &gt; 0.
/// The second line shows what the constants τ and μ decide (its middle term) and what the curvature h does (its last).
/// </summary>
/// <param name="LogUnitBall">log V_n, exact.</param>
/// <param name="LogUnitBallStirling">log V_n by Stirling's approximation.</param>
/// <param name="LogThresholdTerm">(n/2) log(2τ).</param>
/// <param name="LogDenominator">½ log det(H + μI); subtracted.</param>
/// <param name="LogConstantsTerm">(n/2) log(2τ/μ); null when μ is not positive, as there is nothing to split off.</param>
/// <param name="LogCurvatureTerm">−½ Σ log(1 + h_i/μ); null when μ is not positive.</param>
public sealed record EllipsoidTerms(
    double LogUnitBall,
    double LogUnitBallStirling,
    double LogThresholdTerm,
    double LogDenominator,
    double? LogConstantsTerm,
    double? LogCurvatureTerm)
{
    /// <summary>log V with the exact unit ball.</summary>
    public double LogVolume => LogUnitBall + LogThresholdTerm - LogDenominator;

    /// <summary>log V with Stirling's unit ball.</summary>
    public double LogVolumeStirling => LogUnitBallStirling + LogThresholdTerm - LogDenominator;
}
