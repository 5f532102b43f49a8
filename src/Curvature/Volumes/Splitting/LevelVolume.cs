using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Kernels.Threads;
using MathNet.Numerics.Distributions;

namespace BasinVolume.Curvature.Volumes.Splitting;

/// <summary>
/// The probability that the true loss at a point of the prior N(μ₀, σ²I) is at most T, wherever that point lies:
/// what <see cref="GaussianMeasure"/> says of the quadratic. By <see cref="LevelSplitting"/> of R populations.
/// The logarithm of a population's share is asymptotically normal with variance v and mean log P − v/2, as the share itself has the mean P (Bérard, Del Moral
/// and Doucet, 2014). So with the mean m and the variance s² of the R logarithms
///     log P = m + s²/2   with the standard error √(s²/R + s⁴/(2(R − 1)))
/// (Cox's estimate for log-normal numbers), and Student's t of R − 1 degrees of freedom gives the interval.
/// s² is not taken below Σ(1 − p)/(pN), what independent points would have. Where no population needed a level it is plain Monte Carlo, with the interval of a
/// proportion.
/// </summary>
public sealed record LevelVolume : IVolumeDefinition
{
    /// <summary>
    /// The largest variance of a population's logarithm with which there is a value. Up to this the interval holds at least as often as it says, as
    /// LevelVolumeTests measure; beyond it nothing is known of that.
    /// </summary>
    internal const double LargestVariance = 16;

    private const double Tail = 0.025;

    private LevelVolume(GaussianPrior prior, SplittingSampling sampling, double height, ImmutableArray<PopulationEnd> populations)
        => (Prior, Sampling, Height, Populations) = (prior, sampling, height, populations);

    /// <summary>μ₀ and σ.</summary>
    public GaussianPrior Prior { get; }

    /// <summary>How it was sampled.</summary>
    public SplittingSampling Sampling { get; }

    /// <summary>T, in units of the loss, with the loss at the weights where the threshold is a rise.</summary>
    public double Height { get; }

    /// <summary>How each population ended.</summary>
    public ImmutableArray<PopulationEnd> Populations { get; }

    /// <summary>The most levels that a population needed.</summary>
    public int Levels { get; private init; }

    /// <summary>The standard deviation of the populations' logarithms, in nats; null without a value.</summary>
    public double? Spread { get; private init; }

    /// <inheritdoc/>
    public string Name => "levels";

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
    public VolumeUnit Unit => VolumeUnit.Probability;

    /// <inheritdoc/>
    public string PriorNotation => Prior.Notation;

    /// <inheritdoc/>
    public ImmutableArray<VolumeTerm> Split => [];

    /// <inheritdoc/>
    public ImmutableArray<string> Assumptions =>
    [
        "every point of the prior counts where the true loss is at most the threshold, wherever it lies",
        string.Create(CultureInfo.InvariantCulture, $"{Sampling.Populations} populations of {Sampling.Points} points, {Sampling.Steps} steps at each level"),
        Prior.Assumption,
    ];

    /// <inheritdoc/>
    public bool IsSampled => true;

    /// <inheritdoc/>
    public ImmutableArray<VolumeParticular> Particulars =>
    [
        VolumeParticular.Number("points", Sampling.Points),
        VolumeParticular.Number("populations", Sampling.Populations),
        VolumeParticular.Number("steps", Sampling.Steps),
        VolumeParticular.Number("levels", Levels),
        VolumeParticular.Number("spread", Spread),
        VolumeParticular.Number("height", Height),
    ];

    /// <inheritdoc/>
    public string Verdict => Levels == 0
        ? FormattableString.Invariant(
            $"all {Sampling.Populations * Sampling.Points} points are draws from the prior, as half of each population lies below the threshold")
        : FormattableString.Invariant($"{Levels} levels down to a loss of {Height:g6}; the populations differ by {Spread:f2} nats");

    /// <inheritdoc/>
    public uint Colour => 0x238B45;

    /// <summary>Name and value, or why there is none, for a person.</summary>
    public override string ToString() => VolumeText.Of(this);

