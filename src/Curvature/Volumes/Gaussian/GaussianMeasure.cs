using System.Collections.Immutable;
using System.Globalization;

namespace BasinVolume.Curvature.Volumes.Gaussian;

/// <summary>
/// The probability that a point drawn from the prior N(μ₀, σ²I) lies in the basin of the quadratic model,
///     P = Pr(gᵀδ + ½ δᵀHδ ≤ ΔT),   δ = θ − θ*.
/// It has no dimension and exists for every H and g: indefinite, singular, off the minimum. By <see cref="ContourIntegral"/>, to nearly all digits;
/// if H = 0, Q is normal: P = Φ((ΔT − gᵀm)/(σ|g|)).
/// Beside it stands the saddle-point formula of Lugannani and Rice, which for n equal curvatures errs by 6e-3 nats at n = 10 and 6e-5 at n = 1710, but by up to
/// half a nat where few directions matter.
/// </summary>
public sealed record GaussianMeasure : IVolumeDefinition, IPriorRise
{
    /// <summary>In nats. It is met by far; what does not meet it is no value.</summary>
    private const double QuadratureTolerance = 1e-10;

    /// <summary>In nats, or relative to the value where that is larger.</summary>
    private const double LargestRounding = 1e-3;

    private GaussianMeasure(QuadraticModel model, BasinThreshold threshold, GaussianPrior prior, GaussianQuadraticForm form)
    {
        Threshold = threshold;
        Prior = prior;
        Excess = threshold.Above(model.Loss);
        Mean = form.Mean;
        Deviation = form.Deviation(Tilt.At(0));
        Shape = model.Shape;
    }

    /// <summary>T or ΔT, as it was asked for.</summary>
    public BasinThreshold Threshold { get; }

    /// <summary>μ₀ and σ.</summary>
    public GaussianPrior Prior { get; }

    /// <summary>ΔT, in units of the loss.</summary>
    public double Excess { get; }

    /// <summary>How much the quadratic loss rises on average over the prior, in units of the loss.</summary>
    public double Mean { get; }

    /// <summary>The standard deviation of that rise over the prior.</summary>
    public double Deviation { get; }

    /// <summary>What kind of stationary point the quadratic has: whether its basin is one.</summary>
    public QuadraticShape Shape { get; }

    /// <summary>log P in nats; null if there is none.</summary>
    public double? LogProbability { get; private init; }

    /// <summary>log₂ P.</summary>
    public double? LogProbabilityBits => LogProbability / Math.Log(2);

    /// <summary>How far off <see cref="LogProbability"/> may be in nats, by the points of its integral and by rounding; null without a value.</summary>
    public double? Error { get; private init; }

    /// <summary>s, where the tilted prior has the threshold as its mean; null where no saddle point was needed.</summary>
    public double? SaddlePoint { get; private init; }

    /// <summary>
    /// log P by the saddle-point formula of Lugannani and Rice, a check on <see cref="LogProbability"/>; null where no saddle point was needed.
    /// </summary>
    public double? SaddlePointFormula { get; private init; }

    /// <summary>
    /// What the next term of its series would add to that formula, in nats; null without it, or where few directions matter so much that the term is larger
    /// than the value.
    /// </summary>
    public double? NextTerm { get; private init; }

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
    public double? StandardError => null;

    /// <inheritdoc/>
    public VolumeUnit Unit => VolumeUnit.Probability;

    /// <inheritdoc/>
    public string PriorNotation => Prior.Notation;

    /// <summary>
    /// Below the mean: at the saddle point <c>curvature</c> −½Σψ(2sc) and <c>displacement</c> −½Σs²b²/D², and <c>prefactor</c>, the rest.
    /// Above it the complement is what is small, and the one part is <c>probability</c>.
    /// </summary>
    public ImmutableArray<VolumeTerm> Split { get; private init; } = [];

    /// <inheritdoc/>
    public ImmutableArray<string> Assumptions =>
    [
        "the loss is quadratic wherever the prior reaches",
        Prior.Assumption,
        .. Shape is QuadraticShape.Saddle or QuadraticShape.Maximum
            ? [$"the weights need be no minimum: the quadratic has a {(Shape == QuadraticShape.Saddle ? "saddle" : "maximum")} here"]
            : Array.Empty<string>(),
        .. Error is { } error ? [string.Create(CultureInfo.InvariantCulture, $"for that exact to {error:g2} nats")] : Array.Empty<string>(),
    ];

    /// <inheritdoc/>
    public ImmutableArray<VolumeParticular> Particulars =>
    [
        VolumeParticular.Word("shape", Shape.ToString().ToLowerInvariant()),
        VolumeParticular.Number("log_probability_bits", LogProbabilityBits),
        VolumeParticular.Number("error", Error),
        VolumeParticular.Number("saddle_point", SaddlePointFormula),
        VolumeParticular.Number("next_term", NextTerm),
        VolumeParticular.Number("excess", Excess),
        VolumeParticular.Number("mean", Mean),
        VolumeParticular.Number("deviation", Deviation),
    ];

    /// <inheritdoc/>
    public string Verdict => FormattableString.Invariant($"the first to look at: comparable between networks; {LogProbabilityBits:f2} bits")
        + (SaddlePointFormula is { } formula ? FormattableString.Invariant($"; the saddle-point formula gives {formula:f6}") : string.Empty);

