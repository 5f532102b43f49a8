using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Volumes.Gaussian;
using MathNet.Numerics;

namespace BasinVolume.Curvature.Volumes.Estimated;

/// <summary>
/// <see cref="FuzzyVolume"/> of a Hessian A = H + λI that is known by its products. Around the prior's centre δ = m the rise is Q = Q(m) + uᵀy + ½ yᵀA y with
/// u = g + A m, and y ~ N(0, σ²I); with α = s/σ²
/// <code>
/// log Z(s) = −½ log det(I + A/α) + (½ uᵀ(A + αI)⁻¹u − Q(m))/s.
/// </code>
/// The first term lies in the interval of the probes, the second between two rules of u's own measure. There is none where A may have a negative eigenvalue.
/// </summary>
public sealed record EstimatedFuzzyVolume : IVolumeDefinition
{
    private EstimatedFuzzyVolume(EstimatedModel model, GaussianPrior prior, double temperature)
    {
        (Prior, Temperature) = (prior, temperature);
        EquivalentThreshold = FuzzyVolume.ThresholdOf(temperature, model.Dimension + prior.Held);
    }

    /// <summary>μ₀ and σ.</summary>
    public GaussianPrior Prior { get; }

    /// <summary>s, in units of the loss.</summary>
    public double Temperature { get; }

    /// <summary>T, the rise whose hard rim encloses the same Lebesgue volume in the quadratic model.</summary>
    public double EquivalentThreshold { get; }

    /// <summary>Σ σ²h/(s + σ²h), h of A; null if there is no volume.</summary>
    public SampledNumber? EffectiveDimension { get; private init; }

    /// <summary>log Z(s) in nats; null if it is no probability, or if that is not known.</summary>
    public SampledNumber? LogVolume { get; private init; }

    /// <inheritdoc/>
    public string Name => "fuzzy";

    /// <inheritdoc/>
    public VolumeStatus Status => LogVolume is null ? VolumeStatus.Failed : VolumeStatus.Defined;

    /// <inheritdoc/>
    public string? Reason { get; private init; }

    /// <inheritdoc/>
    public double? LogValue => LogVolume?.Value;

    /// <inheritdoc/>
    public double? StandardError => LogVolume?.StandardError;

    /// <inheritdoc/>
    public LogInterval? Interval => EstimatedValues.IntervalOf(LogVolume);

    /// <inheritdoc/>
    public VolumeUnit Unit => VolumeUnit.Probability;

    /// <inheritdoc/>
    public string PriorNotation => Prior.Notation;

    /// <summary><c>curvature</c> −½ log det(I + A/α) and <c>displacement</c>, the rest.</summary>
    public ImmutableArray<VolumeTerm> Split { get; private init; } = [];

    /// <inheritdoc/>
    public ImmutableArray<string> Assumptions =>
    [
        "the loss is quadratic wherever the prior reaches",
        Prior.Assumption,
        string.Create(CultureInfo.InvariantCulture, $"a point at rise Q counts exp(−Q/{Temperature}), as much as a rim at {EquivalentThreshold:g6}"),
        .. EstimatedValues.Assumptions(LogVolume),
    ];

    /// <inheritdoc/>
    public bool IsSampled => true;

    /// <inheritdoc/>
    public ImmutableArray<VolumeParticular> Particulars =>
    [
        VolumeParticular.Number("temperature", Temperature),
        VolumeParticular.Number("equivalent_threshold", EquivalentThreshold),
        VolumeParticular.Number("effective_dimension", EffectiveDimension?.Value),
        .. EstimatedValues.Particulars(LogVolume),
    ];

    /// <inheritdoc/>
    public string Verdict => (EffectiveDimension is { } dimension ? $"effective dimension {dimension.Interval}; " : string.Empty)
        + FormattableString.Invariant($"s = {Temperature} is worth a hard threshold of {EquivalentThreshold:g6}");

    /// <inheritdoc/>
    public uint Colour => 0x6A51A3;

    /// <summary>Name and value, or why there is none, for a person.</summary>
    public override string ToString() => VolumeText.Of(this);

