namespace BasinVolume.Curvature.Volumes;

/// <summary>
/// The constants of a basin's volume that do not come from the network: the volume is that of {δ : ½ δᵀ(H + (λ + c)I)δ ≤ T}, c = k/σ².
/// </summary>
/// <remarks>
/// λI is the curvature of the penalty ½λ|θ|² that the optimiser's weight decay adds to the loss; cI that of a Gaussian prior with deviation σ,
/// taken k times. With k = 0 there is no prior, with λ = 0 no penalty.
/// </remarks>
public sealed record VolumeParameters
{
    /// <summary>The notebook's constants: T = 2, λ = 1e-5, k = 1, σ = 0.5, so c = 4.</summary>
    public static VolumeParameters Notebook { get; } = new(threshold: 2, weightDecay: 1e-5, priorWeight: 1, priorDeviation: 0.5);

    /// <summary>Constants, checked.</summary>
    /// <param name="threshold">T, in units of the loss; finite.</param>
    /// <param name="weightDecay">λ ≥ 0, in units of the loss per squared parameter.</param>
    /// <param name="priorWeight">k ≥ 0, in units of the loss.</param>
    /// <param name="priorDeviation">σ &gt; 0, in units of a parameter.</param>
    /// <exception cref="VolumeParameterException">A constant is outside its range, or k/σ² is not finite.</exception>
    public VolumeParameters(double threshold, double weightDecay, double priorWeight, double priorDeviation)
    {
        Threshold = Checked("threshold T", threshold, double.IsFinite(threshold), "a finite number");
        WeightDecay = Checked("weight decay λ", weightDecay, double.IsFinite(weightDecay) && weightDecay >= 0, "a finite number of at least 0");
        PriorWeight = Checked("prior weight k", priorWeight, double.IsFinite(priorWeight) && priorWeight >= 0, "a finite number of at least 0");
        PriorDeviation = Checked("prior deviation σ", priorDeviation, double.IsFinite(priorDeviation) && priorDeviation > 0, "a finite number above 0");
        Checked("prior curvature k/σ²", PriorCurvature, double.IsFinite(Shift), "a finite number");
    }

    /// <summary>T: how high the loss may be, or may rise, inside the basin. In units of the loss.</summary>
    public double Threshold { get; }

    /// <summary>λ, the optimiser's weight decay: the curvature of the penalty ½λ|θ|².</summary>
    public double WeightDecay { get; }

    /// <summary>k, how often the prior's curvature is counted.</summary>
    public double PriorWeight { get; }

    /// <summary>σ, the standard deviation of the prior, or of the initialisation that stands for it.</summary>
    public double PriorDeviation { get; }

    /// <summary>c = k/σ².</summary>
    public double PriorCurvature => PriorWeight / PriorDeviation / PriorDeviation;

    /// <summary>λ + c, what is added to every eigenvalue of the Hessian.</summary>
    public double Shift => WeightDecay + PriorCurvature;

    /// <summary>The same constants with another k.</summary>
    /// <param name="priorWeight">k, at least 0, without a unit.</param>
    /// <exception cref="VolumeParameterException">k is negative or not finite, or k/σ² is not finite.</exception>
    public VolumeParameters WithPriorWeight(double priorWeight) => new(Threshold, WeightDecay, priorWeight, PriorDeviation);

    /// <summary>The same constants with another T.</summary>
    /// <exception cref="VolumeParameterException">T is not finite.</exception>
    public VolumeParameters WithThreshold(double threshold) => new(threshold, WeightDecay, PriorWeight, PriorDeviation);

    private static double Checked(string name, double value, bool valid, string expected) => VolumeParameterException.Checked(name, value, valid, expected);
}
