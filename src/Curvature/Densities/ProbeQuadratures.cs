using System.Collections.Immutable;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Subspaces;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Densities;

/// <summary>
/// What random probes tell of a spectrum: all that is asked of it afterwards costs no further product.
/// <code>
/// tr f(A) = n₀ f(0) + Σ_i q_iᵀ f(A) q_i + E[zᵀ f(A) z]
/// </code>
/// with n₀ known zeros, orthonormal vectors q_i, and z uniform on the sphere of radius √m in what is orthogonal to both, m = n − n₀ − k. That holds for any
/// q_i; if they are Ritz vectors of the ends, what varies most is not left to chance. The recurrences run with A itself, so that nothing is lost where the q_i
/// are only nearly eigenvectors; the measure of q_i has the mean θ_i and the variance ‖r_i‖² exactly, and its rules follow from these two.
/// </summary>
public sealed class ProbeQuadratures
{
    /// <summary>
    /// The recurrence's T is that of A + E: each of k products is off by u‖A‖, which makes √k u‖A‖ in all, and what was neglected as rounding comes to it.
    /// </summary>
    private const double Roundings = 16;

    private ProbeQuadratures(
        int order,
        double unitRoundoff,
        ImmutableArray<RitzPair> deflated,
        int zeros,
        ProbeOptions options,
        ImmutableArray<SpectralQuadrature> probes,
        HostThreads threads)
    {
        (Order, UnitRoundoff, Zeros, Deflated, Options, Probes, Threads) = (order, unitRoundoff, zeros, deflated, options, probes, threads);
        Pairs = [.. Deflated.Select(pair => SpectralQuadrature.OfMoments(pair.Value, pair.Residual, threads))];
        Scale = probes.SelectMany(probe => probe.Nodes).Concat(Deflated.Select(pair => pair.Value)).Select(Math.Abs).DefaultIfEmpty(0).Max();
        int steps = probes.Select(probe => probe.Nodes.Length).DefaultIfEmpty(1).Max();
        Rounding = Roundings * Math.Sqrt(steps) * unitRoundoff * Scale;
        Products = probes.Sum(probe => (long)probe.Nodes.Length);
        (SeenLower, SeenUpper) = probes.IsEmpty && Deflated.IsEmpty ? (new(0, SpectrumEndBasis.Exhausted), new(0, SpectrumEndBasis.Exhausted)) : SeenEnds();
    }

    /// <summary>n.</summary>
    public int Order { get; }

    /// <summary>How exactly the products were right (<see cref="ILinearMap.UnitRoundoff"/>).</summary>
    public double UnitRoundoff { get; }

    /// <summary>n₀, how many zeros are known.</summary>
    public int Zeros { get; }

    /// <summary>The pairs that were taken out.</summary>
    public ImmutableArray<RitzPair> Deflated { get; }

    /// <summary>m, the dimension that the probes were drawn from.</summary>
    public int Dimension => Order - Zeros - Deflated.Length;

    /// <summary>The probes' quadratures, each of a vector of length 1: its mass stands for m. None if m is 0.</summary>
    public ImmutableArray<SpectralQuadrature> Probes { get; }

    /// <summary>
    /// Whether the probes are an orthonormal basis of what they were drawn from, as they are where more were asked for than there are dimensions:
    /// their mean leaves nothing to chance.
    /// </summary>
    public bool IsComplete => Probes.Length == Dimension;

    /// <summary>The measures of the deflated vectors.</summary>
    public ImmutableArray<SpectralQuadrature> Pairs { get; }

    /// <summary>Products with a direction that the probes took.</summary>
    public long Products { get; }

    /// <summary>The largest magnitude that was met of the spectrum.</summary>
    public double Scale { get; }

    /// <summary>How far the rounding of products may have moved an eigenvalue.</summary>
    public double Rounding { get; }

    /// <summary>What was met of the spectrum goes down to here.</summary>
    public double Smallest => Ends().Min();

    /// <summary>What was met of the spectrum goes up to here.</summary>
    public double Largest => Ends().Max();

    /// <summary>What no eigenvalue lies below: as given, or as the probes tell.</summary>
    public SpectrumEnd Lower => Options.LowerBound is { } given ? new(given, SpectrumEndBasis.Given) : SeenLower;

    /// <summary>What no eigenvalue lies above: as given, or as the probes tell.</summary>
    public SpectrumEnd Upper => Options.UpperBound is { } given ? new(given, SpectrumEndBasis.Given) : SeenUpper;

    /// <summary>What the probes alone tell of the lower end.</summary>
    internal SpectrumEnd SeenLower { get; }

    /// <summary>What the probes alone tell of the upper end.</summary>
    internal SpectrumEnd SeenUpper { get; }

    internal ProbeOptions Options { get; }

    internal HostThreads Threads { get; }