    /// <inheritdoc/>
    public uint Colour => 0x08306B;

    /// <summary>Name and value, or why there is none, for a person.</summary>
    public override string ToString() => VolumeText.Of(this, Error);

    /// <summary>The measure of a model's basin.</summary>
    /// <param name="model">Loss, gradient, Hessian and weights; the weights matter for a prior around 0 alone.</param>
    /// <param name="threshold">How high the loss may be.</param>
    /// <param name="prior">μ₀ and σ.</param>
    /// <example>
    /// <code>
    /// QuadraticModel model = QuadraticModel.AtMinimum(loss: 0, new Spectrum([1, -0.5, 0], Spectrum.DoubleRoundoff));
    /// Console.WriteLine(GaussianMeasure.Of(model, BasinThreshold.Excess(0.5), new GaussianPrior(PriorCentre.Weights, 1)));
    /// </code>
    /// </example>
    public static GaussianMeasure Of(QuadraticModel model, BasinThreshold threshold, GaussianPrior prior)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(threshold);
        ArgumentNullException.ThrowIfNull(prior);
        var form = GaussianQuadraticForm.Of(model, prior);
        var measure = new GaussianMeasure(model, threshold, prior, form);
        double y = measure.Excess;
        if (!double.IsFinite(y))
            return measure.Without(
                VolumeStatus.Empty,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The loss may rise by {y}, which is no number to compare with: give the loss at the weights, or an excess threshold."));
        if (!double.IsFinite(measure.Deviation) || !double.IsFinite(measure.Mean))
            return measure.Without(
                VolumeStatus.Failed,
                "The rise of the loss over the prior is beyond the range of a double: lower the prior's deviation σ, or scale the loss.");
        return (form.Supremum <= y, form.Infimum > y || (form.Infimum == y && form.Infimum < form.Supremum), form.IsLinear) switch
        {
            (true, _, _) => measure.Exactly(0, error: 0),
            (_, true, _) => measure with { Status = VolumeStatus.Empty, Reason = WhyEmpty(form.Infimum, y) },
            (_, _, true) => measure.ByNormalLaw(form),
            _ => measure.ByContour(form),
        };
    }

    private GaussianMeasure Exactly(double logProbability, double error)
        => this with { LogProbability = logProbability, Error = error, Split = [new("probability", logProbability)] };

    /// <summary>Q is normal. log Φ(x) changes by less than |x| + 1 times what x does.</summary>
    private GaussianMeasure ByNormalLaw(GaussianQuadraticForm form)
    {
        double x = (Excess - form.Constant) / form.SlopeNorm;
        double logProbability = NormalTail.LogCdf(x);
        double uncertain = (Math.Abs(Excess) + form.MagnitudeOfMean(Tilt.At(0))) / form.SlopeNorm;
        double slope = x <= 0 ? 1 - x : Math.Exp(NormalTail.LogDensity(x) - logProbability);
        return Exactly(logProbability, Spectrum.DoubleRoundoff * ((4 * Math.Abs(logProbability)) + (slope * uncertain)));
    }

    // The same without a value.
    private GaussianMeasure Without(VolumeStatus status, string reason) => this with { Status = status, Reason = reason };

    private GaussianMeasure ByContour(GaussianQuadraticForm form)
    {
        if (ContourIntegral.Of(form, Excess) is not { } integral || double.IsNaN(integral.LogTail))
            return Without(
                VolumeStatus.Failed,
                "The saddle point is beyond the range of a double: the threshold is too close to the least or greatest loss, "
                + "or too far from the rest; choose another.");
        if (!(integral.QuadratureError <= QuadratureTolerance))
            return Without(
                VolumeStatus.Failed,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The contour integral is known to {integral.QuadratureError:g2} nats only, "
                    + $"where {QuadratureTolerance:g2} is expected: choose another threshold."));
        if (!(integral.RoundingError <= LargestRounding * Math.Max(1, Math.Abs(integral.LogTail))))
            return Without(
                VolumeStatus.Failed,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Rounding leaves an error of {integral.RoundingError:g2} nats, because the threshold is too close to the least or greatest loss, "
                    + $"or the prior's centre lies too high for its spread; choose another threshold."));
        double logProbability = integral.LogProbability;
        GaussianMeasure measure = Exactly(logProbability, integral.Error);
        if (Gaussian.SaddlePoint.Of(form, Excess) is not { } point)
            return measure;
        return measure with
        {
            SaddlePoint = point.S,
            SaddlePointFormula = double.IsNaN(point.LogProbability) ? null : point.LogProbability,
            NextTerm = double.IsNaN(point.NextTerm) ? null : point.NextTerm,
            Split = point.S > 0
                ? measure.Split
                :
                [
                    new("curvature", -point.CurvatureExponent),
                    new("displacement", -point.DisplacementExponent),
                    new("prefactor", logProbability + point.CurvatureExponent + point.DisplacementExponent),
                ],
        };
    }

    private static string WhyEmpty(double least, double rise) => string.Create(
        CultureInfo.InvariantCulture,
        $"The basin is empty: the loss may rise by {rise:g6}, and nowhere is it less than {least:g6} above that of the weights; raise the threshold, "
        + $"or train further.");
}
