using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Maps;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Traces;

/// <summary>
/// As many probes as a tolerance needs. The trace is exact but for rounding where probes have met all of the matrix and where a basis spans the whole
/// complement.
/// </summary>
internal sealed class TraceSearch(
    ILinearMap map, Complement complement, RitzPairs? deflated, TraceOptions options, HostThreads threads)
{
    // Of fewer probes the spread says too little.
    private const int FewestProbes = 3;

    private const int FirstProbes = 6;

    private const string NotSemidefinite
        = "The random probes met eigenvalues below 0, so that an estimate for positive semidefinite matrices says nothing; use the one for any matrix.";

    public TraceEstimate Run(ITraceSketch sketch, IProgress<double>? progress, CancellationToken cancellation)
    {
        TraceEstimate? last = null;
        while (true)
        {
            int planned = Math.Max(FirstProbes, sketch.Probes / 2), missing = complement.Dimension - sketch.Covered;
            long left = options.MaxProducts - sketch.Products;
            if (complement.Dimension / 2 <= MostProbes && IsToBeSpanned(sketch, missing, left, planned))
                return Spanned(sketch, missing, progress, cancellation);
            int next = Math.Min(planned, Affordable(sketch, left));
            if (next <= 0)
                return Done(last ?? Unknown(sketch), progress);
            Grow(sketch, sketch.Probes + next, progress, cancellation);
            if (sketch.Unseen is { } unseen)
                return Exact(sketch, unseen, progress);
            if (sketch.Probes < FewestProbes)
                continue;
            last = Sampled(sketch, cancellation);
            if (last.Reason is null || last.IsExact || last.Value is null)
                return Done(last, progress);
        }
    }

    // One product for each dimension that is missing makes the trace exact: where that costs no more than the next probes, or where all products that are
    // left would hardly be two more blocks of probes.
    private bool IsToBeSpanned(ITraceSketch sketch, int missing, long left, int planned)
    {
        int next = sketch.ProductsPerProbe * planned;
        return missing <= left && (missing <= next || 2 * left <= 5 * next || sketch.Probes + planned >= complement.Dimension);
    }

    // Fewer probes than dimensions, or nothing would be left for them to tell.
    private int Affordable(ITraceSketch sketch, long left)
        => (int)Math.Min(left / sketch.ProductsPerProbe, Math.Min(MostProbes, complement.Dimension - 1) - sketch.Probes);

    private void Grow(ITraceSketch sketch, int target, IProgress<double>? progress, CancellationToken cancellation)
    {
        while (sketch.Probes < target && sketch.Unseen is null)
        {
            int count = Math.Min(ProbeSketch.BlockRows, target - sketch.Probes);
            sketch.Grow(RandomProbes.OnSphere(complement, map.Order, options.Seed, sketch.Probes, count, threads), cancellation);
            progress?.Report((double)sketch.Products / options.MaxProducts);
        }
    }

    private int MostProbes => Math.Max(0, options.MostVectors(map.Order) - (deflated?.Rest?.Dimension ?? 0)) / 2;

    private double Deflated => deflated is null ? 0 : CompensatedSum.Of(deflated.Pairs.Length, i => deflated.Pairs[i].Value) + (deflated.Rest?.Trace ?? 0);

    private TraceEstimate Spanned(ITraceSketch sketch, int missing, IProgress<double>? progress, CancellationToken cancellation)
    {
        while (missing > 0)
        {
            int count = Math.Min(missing, ProbeSketch.BlockRows);
            sketch.Span(RandomProbes.Spanning(map.Order, options.Seed, sketch.Covered, count, threads), cancellation);
            missing -= count;
            progress?.Report((double)sketch.Products / options.MaxProducts);
        }

        return Exact(sketch, 0, progress);
    }

    private TraceEstimate Exact(ITraceSketch sketch, double unseen, IProgress<double>? progress)
    {
        double value = Deflated + sketch.CoveredTrace;
        double rounding = RoundingOf(sketch, value) + unseen;
        return Done(new(value, 0, Interval.Around(value, rounding), rounding, true, sketch.Probes, sketch.Products, null), progress);
    }

    private TraceEstimate Sampled(ITraceSketch sketch, CancellationToken cancellation)
    {
        if (sketch.Values(cancellation) is not { } values)
            return Unknown(sketch) with { Reason = NotSemidefinite };
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

    private TraceEstimate Unknown(ITraceSketch sketch) => new(
        null, null, null, 0, false, sketch.Probes, sketch.Products, FormattableString.Invariant(
            $"A trace of order {map.Order} needs at least {sketch.ProductsPerProbe * FewestProbes} products and memory for their vectors; allow more."));

    private static TraceEstimate Done(TraceEstimate estimate, IProgress<double>? progress)
    {
        progress?.Report(1);
        return estimate;
    }

    // A product is off by about ε‖A‖ for each basis vector, whose signs are as they fall; what a random direction of the rest sees of it goes like the root of
    // its dimension; and the value is rounded itself.
    private double RoundingOf(ITraceSketch sketch, double value)
    {
        double norm = Math.Max(sketch.Norm, deflated is { Pairs.IsEmpty: false } ? deflated.Pairs.Max(pair => Math.Abs(pair.Value)) : 0);
        int known = (deflated?.Pairs.Length ?? 0) + (deflated?.Rest?.Dimension ?? 0);
        double vectors = Math.Max(sketch.Covered, sketch.Probes) + known + Math.Sqrt(complement.Dimension);
        return 2 * map.UnitRoundoff * ((norm * vectors) + Math.Abs(value));
    }
}