    /// <summary>Takes the probes.</summary>
    /// <param name="map">A, of order n ≥ 1.</param>
    /// <param name="deflated">Ritz pairs to take out; null for none. They must be orthogonal to <paramref name="without"/>.</param>
    /// <param name="without">Directions that A maps to 0, such as a network's structural ones; null for none.</param>
    /// <param name="options">How many probes, how many steps, within what memory.</param>
    /// <param name="threads">The team to compute with; no result depends on its size.</param>
    /// <param name="progress">Told the share of the steps that is done; may be null.</param>
    /// <param name="found">
    /// Told what is known after each block of probes, and when the work ends early, by cancellation or an error; may be null.
    /// </param>
    /// <param name="cancellation">Checked before each step.</param>
    /// <exception cref="ArgumentException">An option is outside its range, or more directions are taken out than there are.</exception>
    /// <exception cref="MatrixException">A product is not finite, or not even one probe fits into the memory.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static ProbeQuadratures Of(
        ILinearMap map,
        RitzPairs? deflated,
        ISubspace? without,
        ProbeOptions options,
        HostThreads threads,
        IProgress<double>? progress = null,
        IProgress<ProbeQuadratures>? found = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(threads);
        options.Check();
        int zeros = without?.Dimension ?? 0, pairs = deflated?.Pairs.Length ?? 0;
        if (map.Order < 1 || zeros + pairs > map.Order)
            throw new ArgumentException(
                $"{pairs} deflated pairs and {zeros} known zeros are taken out of a matrix of order {map.Order}; take out at most as many as there are.",
                nameof(map));
        var run = new ProbeRun(map, deflated, without, options, threads);
        if (zeros + pairs < map.Order)
            run.All(progress, probes => found?.Report(With(probes)), cancellation);
        return With(run.Known);

        ProbeQuadratures With(ImmutableArray<SpectralQuadrature> probes)
            => new(map.Order, map.UnitRoundoff, deflated?.Pairs ?? [], zeros, options, probes, threads);
    }

    /// <summary>What probes told that were taken before: the same to the last bit, without a product.</summary>
    /// <param name="order">n ≥ 1.</param>
    /// <param name="unitRoundoff">How exactly the products were right.</param>
    /// <param name="deflated">The pairs that were taken out.</param>
    /// <param name="zeros">n₀, how many zeros were known.</param>
    /// <param name="probes">Their quadratures, at most as many as what is left has dimensions, and at least one unless that is none.</param>
    /// <param name="threads">The team to compute with; no result depends on its size.</param>
    /// <exception cref="MatrixException">The numbers do not fit together.</exception>
    public static ProbeQuadratures Kept(
        int order, double unitRoundoff, ImmutableArray<RitzPair> deflated, int zeros, ImmutableArray<SpectralQuadrature> probes, HostThreads threads)
    {
        ArgumentNullException.ThrowIfNull(threads);
        long left = (long)order - zeros - deflated.Length;
        if (order < 1 || zeros < 0 || left < 0 || probes.Length > left || (probes.IsEmpty && left > 0) || !(unitRoundoff > 0 && unitRoundoff < 1))
            throw new MatrixException(
                $"{probes.Length} probes, {deflated.Length} deflated pairs and {zeros} known zeros, exact to {unitRoundoff}, are none of a matrix of order "
                + $"{order}: take all from the same run.");
        return new(order, unitRoundoff, deflated, zeros, new ProbeOptions(probes.Length), probes, threads);
    }

    /// <summary>Why a bound that was given does not hold: something was met beyond it; null if nothing was.</summary>
    internal string? ReasonAgainstBounds =>
        Options.LowerBound is { } low && Smallest < low - Rounding ? Words(Smallest, "below", low)
        : Options.UpperBound is { } high && Largest > high + Rounding ? Words(Largest, "above", high)
        : null;

    private static string Words(double met, string side, double bound) => FormattableString.Invariant(
        $"The probes met {met:g6} in the spectrum, {side} the {bound:g6} that no eigenvalue was said to lie {side}; give a bound that holds.");

    // A known zero belongs to the spectrum as well.
    private IEnumerable<double> Ends()
        => Probes.SelectMany(probe => new[] { probe.Nodes[0], probe.Nodes[^1] }).Concat(Deflated.Select(pair => pair.Value))
            .Concat(Zeros > 0 ? [0.0] : []);

    private (SpectrumEnd Lower, SpectrumEnd Upper) SeenEnds()
    {
        var search = new SpectrumEndSearch(Probes, Dimension, Deflated);
        SpectrumEnd lower = search.Lower, upper = search.Upper;
        lower = lower with { Value = lower.Value - Rounding };
        upper = upper with { Value = upper.Value + Rounding };
        return Zeros > 0 ? (lower with { Value = Math.Min(0, lower.Value) }, upper with { Value = Math.Max(0, upper.Value) }) : (lower, upper);
    }
}
