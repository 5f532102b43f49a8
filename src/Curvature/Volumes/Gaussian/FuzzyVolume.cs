using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Kernels.Linear;

namespace BasinVolume.Curvature.Volumes.Gaussian;

/// <summary>
/// The fuzzy volume: instead of a rim, points count the less the higher their loss is, at temperature s,
///     Z(s) = E exp(−Q/s) over θ ~ N(μ₀, σ²I),   Q = gᵀδ + ½ δᵀHδ,   δ = θ − θ*.
/// It is the moment generating function of <see cref="GaussianQuadraticForm"/> at −1/s. It is a probability where Q ≥ 0:
/// a point lower than the weights would count more than once. So there is none for an indefinite H, whose negative eigenvalues within the tolerance for zero
/// count as 0, nor where Z &gt; 1, as it can be down a steep gradient. For g = 0 and μ₀ = 0
///     Z(s) = det(I + σ²H/s)^(−½) · exp(−½ θ*ᵀ H (sI + σ²H)⁻¹ θ*).
/// The notebook's k is this s: its prior curvature c = k/σ² beside H weighs as I beside σ²H/s. The Lebesgue volume ∫ exp(−½ δᵀHδ/s) dδ = (2πs)^(n/2) det H^(−½)
/// equals that of the hard threshold T, V_n (2T)^(n/2) det H^(−½), when
///     s = T V_n^(2/n)/π ≈ 2eT/n.
/// </summary>
public sealed record FuzzyVolume : IVolumeDefinition
{
    private FuzzyVolume(QuadraticModel model, GaussianPrior prior, double temperature)
    {
        Prior = prior;
        Temperature = temperature;
        EquivalentThreshold = ThresholdOf(temperature, model.Dimension + prior.Held);
        Inertia = model.Hessian.Inertia;
    }

    /// <summary>μ₀ and σ.</summary>
    public GaussianPrior Prior { get; }

    /// <summary>s, in units of the loss.</summary>
    public double Temperature { get; }

    /// <summary>T, the rise whose hard rim encloses the same Lebesgue volume in the quadratic model.</summary>
    public double EquivalentThreshold { get; }

    /// <summary>The signs of H's eigenvalues.</summary>
    public Inertia Inertia { get; }

    /// <summary>Σ σ²h/(s + σ²h): how many directions the loss decides rather than the prior. Null if there is no volume.</summary>
    public double? EffectiveDimension { get; private init; }

    /// <summary>log Z(s) in nats, at most 0; null if it is no probability.</summary>
    public double? LogVolume { get; private init; }

    /// <inheritdoc/>
    public string Name => "fuzzy";

    /// <inheritdoc/>
    public VolumeStatus Status => LogVolume is null ? VolumeStatus.Failed : VolumeStatus.Defined;

    /// <inheritdoc/>
    public string? Reason { get; private init; }

    /// <inheritdoc/>
    public double? LogValue => LogVolume;

    /// <inheritdoc/>
    public double? StandardError => null;

    /// <inheritdoc/>
    public VolumeUnit Unit => VolumeUnit.Probability;

    /// <inheritdoc/>
    public string PriorNotation => Prior.Notation;

    /// <summary><c>curvature</c> −½ log det(I + σ²H/s) and <c>displacement</c>, the exponent.</summary>
    public ImmutableArray<VolumeTerm> Split { get; private init; } = [];

    /// <inheritdoc/>
    public ImmutableArray<string> Assumptions =>
    [
        "the loss is quadratic wherever the prior reaches",
        Prior.Assumption,
        string.Create(CultureInfo.InvariantCulture, $"a point at rise Q counts exp(−Q/{Temperature}), as much as a rim at {EquivalentThreshold:g6}"),
    ];

    /// <inheritdoc/>
    public ImmutableArray<VolumeParticular> Particulars =>
    [
        VolumeParticular.Number("temperature", Temperature),
        VolumeParticular.Number("equivalent_threshold", EquivalentThreshold),
        VolumeParticular.Number("effective_dimension", EffectiveDimension),
    ];

