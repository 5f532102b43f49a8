using System.Collections.Immutable;
using BasinVolume.Curvature.Volumes.Gaussian;
using MathNet.Numerics;

namespace BasinVolume.Curvature.Volumes.Estimated;

/// <summary>
/// <see cref="GaussianMeasure"/> of a Hessian that is known by its products: P = Pr(gᵀδ + ½ δᵀHδ ≤ ΔT) under N(μ₀, σ²I), from the cumulant generating function
/// that the probes and the gradient's measure give (<see cref="EstimatedForm"/>), with the interval of <see cref="TailEstimate"/>.
/// </summary>
public sealed record EstimatedGaussianMeasure : IVolumeDefinition, IPriorRise
{
    private EstimatedGaussianMeasure(EstimatedModel model, BasinThreshold threshold, GaussianPrior prior)
    {
        (Threshold, Prior, Excess) = (threshold, prior, threshold.Above(model.Loss));
        (IsSaddle, Probes) = (model.Smallest + model.WeightDecay < -model.Curvature.Rounding, model.Curvature.Probes.Length);
    }

    /// <summary>T or ΔT, as it was asked for.</summary>
    public BasinThreshold Threshold { get; }

    /// <summary>μ₀ and σ.</summary>
    public GaussianPrior Prior { get; }

    /// <summary>ΔT, in units of the loss.</summary>
    public double Excess { get; }

    /// <summary>Whether a negative eigenvalue was met.</summary>
    public bool IsSaddle { get; }

    /// <summary>How many probes there are.</summary>
    public int Probes { get; }

    /// <summary>How much the quadratic loss rises on average over the prior, as the probes' mean has it; null where that is not known.</summary>
    public double? Mean { get; private init; }

    /// <summary>The standard deviation of that rise over the prior, likewise.</summary>
    public double? Deviation { get; private init; }

    /// <summary>log P in nats; null if there is none.</summary>
    public double? LogProbability { get; private init; }

    /// <summary>log₂ P.</summary>
    public double? LogProbabilityBits => LogProbability / Math.Log(2);

    /// <summary>s, where the tilted prior has the threshold as its mean, which shapes rays; null where no saddle point was needed.</summary>
    public double? SaddlePoint { get; private init; }

    /// <inheritdoc/>
    public double? MeanRise => Mean;

    /// <inheritdoc/>
    public string Name => "measure";

    /// <inheritdoc/>
    public VolumeStatus Status { get; private init; }

    /// <inheritdoc/>
    public string? Reason { get; private init; }

    /// <inheritdoc/>
    public double? LogValue => LogProbability;

    /// <inheritdoc/>
    public double? StandardError { get; private init; }

    /// <inheritdoc/>
    public LogInterval? Interval { get; private init; }

    /// <inheritdoc/>
    public VolumeUnit Unit => VolumeUnit.Probability;

    /// <inheritdoc/>
    public string PriorNotation => Prior.Notation;

    /// <inheritdoc/>
    public ImmutableArray<VolumeTerm> Split => LogProbability is { } value ? [new("probability", value)] : [];

    /// <inheritdoc/>
    public ImmutableArray<string> Assumptions =>
    [
        "the loss is quadratic wherever the prior reaches",
        Prior.Assumption,
        .. IsSaddle ? ["the weights need be no minimum: the quadratic has a saddle here"] : Array.Empty<string>(),
        .. LogProbability is null || Probes == 0
            ? Array.Empty<string>()
            : [FormattableString.Invariant($"the Hessian is known by its products with {Probes} random directions")],
    ];

    /// <inheritdoc/>
    public bool IsSampled => true;

    /// <inheritdoc/>
    public ImmutableArray<VolumeParticular> Particulars =>
    [
        VolumeParticular.Number("log_probability_bits", LogProbabilityBits),
        VolumeParticular.Number("excess", Excess),
        VolumeParticular.Number("mean", Mean),
        VolumeParticular.Number("deviation", Deviation),
        VolumeParticular.Number("probes", Probes),
    ];

    /// <inheritdoc/>
    public string Verdict => FormattableString.Invariant($"the first to look at: comparable between networks; {LogProbabilityBits:f2} bits");

    /// <inheritdoc/>
    public uint Colour => 0x08306B;

    /// <summary>Name and value, or why there is none, for a person.</summary>
    public override string ToString() => VolumeText.Of(this);

