using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Curvature.Estimates;

namespace BasinVolume.Curvature.Volumes.Estimated;

/// <summary>
/// <see cref="QuadraticVolume"/> of a Hessian that is known by its products: with A = H + (λ + μ)I positive definite,
/// <code>
/// ΔT_eff = ΔT + ½ gᵀA⁻¹g,   log V = log V_n + (n/2) log(2ΔT_eff) − ½ log det A,
/// </code>
/// where gᵀA⁻¹g lies between the Gauss and Radau rules of the gradient's own measure, with certainty, and log det A in an interval of random probes.
/// </summary>
public sealed record EstimatedQuadraticVolume : IVolumeDefinition
{
    private EstimatedQuadraticVolume(EstimatedModel model, BasinThreshold threshold, Interval correction, EstimatedEllipsoid ellipsoid)
    {
        (Threshold, Loss, GradientNorm) = (threshold, model.Loss, model.Gradient.Length);
        (Excess, Correction, Ellipsoid) = (threshold.Above(model.Loss), correction, ellipsoid);
    }

    /// <summary>T or ΔT, as it was asked for.</summary>
    public BasinThreshold Threshold { get; }

    /// <summary>L(θ*), with the penalty if the model has it.</summary>
    public double Loss { get; }

    /// <summary>ΔT, how far the loss may rise above L(θ*).</summary>
    public double Excess { get; }

    /// <summary>|g| of the model.</summary>
    public double GradientNorm { get; }

    /// <summary>√(gᵀA⁻¹g); null where it is not known that A is positive definite.</summary>
    public Interval? NewtonDecrement { get; private init; }

    /// <summary>½ gᵀA⁻¹g if the ellipsoid was moved to the minimum of the model, else 0. In units of the loss.</summary>
    public Interval Correction { get; }

    /// <summary>The ellipsoid with τ = ΔT_eff.</summary>
    public EstimatedEllipsoid Ellipsoid { get; }

    /// <summary>log V in nats with the exact unit ball; null if there is no volume.</summary>
    public SampledNumber? LogVolume => Ellipsoid.LogVolume(UnitBall.LogVolume(Ellipsoid.Dimension));

    /// <inheritdoc/>
    public string Name => "quadratic";

    /// <inheritdoc/>
    public VolumeStatus Status => Ellipsoid.Status;

    /// <inheritdoc/>
    public string? Reason => Ellipsoid.Reason;

    /// <inheritdoc/>
    public double? LogValue => LogVolume?.Value;

    /// <inheritdoc/>
    public double? StandardError => LogVolume?.StandardError;

    /// <inheritdoc/>
    public LogInterval? Interval => EstimatedValues.IntervalOf(LogVolume);

    /// <inheritdoc/>
    public VolumeUnit Unit => VolumeUnit.ParameterUnits;

    /// <inheritdoc/>
    public ImmutableArray<VolumeTerm> Split => Ellipsoid.LogDeterminant is not { } determinant
        ? []
        :
        [
            new("unit_ball", UnitBall.LogVolume(Ellipsoid.Dimension)),
            new("threshold", Ellipsoid.ThresholdTerm.Middle),
            new("curvature", -determinant.Value / 2),
        ];

    /// <inheritdoc/>
    public ImmutableArray<string> Assumptions =>
    [
        "the loss is quadratic throughout the basin",
        Correction is { Low: 0, High: 0 } && GradientNorm > 0
            ? string.Create(CultureInfo.InvariantCulture, $"the gradient is taken as zero although its norm is {GradientNorm:g4}")
            : "the basin is centred at the minimum of the quadratic model",
        "volume in parameter units: not comparable between networks or scalings",
        .. EstimatedValues.Assumptions(LogVolume),
    ];

    /// <inheritdoc/>
    public bool IsSampled => true;

    /// <inheritdoc/>
    public ImmutableArray<VolumeParticular> Particulars =>
    [
        VolumeParticular.Number("excess", Excess),
        VolumeParticular.Number("gradient_norm", GradientNorm),
        VolumeParticular.Number("newton_decrement", NewtonDecrement?.Middle),
        VolumeParticular.Number("correction", Correction.Middle),
        .. EstimatedValues.Particulars(LogVolume),
    ];

    /// <inheritdoc/>
    public string Verdict => NewtonDecrement is { } decrement
        ? FormattableString.Invariant($"Newton decrement {decrement}: half its square is what the loss would still fall")
        : string.Empty;

    /// <inheritdoc/>
    public uint Colour => 0xD95F0E;

    /// <summary>Name and value, or why there is none, for a person.</summary>
    public override string ToString() => VolumeText.Of(this);

    /// <summary>The volume around the weights, as if they were the minimum: the gradient is reported, not used.</summary>
    /// <param name="model">Loss, gradient and Hessian at the weights.</param>
    /// <param name="threshold">How high the loss may be.</param>
    /// <param name="shift">μ, curvature that is added around the weights; 0 for the model alone.</param>
    /// <param name="cancellation">Checked now and then.</param>
    public static EstimatedQuadraticVolume AroundWeights(
        EstimatedModel model, BasinThreshold threshold, double shift, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(threshold);
        double excess = threshold.Above(model.Loss), total = model.WeightDecay + shift;
        var ellipsoid = EstimatedEllipsoid.Of(model, total, new(excess, excess), cancellation);
        Interval? square = IsPositiveDefinite(model, total) ? model.Gradient.InverseForm(total, model.Curvature, cancellation) : null;
        return new(model, threshold, new(0, 0), ellipsoid)
        {
            NewtonDecrement = square is { } bracket ? new(Math.Sqrt(bracket.Low), Math.Sqrt(bracket.High)) : null,
        };
    }

    /// <summary>The volume around the minimum of the quadratic model. It may exist although the loss at the weights is above the threshold.</summary>
    /// <inheritdoc cref="AroundWeights" path="/param"/>
    public static EstimatedQuadraticVolume AroundMinimum(
        EstimatedModel model, BasinThreshold threshold, double shift, CancellationToken cancellation = default)
    {
        EstimatedQuadraticVolume uncorrected = AroundWeights(model, threshold, shift, cancellation);
        if (uncorrected.NewtonDecrement is not { } decrement)
            return uncorrected;
        var correction = new Interval(decrement.Low * decrement.Low / 2, decrement.High * decrement.High / 2);
        var ellipsoid = EstimatedEllipsoid.Of(model, model.WeightDecay + shift, correction + uncorrected.Excess, cancellation);
        return new(model, threshold, correction, ellipsoid) { NewtonDecrement = decrement };
    }

    // As far as probes tell: what they say of the lower end holds with a probability of all but 1e-6.
    private static bool IsPositiveDefinite(EstimatedModel model, double shift)
        => Math.Min(model.Curvature.Lower.Value, model.Smallest) - model.Curvature.Rounding > -shift && !(model.Curvature.Zeros > 0 && shift <= 0);
}
