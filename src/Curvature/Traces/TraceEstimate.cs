using System.Globalization;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Subspaces;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Traces;

/// <summary>The trace of a symmetric matrix that is known by its products, with how far off it may be.</summary>
/// <remarks>
/// The interval is Student's quantile times the standard error, and the rounding; standard error and degrees of freedom are those of
/// <see cref="LeftOutValues"/>, without bias for any number of probes. Coverage of 400 repetitions over eigenvalues of a network, a spectrum like one's of
/// order 1,710 and 200 random ones (`-- coverage`), each with and without known pairs and to 10, 1 and 0.1 %: 93.5 to 97.2 %.
/// </remarks>
/// <param name="Value">The estimate, in the units of the matrix; null where there is none, and <paramref name="Reason"/> says why.</param>
/// <param name="StandardError">The standard error that the probes leave; 0 where the trace is exact but for rounding. Null with the value.</param>
/// <param name="Interval">
/// Where the trace lies with a confidence of <see cref="SampledNumber.Confidence"/>, the rounding of the products included. Null with the value.
/// </param>
/// <param name="Rounding">What the rounding of the products may have done to the value: the half width of an interval that the interval above contains.</param>
/// <param name="IsExact">Whether all of the matrix was met, so that rounding alone is left.</param>
/// <param name="Probes">Random probes.</param>
/// <param name="Products">Products with a direction.</param>
/// <param name="Reason">Why the tolerance was not met or there is no value, and what to do; null where it was met.</param>
public sealed record TraceEstimate(
    double? Value, double? StandardError, Interval? Interval, double Rounding, bool IsExact, int Probes, long Products, string? Reason)
{
    /// <summary>The trace with its interval, or why there is none, for a person.</summary>
    public override string ToString() => Value is { } value
        ? string.Create(CultureInfo.InvariantCulture, $"{value:g8}, in {Interval} {(IsExact ? "exactly but for rounding" : "with 95 %")}")
        : Reason ?? string.Empty;

    /// <summary>Products are taken with so many directions at once.</summary>
    public const int BlockRows = ProbeSketch.BlockRows;

    /// <summary>
    /// By XTrace on what is orthogonal to known vectors, to all else that their search has met, and to known zeros:
    /// <code>
    /// tr A = Σ q_iᵀ A q_i + tr PAP,   q_iᵀ A q_i = θ_i exactly.
    /// </code>
    /// Two products a probe. Probes are added block by block until the tolerance is met.
    /// </summary>
    /// <param name="map">A, of order n.</param>
    /// <param name="deflated">Vectors whose part is known exactly, converged or not; null for none.</param>
    /// <param name="without">Directions that A takes to zero, orthogonal to the deflated vectors; null for none.</param>
    /// <param name="options">Tolerance, products, seed.</param>
    /// <param name="threads">The team to compute with; no result depends on its size.</param>
    /// <param name="progress">Told the share of the most products that are done; may be null.</param>
    /// <param name="cancellation">Checked before each product of a block.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="MatrixException">A product is not finite.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    /// <example>
    /// <code>
    /// TraceEstimate trace = TraceEstimate.Of(map, deflated: null, without: null, new TraceOptions(0.01, MaxProducts: 1000, Seed: 1), threads);
    /// Console.WriteLine(trace);
    /// </code>
    /// </example>
    public static TraceEstimate Of(
        ILinearMap map,
        RitzPairs? deflated,
        ISubspace? without,
        TraceOptions options,
        HostThreads threads,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        Complement complement = ComplementOf(map, deflated, without, options, threads);
        ITraceSketch Begin() => new XTraceSketch(new ProbeSketch(map, complement, keepsImages: false, threads), complement.Dimension);
        return new TraceSearch(map, complement, deflated, options, threads, Begin).Run(progress, cancellation);
    }

    /// <summary>
    /// The same for a positive semidefinite matrix, such as a Gauss–Newton matrix, by XNysTrace: one product a probe. Where the probes say that the matrix is
    /// not of this kind, there is no value.
    /// </summary>
    /// <inheritdoc cref="Of" path="/param|/exception"/>
    public static TraceEstimate OfSemidefinite(
        ILinearMap map,
        RitzPairs? deflated,
        ISubspace? without,
        TraceOptions options,
        HostThreads threads,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        Complement complement = ComplementOf(map, deflated, without, options, threads);
        ITraceSketch Begin() => new XNysTraceSketch(map, complement, threads);
        return new TraceSearch(map, complement, deflated, options, threads, Begin).Run(progress, cancellation);
    }

    private static Complement ComplementOf(
        ILinearMap map, RitzPairs? deflated, ISubspace? without, TraceOptions options, HostThreads threads)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(threads);
        options.Check();
        List<ISubspace> known = [];
        if (without is not null)
            known.Add(without);
        if (deflated is { Pairs.IsEmpty: false })
            known.Add(new SpannedSubspace(deflated.Vectors, threads));
        if (deflated?.Rest is { } rest)
            known.Add(rest);
        return new Complement(map.Order, [.. known]);
    }
}