    /// <summary>The measure of a model's basin.</summary>
    /// <param name="model">Loss, gradient and Hessian; for a prior around 0 with its <see cref="EstimatedModel.Origin"/>.</param>
    /// <param name="threshold">How high the loss may be.</param>
    /// <param name="prior">μ₀ and σ.</param>
    /// <param name="cancellation">Checked now and then.</param>
    public static EstimatedGaussianMeasure Of(
        EstimatedModel model, BasinThreshold threshold, GaussianPrior prior, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(threshold);
        ArgumentNullException.ThrowIfNull(prior);
        var measure = new EstimatedGaussianMeasure(model, threshold, prior);
        if (!double.IsFinite(measure.Excess))
            return measure.Without(VolumeStatus.Empty, FormattableString.Invariant($"The loss may rise by {measure.Excess}, which is no number to ")
                + "compare with: give the loss at the weights, or an excess threshold.");
        if (model.OffsetOf(prior) is not { } offset)
            return measure.Without(VolumeStatus.Failed, EstimatedModel.WithoutOrigin);
        var form = new EstimatedForm(model, prior, offset);
        measure = measure with { Mean = form.Mean.Mean, Deviation = form.Mean.Deviation(Tilt.At(0)) };
        if (!double.IsFinite(measure.Mean.Value) || !double.IsFinite(measure.Deviation.Value))
            return measure.Without(
                VolumeStatus.Failed,
                "The rise of the loss over the prior is beyond the range of a double: lower the prior's deviation σ, or scale the loss.");
        if (form.Mean.IsLinear)
            return measure.Linear(form.Mean);
        double least = form.Least(cancellation);
        if (least > measure.Excess)
            return measure.Without(VolumeStatus.Empty, WhyEmpty(least, measure.Excess));
        return form.Mean.Infimum >= measure.Excess || form.Mean.Supremum <= measure.Excess
            ? measure.Without(VolumeStatus.Failed, WhyUncertain(form.Mean, measure.Excess))
            : measure.ByContour(form, cancellation);
    }

    // No curvature was met: Q is normal, or does not vary.
    private EstimatedGaussianMeasure Linear(GaussianQuadraticForm form)
    {
        if (form.SlopeNorm > 0)
            return Exactly(NormalTail.LogCdf((Excess - form.Constant) / form.SlopeNorm));
        return form.Constant <= Excess
            ? Exactly(0)
            : Without(VolumeStatus.Empty, FormattableString.Invariant($"The basin is empty: the loss may rise by {Excess:g6}, and is everywhere ")
                + FormattableString.Invariant($"{form.Constant:g6} above that of the weights; raise the threshold."));
    }

    private EstimatedGaussianMeasure Exactly(double logProbability)
        => this with { LogProbability = logProbability, Interval = new(logProbability, logProbability), StandardError = 0 };

    private EstimatedGaussianMeasure ByContour(EstimatedForm form, CancellationToken cancellation)
    {
        var tail = TailEstimate.Of(form, Probes, Excess, cancellation);
        if (tail.Reason is { } reason)
            return Without(VolumeStatus.Failed, reason);
        EstimatedGaussianMeasure found = this with { SaddlePoint = Gaussian.SaddlePoint.Of(form.Mean, Excess)?.S };
        if (tail.Side < 0)
            return found with
            {
                LogProbability = tail.Value,
                StandardError = tail.StandardError,
                Interval = new(tail.Interval.Low, Math.Min(0, tail.Interval.High)),
            };
        // log P = log(1 − tail), whose derivative in log tail is −tail/(1 − tail).
        return found with
        {
            LogProbability = Rest(tail.Value),
            StandardError = tail.StandardError / (Math.Exp(-tail.Value) - 1),
            Interval = new(tail.Interval.High < 0 ? Rest(tail.Interval.High) : null, Rest(tail.Interval.Low)),
        };

        static double Rest(double logTail) => SpecialFunctions.Log1p(-Math.Exp(logTail));
    }

    private EstimatedGaussianMeasure Without(VolumeStatus status, string reason) => this with { Status = status, Reason = reason };

    private static string WhyEmpty(double least, double rise) => FormattableString.Invariant(
        $"The basin is empty: the loss may rise by {rise:g6}, and nowhere is it less than {least:g6} above that of the weights; raise the threshold, ")
        + "or train further.";

    private static string WhyUncertain(GaussianQuadraticForm form, double excess) => FormattableString.Invariant(
        $"It is not known whether the loss ever rises by {excess:g6}: as far as the products tell it lies from {form.Infimum:g6} to {form.Supremum:g6} ")
        + "above that of the weights; take more steps, or another threshold.";
}
