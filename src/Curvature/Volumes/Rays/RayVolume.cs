using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Curvature.Volumes.Gaussian;

namespace BasinVolume.Curvature.Volumes.Rays;

/// <summary>
/// The volume of the true basin as seen from the weights along rays θ* + m v, v = P u, u on the unit sphere, |det P| = 1, each up to its crossing m.
/// In polar coordinates, with E the mean over uniform u
///     V = V_n E[m^n]                                                                                              (Lebesgue)
///     P = n V_n E[|v|^(−n) ∫₀^(m|v|) x^(n−1) φ(x) dx]                                                             (under the prior N(μ₀, σ²I)),
/// φ(x) the prior's density at distance x along the ray, (2πσ²)^(−n/2) exp(−x²/2σ² − x θ*·v/(σ²|v|) − |θ*|²/2σ²) for μ₀ = 0.
/// With x = σ t the powers of σ cancel:
///     log P = log(n V_n) − (n/2) log 2π − |θ*|²/2σ² + log E[|v|^(−n) ∫₀^(m|v|/σ) t^(n−1) exp(−t²/2 − t θ*·v/(σ|v|)) dt].
/// Where u is drawn with a density q relative to the uniform one, E[f] is the mean of f/q.
/// What lies behind the first crossing that a ray's search finds is not part of the basin.
/// A mean over rays can come out above 1, which no probability is: it is cut at 1, and so is its interval, which holds the truth no less for that.
/// If all of the interval lies above 1 it does not hold, and there is no estimate.
/// </summary>
public sealed record RayVolume : IVolumeDefinition
{
    /// <summary>The effective sample size below which a mean over rays is no estimate: there its error cannot be told from the sample.</summary>
    public const int LeastEffectiveSampleSize = 30;

    // Where so few rays carry the mean, a larger sample finds larger weights and not a larger effective size.
    private const int HopelessEffectiveSampleSize = 4;

    // Of each dimension's factor and of the terms, whose sum is 0 where the basin holds all of the prior.
    private const double Rounding = 1e-12;

    private RayVolume(RayCrossings crossings, GaussianPrior? prior)
    {
        Crossings = crossings;
        Prior = prior;
    }

    /// <summary>What was found along the rays.</summary>
    public RayCrossings Crossings { get; }

    /// <summary>μ₀ and σ; null for the Lebesgue volume.</summary>
    public GaussianPrior? Prior { get; }

    /// <summary>How many rays really share in the mean; null if no ray was followed to an end.</summary>
    public double? EffectiveSampleSize { get; private init; }

    /// <summary>The share of rays along which the loss was not monotone; 0 without rays.</summary>
    public double NonMonotoneShare => Crossings.Rays.IsEmpty ? 0 : Crossings.NonMonotone / (double)Crossings.Rays.Length;

    /// <inheritdoc/>
    public string Name => "rays";

    /// <inheritdoc/>
    public VolumeStatus Status { get; private init; }

    /// <inheritdoc/>
    public string? Reason { get; private init; }

    /// <inheritdoc/>
    public double? LogValue { get; private init; }

    /// <inheritdoc/>
    public double? StandardError { get; private init; }

    /// <inheritdoc/>
    public LogInterval? Interval { get; private init; }

    /// <inheritdoc/>
    public double? LowerBound { get; private init; }

    /// <inheritdoc/>
    public VolumeUnit Unit => Prior is null ? VolumeUnit.ParameterUnits : VolumeUnit.Probability;

    /// <inheritdoc/>
    public string? PriorNotation => Prior?.Notation;

    /// <inheritdoc/>
    public ImmutableArray<VolumeTerm> Split { get; private init; } = [];

    /// <inheritdoc/>
    public ImmutableArray<string> Assumptions =>
    [
        "the basin is what straight rays from the weights reach",
        string.Create(CultureInfo.InvariantCulture, $"{Crossings.Rays.Length} rays with preconditioner {Crossings.Preconditioner}"),
        Prior?.Assumption ?? "volume in parameter units: not comparable between networks or scalings",
    ];

    /// <inheritdoc/>
    public bool IsSampled => true;

    /// <inheritdoc/>
    public ImmutableArray<VolumeParticular> Particulars =>
    [
        VolumeParticular.Number("non_monotone_share", NonMonotoneShare),
        VolumeParticular.Number("excess", Crossings.Excess),
    ];

    /// <inheritdoc/>
    public string Verdict => EffectiveSampleSize is { } size
        ? FormattableString.Invariant($"{size:f1} of {Crossings.Rays.Length} rays share in it, {Crossings.NonMonotone} not monotone")
        : string.Empty;

    /// <inheritdoc/>
    public uint Colour => Prior is null ? 0x964B00u : 0xA50F15u;

    /// <summary>Name and value, or why there is none, for a person.</summary>
    public override string ToString() => VolumeText.Of(this);

    /// <summary>The Lebesgue volume, in the product of the parameters' units. Rays that never reach the threshold make it unbounded.</summary>
    /// <param name="crossings">What was found along the rays.</param>
    public static RayVolume Lebesgue(RayCrossings crossings)
    {
        ArgumentNullException.ThrowIfNull(crossings);
        var volume = new RayVolume(crossings, prior: null);
        if (Obstacle(crossings) is { } obstacle)
            return volume with { Status = obstacle.Status, Reason = obstacle.Reason };
        if (crossings.Count(RayOutcome.NeverReached) > 0)
            return volume with { Status = VolumeStatus.Unbounded, Reason = WhyUnbounded(crossings) };
        return volume.Combined(
            [new("unit_ball", UnitBall.LogVolume(crossings.Dimension))], ray => (crossings.Dimension * Math.Log(ray.Radius)) - ray.LogDensity);
    }