    /// <summary>Samples it.</summary>
    /// <param name="loss">The true loss.</param>
    /// <param name="model">The quadratic model around the weights, whose curvature shapes the steps.</param>
    /// <param name="weights">θ*, in the order of the parameters.</param>
    /// <param name="eigenpairs">All eigenpairs of the model's Hessian.</param>
    /// <param name="threshold">How high the loss may be.</param>
    /// <param name="prior">μ₀ and σ.</param>
    /// <param name="sampling">How many points, and how far they move.</param>
    /// <param name="threads">The team that prepares points.</param>
    /// <param name="progress">Told of each level; may be null.</param>
    /// <param name="cancellation">Checked before each evaluation.</param>
    /// <exception cref="MatrixException">Eigenvectors are missing.</exception>
    public static LevelVolume Of(
        ILossAtWeights loss,
        QuadraticModel model,
        double[] weights,
        Eigenpairs eigenpairs,
        BasinThreshold threshold,
        GaussianPrior prior,
        SplittingSampling sampling,
        HostThreads threads,
        IProgress<SplittingLevel>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(eigenpairs);
        ArgumentNullException.ThrowIfNull(threshold);
        ArgumentNullException.ThrowIfNull(prior);
        ArgumentNullException.ThrowIfNull(sampling);
        ArgumentNullException.ThrowIfNull(threads);
        double[] atWeights = new double[1];
        loss.Evaluate(weights, atWeights, cancellation);
        double height = threshold.Kind == ThresholdKind.Absolute ? threshold.Value : atWeights[0] + threshold.Value;
        if (!double.IsFinite(height))
            return new(prior, sampling, height, [])
            {
                Status = VolumeStatus.Failed,
                Reason = string.Create(
                    CultureInfo.InvariantCulture,
                    $"The loss at the weights is {atWeights[0]}, so that a rise above it is no threshold: check weights and data."),
            };
        var splitting = new LevelSplitting(loss, PriorCoordinates.Of(prior, weights, eigenpairs), Stiffness(model, threshold, prior), sampling, threads);
        return Of(prior, sampling, height, splitting.Run(height, progress, cancellation));
    }

    /// <summary>What populations tell.</summary>
    internal static LevelVolume Of(GaussianPrior prior, SplittingSampling sampling, double height, ImmutableArray<PopulationEnd> populations)
    {
        var volume = new LevelVolume(prior, sampling, height, populations) { Levels = populations.Max(end => end.Levels) };
        if (populations.Any(end => end.Inside == 0))
            return volume.Unresolved(volume.WhyNotReached(), "raise the threshold, or take a narrower prior or more points");
        double[] logs = [.. populations.Select(end => end.LogShare)];
        if (volume.Levels == 0)
            return volume.Plain(populations.Sum(end => end.Inside));
        int count = logs.Length;
        double mean = logs.Average(), sampled = logs.Sum(log => (log - mean) * (log - mean)) / (count - 1);
        double variance = Math.Max(sampled, populations.Average(end => end.IdealVariance));
        if (variance > LargestVariance)
            return volume.Unresolved(WhySpread(variance), string.Create(
                CultureInfo.InvariantCulture, $"take {Math.Ceiling(2 * variance / LargestVariance):f0} times as many points"));
        double value = mean + (variance / 2), error = Math.Sqrt((variance / count) + (variance * variance / 2 / (count - 1)));
        double width = StudentT.InvCDF(0, 1, count - 1, 1 - Tail) * error;
        return volume with { LogValue = value, StandardError = error, Spread = Math.Sqrt(variance), Interval = new(value - width, Math.Min(0, value + width)) };
    }

    /// <summary>√(1 − s h_i σ²): how much narrower the prior is along each eigenvector where the quadratic is below the threshold.</summary>
    private static double[] Stiffness(QuadraticModel model, BasinThreshold threshold, GaussianPrior prior)
    {
        double tilt = Math.Min(GaussianMeasure.Of(model, threshold, prior).SaddlePoint ?? 0, 0);
        return [.. model.Hessian.Eigenvalues.Select(h => Math.Sqrt(1 + Math.Max(0, -tilt * h * prior.Deviation * prior.Deviation)))];
    }

    private LevelVolume Plain(int inside)
    {
        int count = Sampling.Points * Sampling.Populations;
        var draws = new PriorDraws(count, inside, double.NaN, double.NaN);
        return this with { LogValue = draws.LogShare, StandardError = draws.StandardError, Interval = draws.Interval };
    }

    // A population that does not come down has the share 0. Shares are not negative and have the mean P, so that the mean of a sample is more than 20 times too
    // large in at most 5 of 100 (Markov's inequality).
    private LevelVolume Unresolved(string why, string advice)
    {
        double[] logs = [.. Populations.Select(end => end.Inside == 0 ? double.NegativeInfinity : end.LogShare)];
        double? bound = logs.Any(double.IsFinite) ? LogMeanExp.Of(logs).LowerBound : null;
        string least = bound is null
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"; with 95 % confidence the logarithm is at least {bound:f2}, which is a lower bound and no value");
        return this with { Status = VolumeStatus.Unresolved, LowerBound = bound, Reason = $"{why}{least}; {advice}." };
    }

    private static string WhySpread(double variance)
        => string.Create(
            CultureInfo.InvariantCulture,
            $"The populations differ by {Math.Sqrt(variance):f1} nats where at most {Math.Sqrt(LargestVariance):f1} are allowed for an estimate");

    private string WhyNotReached()
    {
        PopulationEnd[] left = [.. Populations.Where(end => end.Inside == 0)];
        PopulationEnd highest = left.MaxBy(end => end.Level)!;
        string reached = double.IsInfinity(highest.Level)
            ? "no point that was drawn from the prior lies below what half of them have"
            : string.Create(CultureInfo.InvariantCulture, $"the last level of one is {highest.Level:g6}, with e^{highest.LogShare:f1} of the prior below it");
        return string.Create(
            CultureInfo.InvariantCulture, $"{left.Length} of {Populations.Length} populations did not come down to a loss of {Height:g6}: {reached}");
    }
}
