using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Maps;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Traces;

/// <summary>
/// As many probes as a tolerance needs. The trace is exact but for rounding where probes have met all of the matrix and where a basis spans the whole
/// complement. Where the memory holds no more probes and the tolerance is not met, their sketch makes room for another one of new probes: the estimates of
/// sketches are independent, and their mean, weighted by probes, is the estimate.
/// </summary>
internal sealed class TraceSearch(
    ILinearMap map, Complement complement, RitzPairs? deflated, TraceOptions options, HostThreads threads, Func<ITraceSketch> begin)
{
    // Of fewer probes the spread says too little.
    private const int FewestProbes = 3;

    private const int FirstProbes = 6;

    private const string NotSemidefinite
        = "The random probes met eigenvalues below 0, so that an estimate for positive semidefinite matrices says nothing; use the one for any matrix.";

    private readonly List<(int Probes, LeftOutValues Values)> _full = [];
    private ITraceSketch _sketch = begin();
    private LeftOutValues _own;
    private long _productsBefore;
    private double _normBefore;

    private int Probes => _full.Sum(sketch => sketch.Probes) + _sketch.Probes;

    private long Products => _productsBefore + _sketch.Products;

    public TraceEstimate Run(IProgress<double>? progress, CancellationToken cancellation)
    {
        TraceEstimate? last = null;
        while (true)
        {
            int planned = Math.Max(FirstProbes, _sketch.Probes / 2), missing = complement.Dimension - _sketch.Covered;
            long left = options.MaxProducts - Products;
            if (complement.Dimension / 2 <= MostProbes && IsToBeSpanned(missing, left, planned))
                return Spanned(missing, progress, cancellation);
            int next = Math.Min(planned, Affordable(left));
            if (next <= 0 && last is not null && left >= FewestProbes * _sketch.ProductsPerProbe && _sketch.Probes < complement.Dimension - 1)
            {
                BeginAnother();
                continue;
            }

            if (next <= 0)
                return Done(last ?? Unknown(), progress);
            Grow(_sketch.Probes + next, progress, cancellation);
            if (_sketch.Unseen is { } unseen)
                return Exact(unseen, progress);
            if (_sketch.Probes < FewestProbes)
                continue;
            last = Sampled(cancellation);
            if (last.Reason is null || last.IsExact || last.Value is null)
                return Done(last, progress);
        }
    }

    // Products are left and memory is not. What the sketch says with all of its probes is the last that was asked of it.
    private void BeginAnother()
    {
        _full.Add((_sketch.Probes, _own));
        (_productsBefore, _normBefore) = (Products, Norm);
        _sketch = begin();
    }

    // One product for each dimension that is missing makes the trace exact: where that costs no more than the next probes, or where all products that are
    // left would hardly be two more blocks of probes.
    private bool IsToBeSpanned(int missing, long left, int planned)
    {
        int next = _sketch.ProductsPerProbe * planned;
        return missing <= left && (missing <= next || 2 * left <= 5 * next || _sketch.Probes + planned >= complement.Dimension);
    }

    // Fewer probes than dimensions, or nothing would be left for them to tell.
    private int Affordable(long left)
        => (int)Math.Min(left / _sketch.ProductsPerProbe, Math.Min(MostProbes, complement.Dimension - 1) - _sketch.Probes);

    private void Grow(int target, IProgress<double>? progress, CancellationToken cancellation)
    {
        while (_sketch.Probes < target && _sketch.Unseen is null)
        {
            int count = Math.Min(ProbeSketch.BlockRows, target - _sketch.Probes);
            _sketch.Grow(RandomProbes.OnSphere(complement, map.Order, options.Seed, Probes, count, threads), cancellation);
            progress?.Report((double)Products / options.MaxProducts);
        }
    }

    private double Norm => Math.Max(_normBefore, _sketch.Norm);

    private int MostProbes => Math.Max(0, options.MostVectors(map.Order) - (deflated?.Rest?.Dimension ?? 0)) / 2;

    private double Deflated => deflated is null ? 0 : CompensatedSum.Of(deflated.Pairs.Length, i => deflated.Pairs[i].Value) + (deflated.Rest?.Trace ?? 0);

    private TraceEstimate Spanned(int missing, IProgress<double>? progress, CancellationToken cancellation)
    {
        while (missing > 0)
        {
            int count = Math.Min(missing, ProbeSketch.BlockRows);
            _sketch.Span(RandomProbes.Spanning(map.Order, options.Seed, _sketch.Covered, count, threads), cancellation);
            missing -= count;
            progress?.Report((double)Products / options.MaxProducts);
        }

        return Exact(0, progress);
    }

    private TraceEstimate Exact(double unseen, IProgress<double>? progress)
    {
        double value = Deflated + _sketch.CoveredTrace;
        double rounding = RoundingOf(value) + unseen;
        return Done(new(value, 0, Interval.Around(value, rounding), rounding, true, Probes, Products, null), progress);
    }

    private TraceEstimate Sampled(CancellationToken cancellation)
    {
        if (_sketch.Values(cancellation) is not { } own)
            return Unknown() with { Reason = NotSemidefinite };
        _own = own;
        LeftOutValues values = LeftOutValues.Mixed([.. _full, (_sketch.Probes, own)]);
        double value = Deflated + values.Mean, rounding = RoundingOf(value);
        double radius = values.Reach + rounding;
        var estimate = new TraceEstimate(
            value, values.StandardError, Interval.Around(value, radius), rounding, radius <= 2 * rounding, Probes, Products, null);
        return estimate with { Reason = ReasonAgainst(estimate, values.Reach / SampledNumber.Quantile(double.PositiveInfinity)) };
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

    private TraceEstimate Unknown() => new(
        null, null, null, 0, false, Probes, Products, FormattableString.Invariant(
            $"A trace of order {map.Order} needs at least {_sketch.ProductsPerProbe * FewestProbes} products and memory for their vectors; allow more."));

    private static TraceEstimate Done(TraceEstimate estimate, IProgress<double>? progress)
    {
        progress?.Report(1);
        return estimate;
    }

    // A product is off by about ε‖A‖ for each basis vector, whose signs are as they fall; what a random direction of the rest sees of it goes like the root of
    // its dimension; and the value is rounded itself.
    private double RoundingOf(double value)
    {
        double norm = Math.Max(Norm, deflated is { Pairs.IsEmpty: false } ? deflated.Pairs.Max(pair => Math.Abs(pair.Value)) : 0);
        int known = (deflated?.Pairs.Length ?? 0) + (deflated?.Rest?.Dimension ?? 0);
        double vectors = Math.Max(_sketch.Covered, _sketch.Probes) + known + Math.Sqrt(complement.Dimension);
        return 2 * map.UnitRoundoff * ((norm * vectors) + Math.Abs(value));
    }
}
