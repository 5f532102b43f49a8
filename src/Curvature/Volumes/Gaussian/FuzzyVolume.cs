using System.Collections.Immutable;
using System.Globalization;

namespace BasinVolume.Curvature.Volumes.Gaussian;

/// <summary>
/// The fuzzy volume: instead of a rim, points count the less the higher their loss is, at temperature s,
///     Z(s) = E exp(−Q/s) over θ ~ N(μ₀, σ²I),   Q = gᵀδ + ½ δᵀHδ,   δ = θ − θ*.
/// It is the moment generating function of <see cref="GaussianQuadraticForm"/> at −1/s, and exists when s + σ²h &gt; 0 for every eigenvalue h. For g = 0 and μ₀ = 0
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
        EquivalentThreshold = ThresholdOf(temperature, model.Dimension);
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

    /// <summary>log Z(s) in nats; null if it does not exist. Above 0 if the loss is lower than that of the weights over much of the prior.</summary>
    public double? LogVolume { get; private init; }

    /// <inheritdoc/>
    public string Name => "fuzzy";

    /// <inheritdoc/>
    public VolumeStatus Status => LogVolume is null ? VolumeStatus.Unbounded : VolumeStatus.Defined;

    /// <inheritdoc/>
    public string? Reason { get; private init; }

    /// <inheritdoc/>
    public double? LogValue => LogVolume;

    /// <inheritdoc/>
    public double? StandardError => null;

    /// <inheritdoc/>
    public VolumeUnit Unit => VolumeUnit.Probability;

    /// <summary><c>curvature</c> −½ log det(I + σ²H/s) and <c>displacement</c>, the exponent.</summary>
    public ImmutableArray<VolumeTerm> Split { get; private init; } = [];

    /// <inheritdoc/>
    public ImmutableArray<string> Assumptions =>
    [
        "the loss is quadratic wherever the prior reaches",
        Prior.Assumption,
        string.Create(CultureInfo.InvariantCulture, $"a point at rise Q counts exp(−Q/{Temperature}), as much as a rim at {EquivalentThreshold:g6}"),
    ];

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
        var form = GaussianQuadraticForm.Of(model, prior);
        Tilt tilt = Tilt.At(-1 / temperature);
        if (!(tilt.Denominator(form.SmallestCurvature) > 0))
            return volume with { Reason = WhyUnbounded(model.Hessian, prior.Deviation, temperature) };
        double curvature = form.LogMomentOfCurvature(tilt);
        double displacement = form.LogMomentOfDisplacement(tilt);
        double square = prior.Deviation * prior.Deviation;
        return volume with
        {
            LogVolume = curvature + displacement,
            EffectiveDimension = CompensatedSum.Of(model.Hessian.Eigenvalues.AsSpan(), h => square * h / (temperature + (square * h))),
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

    private static string WhyUnbounded(Spectrum hessian, double deviation, double temperature) => string.Create(
        CultureInfo.InvariantCulture,
        $"The fuzzy volume does not exist: s + σ²h must be positive for every eigenvalue h, but s = {temperature}, σ = {deviation}, and the smallest of " +
        $"{hessian.Inertia.Positive} positive, {hessian.Inertia.Zero} zero and {hessian.Inertia.Negative} negative eigenvalues is {hessian.Minimum:g6}; " +
        $"raise the temperature above {-hessian.Minimum * deviation * deviation:g6}, lower σ, or use the Gaussian measure.");
}
