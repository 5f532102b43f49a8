namespace BasinVolume.Curvature.Volumes;

/// <summary>How a threshold counts.</summary>
public enum ThresholdKind
{
    /// <summary>The basin is {L ≤ T}: what counts is T − L(θ*).</summary>
    Absolute,

    /// <summary>The basin is {L ≤ L(θ*) + ΔT}.</summary>
    Excess,
}

/// <summary>How high the loss may be inside a basin, in units of the loss.</summary>
public sealed record BasinThreshold
{
    private BasinThreshold(ThresholdKind kind, double value)
    {
        Kind = kind;
        Value = VolumeParameterException.Checked("threshold T", value, double.IsFinite(value), "a finite number");
    }

    /// <summary>Whether <see cref="Value"/> is a height or a rise.</summary>
    public ThresholdKind Kind { get; }

    /// <summary>T or ΔT.</summary>
    public double Value { get; }

    /// <summary>The loss may be at most T.</summary>
    /// <param name="height">T, in units of the loss, of either sign.</param>
    /// <exception cref="VolumeParameterException">T is not finite.</exception>
    public static BasinThreshold Absolute(double height) => new(ThresholdKind.Absolute, height);

    /// <summary>The loss may rise by at most ΔT above that of the weights.</summary>
    /// <param name="rise">ΔT, in units of the loss; a basin needs it above 0.</param>
    /// <exception cref="VolumeParameterException">ΔT is not finite.</exception>
    public static BasinThreshold Excess(double rise) => new(ThresholdKind.Excess, rise);

    /// <summary>
    /// ΔT, how far the loss may rise above the loss at the weights: the basin does not hold the weights when it is negative.
    /// A NaN for an absolute threshold and a loss that is one.
    /// </summary>
    /// <param name="loss">L(θ*), with the penalty if the threshold is meant to bound the two together.</param>
    public double Above(double loss) => Kind == ThresholdKind.Absolute ? Value - loss : Value;

    /// <summary>The same basin by the height of its rim: an excess is added to the loss.</summary>
    /// <param name="loss">L(θ*), finite.</param>
    /// <exception cref="VolumeParameterException">The height is not finite.</exception>
    public BasinThreshold AsAbsolute(double loss) => Kind == ThresholdKind.Absolute ? this : Absolute(loss + Value);
}
