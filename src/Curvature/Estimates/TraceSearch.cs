using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Subspaces;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Estimates;

/// <summary>
/// XTrace with as many probes as a tolerance needs. The trace is exact but for rounding where a product of a random probe brings nothing new, for then the
/// basis spans the range of B with probability 1, and where the basis spans the whole complement.
/// </summary>
internal sealed class TraceSearch(ILinearMap map, RitzPairs? deflated, ISubspace? without, TraceOptions options, HostThreads threads)
{
    // Of fewer probes the spread says too little.
    private const int FewestProbes = 3;

    private const int FirstProbes = 6;

    // |g| > 1/16 for a standard normal g with a probability of 95 %: a random probe has not missed by more what it was to see.
    private const double Hidden = 16;

    private readonly Complement _complement = new(map.Order, deflated?.Vectors, without, threads);

    public TraceEstimate Run(IProgress<double>? progress, CancellationToken cancellation)
    {
        var sketch = new ProbeSketch(map, _complement, keepsImages: false, threads);
        int dimension = _complement.Dimension;
        TraceEstimate? last = null;
        while (true)
        {
            int planned = Math.Max(FirstProbes, sketch.Probes / 2), missing = dimension - sketch.Basis.Count;
            long left = options.MaxProducts - sketch.Products;
            int next = (int)Math.Min(planned, Math.Min(left / 2, MostProbes - sketch.Probes));
            if (dimension / 2 <= MostProbes && IsToBeSpanned(missing, left, planned))
                return Spanned(sketch, missing, progress, cancellation);
            if (next <= 0)
                return Done(last ?? Unknown(sketch), progress);
            int target = sketch.Probes + next;
            while (sketch.Probes < target && sketch.Vanished.Count == 0)
            {
                Grow(sketch, Math.Min(ProbeSketch.BlockRows, target - sketch.Probes), cancellation);
                progress?.Report((double)sketch.Products / options.MaxProducts);
            }

            if (sketch.Vanished.Count > 0)
                return Exact(sketch, Hidden * Math.Sqrt(dimension) * EuclideanNorm.Of([.. sketch.Vanished]) / Math.Sqrt(sketch.Vanished.Count), progress);
            if (sketch.Probes < FewestProbes)
                continue;
            last = Sampled(sketch);
            if (last.Reason is null || last.IsExact)
                return Done(last, progress);
        }
    }

    // One product for each dimension that is missing makes the trace exact: where that costs no more than the next probes, or where all products that are
    // left would hardly be two more blocks of probes.
    private static bool IsToBeSpanned(int missing, long left, int planned) => missing <= left && (missing <= 2 * planned || left <= 5 * planned);

    private void Grow(ProbeSketch sketch, int count, CancellationToken cancellation)
        => sketch.Grow(RandomProbes.OnSphere(_complement, map.Order, options.Seed, sketch.Probes, count, threads), cancellation);

    private int MostProbes
    {
        get
        {
            if (options.MemoryBytes is not { } bytes)
                return int.MaxValue;
            long vectors = bytes / sizeof(double) / Math.Max(1, map.Order);
            return (int)Math.Clamp((vectors - (3 * ProbeSketch.BlockRows)) / 2, 0, int.MaxValue);
        }
    }

    private double Deflated => deflated is null ? 0 : CompensatedSum.Of(deflated.Pairs.Length, i => deflated.Pairs[i].Value);

    private TraceEstimate Spanned(ProbeSketch sketch, int missing, IProgress<double>? progress, CancellationToken cancellation)
    {
        while (missing > 0)
        {
            int count = Math.Min(missing, ProbeSketch.BlockRows);
            sketch.Span(RandomProbes.Spanning(map.Order, options.Seed, sketch.Basis.Count, count, threads), cancellation);
            missing -= count;
            progress?.Report((double)sketch.Products / options.MaxProducts);
        }

        return Exact(sketch, 0, progress);
    }

    private TraceEstimate Exact(ProbeSketch sketch, double unseen, IProgress<double>? progress)
    {
        double value = Deflated + XTrace.CompressedTrace(sketch);
        double rounding = RoundingOf(sketch, value) + unseen;
        return Done(new(value, 0, Interval.Around(value, rounding), rounding, true, sketch.Probes, sketch.Products, null), progress);
    }

    private TraceEstimate Sampled(ProbeSketch sketch)
    {
        LeftOutValues values = XTrace.Values(sketch, _complement.Dimension);
        double value = Deflated + values.Mean, rounding = RoundingOf(sketch, value);
        double error = Math.Max(TraceEstimate.Correction * values.Spread, values.StandardError);
        double radius = (SampledNumber.Quantile(sketch.Probes - 1) * values.StandardError) + rounding;
        var estimate = new TraceEstimate(
            value, values.StandardError, Interval.Around(value, radius), rounding, radius <= 2 * rounding, sketch.Probes, sketch.Products, null);
        return estimate with { Reason = ReasonAgainst(estimate, error) };
    }

    private string? ReasonAgainst(TraceEstimate estimate, double error)
    {
        double size = Math.Abs(estimate.Value!.Value), wanted = options.RelativeTolerance * size;
        if (estimate.IsExact)
        {
            return estimate.Rounding <= wanted ? null : FormattableString.Invariant(
                $"All of the matrix was met, and the rounding of its products leaves {estimate.Rounding:g3}, more than {wanted:g3}; compute in double.");
        }

        if (error <= wanted)
            return null;
        string near = error > size
            ? "; the trace is small against the eigenvalues that cancel in it, so that no relative tolerance is within reach"
            : "";
        return FormattableString.Invariant(
            $"After {estimate.Products} products the error is {error:g3}, more than the {wanted:g3} asked for{near}; allow more products or memory.");
    }

    private TraceEstimate Unknown(ProbeSketch sketch) => new(
        null, null, null, 0, false, sketch.Probes, sketch.Products, FormattableString.Invariant(
            $"The trace of a matrix of order {map.Order} needs at least {2 * FewestProbes} products and the memory for their vectors; allow more."));

    private static TraceEstimate Done(TraceEstimate estimate, IProgress<double>? progress)
    {
        progress?.Report(1);
        return estimate;
    }

    // A product is off by about ε‖A‖ for each basis vector, whose signs are as they fall; what a random direction of the rest sees of it goes like the root of
    // its dimension; and the value is rounded itself.
    private double RoundingOf(ProbeSketch sketch, double value)
    {
        double norm = Math.Max(sketch.Norm, deflated is { Pairs.IsEmpty: false } ? deflated.Pairs.Max(pair => Math.Abs(pair.Value)) : 0);
        double vectors = sketch.Basis.Count + (deflated?.Pairs.Length ?? 0) + Math.Sqrt(_complement.Dimension);
        return 2 * map.UnitRoundoff * ((norm * vectors) + Math.Abs(value));
    }
}
