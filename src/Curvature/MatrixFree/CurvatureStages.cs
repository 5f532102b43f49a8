using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Traces;
using BasinVolume.Kernels.Threads;
using Stopwatch = System.Diagnostics.Stopwatch;

namespace BasinVolume.Curvature.MatrixFree;

/// <summary>The stages in their order, and how the products that are allowed are parted among them.</summary>
internal sealed class CurvatureStages(
    ILinearMap map, MatrixFreeOptions options, HostThreads threads, ICurvatureListener listener, CancellationToken cancellation)
{
    // Of the products that are allowed, what is left for the trace by the stages around it.
    private const int TraceShare = 8;

    private readonly CountedMap _map = new(map);
    private MatrixFreeCurvature _known = new(map.Order, options);

    /// <summary>Goes through them.</summary>
    public MatrixFreeCurvature Run()
    {
        if (options.HasPairs)
            Stage("eigenpairs", Pairs);
        Stage("trace", Trace);
        Stage("quadratures", Quadratures);
        Tell(_known with { IsComplete = true });
        return _known;
    }

    private void Pairs(IProgress<double> progress)
    {
        int most = (int)Math.Max(1, Left - ProductsOfQuadratures - (options.MostProducts / TraceShare));
        var wanted = new EndsWanted(
            options.Largest, options.Smallest, options.Tolerance, Seed: options.Seed, MaxProducts: most, MemoryBytes: options.MemoryBytes);
        RitzPairs pairs = BlockLanczos.Of(
            _map, wanted, options.Zeros, threads, progress, new Told<RitzPairs>(found => Tell(_known with { Pairs = found })), cancellation);
        Tell(_known with { Pairs = pairs });
    }

    private void Trace(IProgress<double> progress)
    {
        var wanted = new TraceOptions(options.TraceTolerance, (int)Math.Max(0, Left - ProductsOfQuadratures), options.Seed, options.MemoryBytes);
        TraceEstimate trace = options.IsPositiveSemidefinite
            ? TraceEstimate.OfSemidefinite(_map, _known.Pairs, options.Zeros, wanted, threads, progress, cancellation)
            : TraceEstimate.Of(_map, _known.Pairs, options.Zeros, wanted, threads, progress, cancellation);
        // What the search for pairs kept beside them is of no more use, and large.
        Tell(_known with { Trace = trace, Pairs = _known.Pairs is { } pairs ? pairs with { Rest = null } : null });
    }

    private void Quadratures(IProgress<double> progress)
    {
        int steps = (int)Math.Min(options.Steps, Left / options.Probes);
        while (steps >= 2 && RecurrenceBlock.BytesOfOne(map.Order, steps) > (options.MemoryBytes ?? long.MaxValue))
            steps--;
        if (steps < 2)
        {
            Refuse(
                $"quadratures: {options.Probes} probes of two steps take more than is left of {options.MostProducts} products, or more memory than "
                + "vectors may take; allow more of both, or take fewer probes.");
            return;
        }

        var probes = new ProbeOptions(options.Probes, steps, options.Seed)
        {
            MemoryBytes = options.MemoryBytes,
            LowerBound = options.IsPositiveSemidefinite ? 0 : null,
        };
        ProbeQuadratures? met = null;
        try
        {
            Tell(With(ProbeQuadratures.Of(
                _map, _known.Pairs, options.Zeros, probes, threads, progress, new Told<ProbeQuadratures>(known => met = known), cancellation)));
        }
        catch (OperationCanceledException) when (met is { Probes.Length: >= 2 })
        {
            Tell(With(met));
            throw;
        }
    }

    // What follows from quadratures without another product. The trace, from probes of its own, tells how far off each of these is.
    private MatrixFreeCurvature With(ProbeQuadratures quadratures)
    {
        Interval? trace = _known.Trace?.Interval;
        return _known with
        {
            Quadratures = quadratures,
            Distribution = SpectralDistribution.Of(quadratures),
            Inertia = InertiaBand.Of(quadratures, ZeroTolerance(quadratures)),
            LogDeterminants = [.. options.Shifts.Select(shift => LogDeterminantEstimate.Of(quadratures, shift, trace))],
            Bounds = [.. options.Shifts.Select(shift => Bounds(quadratures, trace, shift))],
            EffectiveDimensions = [.. options.Alphas.Select(alpha => EffectiveDimensionEstimate.Of(quadratures, alpha, trace))],
        };
    }

    private static BaiGolubBounds Bounds(ProbeQuadratures quadratures, Interval? trace, double shift)
    {
        if (trace is not { } sum || SpectralMoments.SquaredNorm(quadratures) is not { } square)
            return new(shift, null, "The trace and the Frobenius norm of which such bounds follow are not known; allow more products.");
        return BaiGolubBounds.Of(quadratures.Order, sum, square, new(quadratures.Lower.Value, quadratures.Upper.Value), shift);
    }

    private double ZeroTolerance(ProbeQuadratures quadratures)
        => (options.Exactness ?? new Exactness(map.UnitRoundoff)).ZeroTolerance(map.Order) * quadratures.Scale;

    // At least half is left to what comes before them.
    private long ProductsOfQuadratures => Math.Min((long)options.Probes * options.Steps, options.MostProducts / 2);

    private long Left => Math.Max(0, options.MostProducts - options.SpentProducts - _map.Products);

    // What a stage took, without what listeners do, stands there also where it was stopped.
    private void Stage(string name, Action<IProgress<double>> compute) => listener.During(name, progress =>
    {
        long start = Stopwatch.GetTimestamp(), before = _map.Products;
        try
        {
            compute(progress);
        }
        catch (LanczosException e)
        {
            Refuse($"{name}: {e.Message}");
        }
        finally
        {
            var cost = new StageCost(name, _map.Products - before, Stopwatch.GetElapsedTime(start).TotalSeconds);
            Tell(_known with { Stages = _known.Stages.Add(cost) });
        }

        return true;
    });

    private void Refuse(string reason) => Tell(_known with { Refused = _known.Refused.Add(reason) });

    private void Tell(MatrixFreeCurvature known)
    {
        _known = known;
        listener.Found(known);
    }
}