    /// <summary>The probability under a prior. Rays that never reach the threshold count up to the radius limit of the search.</summary>
    /// <param name="crossings">What was found along the rays.</param>
    /// <param name="prior">μ₀ and σ.</param>
    public static RayVolume Gaussian(RayCrossings crossings, GaussianPrior prior)
    {
        ArgumentNullException.ThrowIfNull(crossings);
        ArgumentNullException.ThrowIfNull(prior);
        var volume = new RayVolume(crossings, prior);
        if (Obstacle(crossings) is { } obstacle)
            return volume with { Status = obstacle.Status, Reason = obstacle.Reason };
        int n = crossings.Dimension;
        double sigma = prior.Deviation;
        bool displaced = prior.Centre == PriorCentre.Origin;
        double sphere = Math.Log(n) + UnitBall.LogVolume(n) - (n / 2.0 * Math.Log(2 * Math.PI));
        double displacement = displaced ? -crossings.SquaredWeights / sigma / sigma / 2 : 0;
        return volume.Combined([new("sphere", sphere), new("displacement", displacement)], ray =>
        {
            double slope = displaced ? ray.Projection / ray.Norm / sigma : 0;
            return RadialIntegral.Log(n, ray.Radius * ray.Norm / sigma, slope) - (n * Math.Log(ray.Norm)) - ray.LogDensity;
        });
    }

    private RayVolume Combined(ImmutableArray<VolumeTerm> constants, Func<RayCrossing, double> logarithm)
    {
        var mean = LogMeanExp.Of([.. Crossings.Rays.Select(logarithm)]);
        double constant = constants.Sum(term => term.Nats);
        RayVolume volume = this with { EffectiveSampleSize = mean.EffectiveSampleSize };
        if (mean.Interval is not { } interval)
            return volume.Unresolved(constant + mean.LowerBound, WhyTooFew(mean.EffectiveSampleSize, AtMostCertain(constant + mean.LowerBound)));
        ImmutableArray<VolumeTerm> split = constants.Add(new("rays", mean.LogMean));
        double value = split.Sum(term => term.Nats), possible = AtMostCertain(value);
        double? low = constant + interval.Low;
        if (Prior is not null && low > Rounding * (Crossings.Dimension + split.Sum(term => Math.Abs(term.Nats))))
            return volume.Unresolved(constant + mean.LowerBound, WhyImpossible(value));
        return volume with
        {
            LogValue = possible,
            StandardError = mean.StandardError,
            Interval = new(low, AtMostCertain(constant + interval.High)),
            Split = value > possible ? split.Add(new("certainty", possible - value)) : split,
        };
    }

    // The logarithm of a probability is at most 0; other volumes are as large as they are.
    private double AtMostCertain(double logarithm) => Prior is null ? logarithm : Math.Min(0, logarithm);

    private RayVolume Unresolved(double bound, string reason)
        => this with { Status = VolumeStatus.Unresolved, LowerBound = AtMostCertain(bound), Reason = reason };

    private string WhyImpossible(double value) => string.Create(
        CultureInfo.InvariantCulture,
        $"The mean over {Crossings.Rays.Length} rays has the logarithm {value:f3}, above that of certainty, 0, by more than its error: take more rays.");

    private string WhyTooFew(double size, double bound)
    {
        int rays = Crossings.Rays.Length;
        string advice = (size >= HopelessEffectiveSampleSize || size > 0.5 * rays, Prior?.Centre) switch
        {
            (true, _) => $"take about {Math.Ceiling(1.5 * LeastEffectiveSampleSize * rays / size):f0} rays",
            (_, null) => "take the probability under a prior, which depends less on the longest rays",
            (_, PriorCentre.Origin) => "take a prior around the weights, whose mass lies on all sides of them",
            _ => "take a narrower prior or another threshold, as more rays would not do",
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{size:f1} of {rays} rays carry the mean where {LeastEffectiveSampleSize} are needed for an estimate; "
            + $"with 95 % confidence the logarithm is at least {bound:f2}, which is a lower bound and no value: {advice}.");
    }

    private static (VolumeStatus Status, string Reason)? Obstacle(RayCrossings crossings)
    {
        if (!double.IsFinite(crossings.Loss))
            return (VolumeStatus.Failed, string.Create(
                CultureInfo.InvariantCulture, $"The loss at the weights is {crossings.Loss}: no ray can start there; check weights and data."));
        if (!(crossings.Excess > 0))
            return (VolumeStatus.Empty, string.Create(
                CultureInfo.InvariantCulture,
                $"The basin is empty: the loss may rise by {crossings.Excess:g6} where a positive number is needed; "
                + $"raise the threshold above the loss, or train further."));
        int failed = crossings.Count(RayOutcome.NotANumber);
        if (failed == 0)
            return null;
        int first = crossings.Rays.IndexOf(crossings.Rays.First(ray => ray.Outcome == RayOutcome.NotANumber));
        return (VolumeStatus.Failed, string.Create(
            CultureInfo.InvariantCulture,
            $"The loss is not a number on {failed} of {crossings.Rays.Length} rays, first on ray {first} at radius {crossings.Rays[first].Radius:g6}: "
            + $"compute in float64, or lower threshold, initial radius or radius limit."));
    }

    private static string WhyUnbounded(RayCrossings crossings) => string.Create(
        CultureInfo.InvariantCulture,
        $"The loss stays below the threshold on {crossings.Count(RayOutcome.NeverReached)} of {crossings.Rays.Length} rays up to the radius limit: "
        + $"the volume has no end that was found; "
        + $"raise the radius limit, lower the threshold, or use a Gaussian prior.");
}
