using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Maps;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Traces;

/// <summary>The diagonal of a symmetric matrix that is known by its products: each entry with its standard error, never without one.</summary>
/// <remarks>
/// Standard errors are the spread of the values that each leave out one probe, widened by 1.3 for an entry and by 2 for a sum, because these values share the
/// other probes. Over dense matrices of order 150 with five spectra, 6 to 80 products and 60 repetitions, 93 to 98 % of the intervals of entries contain them.
/// </remarks>
/// <param name="Values">[n]: the entries, in the units of the matrix; empty where there are none, and <paramref name="Reason"/> says why.</param>
/// <param name="StandardErrors">[n]: the standard error of each; all 0 where the diagonal is exact but for rounding.</param>
/// <param name="Rounding">What the rounding of the products may have done to an entry.</param>
/// <param name="Sums">The sum of the entries of each group that was asked for, with its own standard error from the same probes.</param>
/// <param name="Probes">Random probes; 0 where none were needed.</param>
/// <param name="Products">Products with a direction.</param>
/// <param name="Reason">Why the tolerance was not met or there is no value, and what to do; null where it was met.</param>
public sealed record DiagonalEstimate(
    ImmutableArray<double> Values,
    ImmutableArray<double> StandardErrors,
    double Rounding,
    ImmutableArray<SumOfEntries> Sums,
    int Probes,
    long Products,
    string? Reason)
{
    /// <summary>Whether rounding alone is left.</summary>
    public bool IsExact { get; init; }

    /// <summary>How many entries there are, or why there are none, for a person.</summary>
    public override string ToString() => Values.IsEmpty
        ? Reason ?? string.Empty
        : string.Create(CultureInfo.InvariantCulture, $"{Values.Length} entries, {Values.Min():g6} … {Values.Max():g6}, of {Probes} probes");

    /// <summary>Where an entry lies with a confidence of <see cref="SampledNumber.Confidence"/>, by Student's quantile.</summary>
    /// <param name="entry">Which, counted from 0.</param>
    public Interval IntervalOf(int entry)
        => Interval.Around(Values[entry], (IsExact ? 0 : SampledNumber.Quantile(Probes - 1) * StandardErrors[entry]) + Rounding);

    /// <summary>By XDiag: two products a probe, and one for each deflated vector.</summary>
    /// <param name="map">A, of order n.</param>
    /// <param name="deflated">Orthonormal vectors that are part of every approximation, so that no probe is needed for them; null for none.</param>
    /// <param name="options">Tolerance, relative to the Euclidean norm of the diagonal, against that of its standard errors; products, seed, memory.</param>
    /// <param name="groups">Entries whose sums are asked for; may be empty.</param>
    /// <param name="threads">The team to compute with; no result depends on its size.</param>
    /// <param name="progress">Told the share of the most products that are done; may be null.</param>
    /// <param name="cancellation">Checked before each product of a block.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="MatrixException">A product is not finite.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static DiagonalEstimate Of(
        ILinearMap map,
        RitzPairs? deflated,
        TraceOptions options,
        IReadOnlyList<Range> groups,
        HostThreads threads,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        DiagonalSearch search = SearchOf(map, options, groups, threads);
        var complement = new Complement(map.Order);
        return search.Run(new XDiagSketch(new ProbeSketch(map, complement, keepsImages: true, threads), threads), deflated, progress, cancellation);
    }

    /// <summary>The same for a positive semidefinite matrix, by XNysDiag: one product a probe. No value where the probes say that it is none.</summary>
    /// <inheritdoc cref="Of" path="/param|/exception"/>
    public static DiagonalEstimate OfSemidefinite(
        ILinearMap map,
        RitzPairs? deflated,
        TraceOptions options,
        IReadOnlyList<Range> groups,
        HostThreads threads,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        DiagonalSearch search = SearchOf(map, options, groups, threads);
        var complement = new Complement(map.Order);
        return search.Run(new XNysDiagSketch(new NystromSketch(map, complement, threads), threads), deflated, progress, cancellation);
    }

    private static DiagonalSearch SearchOf(ILinearMap map, TraceOptions options, IReadOnlyList<Range> groups, HostThreads threads)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(threads);
        options.Check();
        return new DiagonalSearch(map, options, [.. groups.Select(group => group.GetOffsetAndLength(map.Order))], threads);
    }
}

/// <summary>The sum of some entries of a diagonal.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="StandardError">Its standard error, of the sum itself: entries of one probe go together. 0 where it is exact.</param>
/// <param name="Interval">Where it lies with a confidence of <see cref="SampledNumber.Confidence"/>.</param>
public readonly record struct SumOfEntries(double Value, double StandardError, Interval Interval);