    /// <inheritdoc/>
    public string Verdict => (EffectiveDimension is { } dimension ? FormattableString.Invariant($"effective dimension {dimension:g6}; ") : string.Empty)
        + FormattableString.Invariant($"s = {Temperature} is worth a hard threshold of {EquivalentThreshold:g6}");

    /// <inheritdoc/>
    public uint Colour => 0x6A51A3;

    /// <summary>Name and value, or why there is none, for a person.</summary>
    public override string ToString() => VolumeText.Of(this);

    /// <summary>The fuzzy volume of a model.</summary>
    /// <param name="model">Gradient, Hessian and weights; the weights matter for a prior around 0 alone.</param>
    /// <param name="prior">μ₀ and σ.</param>
    /// <param name="temperature">s &gt; 0, in units of the loss.</param>
    /// <exception cref="VolumeParameterException">s is not a finite number above 0.</exception>
    public static FuzzyVolume Of(QuadraticModel model, GaussianPrior prior, double temperature)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(prior);
        VolumeParameterException.CheckedPositive("temperature s", temperature);
        var volume = new FuzzyVolume(model, prior, temperature);
        if (model.Hessian.Inertia.Negative > 0)
            return volume with { Reason = WhyIndefinite(model.Hessian) };
        QuadraticModel semidefinite = model.WithoutNegativeZeros();
        var form = GaussianQuadraticForm.Of(semidefinite, prior);
        Tilt tilt = Tilt.At(-1 / temperature);
        double curvature = form.LogMomentOfCurvature(tilt);
        double displacement = form.LogMomentOfDisplacement(tilt);
        double logVolume = curvature + displacement;
        if (!double.IsFinite(logVolume))
        {
            const string Beyond = "The fuzzy volume is beyond the range of a double: lower the prior's deviation σ, raise the temperature, or scale the loss.";
            return volume with { Reason = Beyond };
        }

        if (logVolume > 0)
            return volume with { Reason = WhyDownhill(logVolume, model.GradientNorm) };
        double square = prior.Deviation * prior.Deviation;
        return volume with
        {
            LogVolume = logVolume,
            EffectiveDimension = CompensatedSum.Of(semidefinite.Hessian.Eigenvalues.AsSpan(), h => h == 0 ? 0 : 1 / (1 + (temperature / square / h))),
            Split = [new("curvature", curvature), new("displacement", displacement)],
        };
    }

    /// <summary>The s whose fuzzy Lebesgue volume is that of a hard threshold T in n dimensions: T V_n^(2/n)/π.</summary>
    /// <param name="threshold">T, in units of the loss.</param>
    /// <param name="dimension">n, at least 1.</param>
    public static double TemperatureOf(double threshold, int dimension) => threshold * BallFactor(dimension);

    /// <summary>The hard threshold T whose Lebesgue volume is the fuzzy one of s in n dimensions: π s V_n^(−2/n).</summary>
    /// <param name="temperature">s, in units of the loss.</param>
    /// <param name="dimension">n, at least 1.</param>
    public static double ThresholdOf(double temperature, int dimension) => temperature / BallFactor(dimension);

    private static double BallFactor(int dimension) => Math.Exp(2.0 / dimension * UnitBall.LogVolume(dimension)) / Math.PI;

    private static string WhyIndefinite(Spectrum hessian) => string.Create(
        CultureInfo.InvariantCulture,
        $"The fuzzy volume is no probability at a {(hessian.Inertia.Positive > 0 ? "saddle" : "maximum")}: "
        + $"of {hessian.Order} eigenvalues {hessian.Inertia.Negative} lie below zero by more than the tolerance, "
        + $"{hessian.ZeroTolerance:g3}, the least at {hessian.Minimum:g6}, so that points below the weights would count more than once; "
        + $"use the Gaussian measure, or move the weights to a minimum.");

    private static string WhyDownhill(double logVolume, double gradientNorm) => string.Create(
        CultureInfo.InvariantCulture,
        $"The fuzzy volume is no probability here: its logarithm would be {logVolume:g6}, as the loss falls along the gradient, "
        + $"whose norm is {gradientNorm:g4}, and points below the weights count more than once; "
        + $"use the Gaussian measure, or move the weights to a minimum.");
}