    /// <summary>The fuzzy volume of a model.</summary>
    /// <param name="model">Gradient and Hessian; for a prior around 0 with its <see cref="EstimatedModel.Origin"/>.</param>
    /// <param name="prior">μ₀ and σ.</param>
    /// <param name="temperature">s &gt; 0, in units of the loss.</param>
    /// <param name="cancellation">Checked now and then.</param>
    /// <exception cref="VolumeParameterException">s is not a finite number above 0.</exception>
    public static EstimatedFuzzyVolume Of(
        EstimatedModel model, GaussianPrior prior, double temperature, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(prior);
        VolumeParameterException.CheckedPositive("temperature s", temperature);
        var volume = new EstimatedFuzzyVolume(model, prior, temperature);
        if ((model.OffsetOf(prior) is null ? EstimatedModel.WithoutOrigin : WhyIndefinite(model)) is { } reason)
            return volume with { Reason = reason };
        (double rise, VectorMeasure gradient) = model.OffsetOf(prior)!;
        double alpha = temperature / prior.Deviation / prior.Deviation, shift = model.WeightDecay + alpha;
        int n = model.Dimension;
        if (!(double.IsFinite(shift) && alpha > 0))
            return volume with { Reason = Beyond };
        var determinant = LogDeterminantEstimate.Of(model.Curvature, shift, model.Trace, cancellation);
        if (determinant.Value is not { } value)
            return volume with { Reason = determinant.Reason };
        // What the definition of a dense matrix counts as 0 may be below it here, by so much of α.
        double below = Math.Max(0, -(model.Curvature.Lower.Value + model.WeightDecay)) / alpha;
        SampledNumber curvature = value.Plus(new(-n * Math.Log(alpha), (-n * Math.Log(alpha)) - (n * SpecialFunctions.Log1p(-below)))).Times(-0.5);
        Interval form = gradient.InverseForm(shift, model.Curvature, cancellation);
        Interval displacement = 1 / temperature * (new Interval((1 - below) * form.Low / 2, form.High / 2) + -rise);
        SampledNumber volumeValue = curvature.Plus(displacement);
        if (!double.IsFinite(volumeValue.Interval.Width))
            return volume with { Reason = Beyond };
        if (volumeValue.Value > 0)
            return volume with { Reason = WhyDownhill(volumeValue, model.Gradient.Length) };
        SampledNumber? decided = EffectiveDimensionEstimate.Of(model.Curvature, shift, model.Trace, cancellation).Value;
        double share = alpha / shift, rest = n * (model.WeightDecay / shift);
        return volume with
        {
            LogVolume = volumeValue,
            EffectiveDimension = decided?.Times(share).Plus(new(rest, rest)),
            Split = [new("curvature", curvature.Value), new("displacement", displacement.Middle)],
        };
    }

    private const string Beyond
        = "The fuzzy volume is beyond the range of a double: lower the prior's deviation σ, raise the temperature, or scale the loss.";

    private static string? WhyIndefinite(EstimatedModel model)
    {
        double tolerance = (model.Dimension * Spectrum.DoubleRoundoff * model.Curvature.Scale) + model.Curvature.Rounding;
        double least = model.Smallest + model.WeightDecay, lower = model.Curvature.Lower.Value + model.WeightDecay;
        if (least < -tolerance)
            return FormattableString.Invariant($"The fuzzy volume is no probability here: an eigenvalue of the Hessian is at most {least:g6}, so that points ")
                + "below the weights would count more than once; use the Gaussian measure, or move the weights to a minimum.";
        return lower < -tolerance
            ? FormattableString.Invariant($"It is not known whether the fuzzy volume is a probability: an eigenvalue of the Hessian as low as {lower:g6} may ")
                + "have been missed; take more steps or probes, give a lower bound of the spectrum if one is known, or use the Gaussian measure."
            : null;
    }

    private static string WhyDownhill(SampledNumber logVolume, double gradientNorm) => string.Create(
        CultureInfo.InvariantCulture,
        $"The fuzzy volume is no probability here: its logarithm would be {logVolume.Value:g6}, in {logVolume.Interval}, as the loss falls along the gradient, "
        + $"whose norm is {gradientNorm:g4}, and points below the weights count more than once; use the Gaussian measure, or move the weights to a minimum.");
}
