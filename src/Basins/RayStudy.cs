using System.Collections.Immutable;
using System.Diagnostics;
using BasinVolume.Autodiff;
using BasinVolume.Basins.Losses;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Basins;

/// <summary>The true loss of a network along rays, and at points drawn from the prior.</summary>
/// <param name="options">What is asked.</param>
/// <param name="measured">The quadratic model beside it.</param>
/// <param name="prior">The rays' prior.</param>
/// <param name="network">The network at work.</param>
/// <param name="threads">The team of the host.</param>
/// <param name="stages">Who watches.</param>
/// <param name="cancellation">Stops at the next evaluation.</param>
public sealed class RayStudy(
    RayStudyOptions options,
    IRayModel measured,
    GaussianPrior prior,
    NetworkAtWork network,
    HostThreads threads,
    IStages stages,
    CancellationToken cancellation)
{
    // Enough rays to know the usual radius, from which the search of all rays starts.
    private const int PilotRays = 8;

    // Half-way to the crossing a loss that falls is mostly seen; more evaluations cost as much as the search.
    private const int InteriorEvaluations = 1;

    // The share of points on the quadratic's surface that lie inside the true basin is known to 0.1 from so many.
    private const int SurfaceRays = 64;

    // A sweep follows as many rays as are asked for at each of its thresholds, up to so many.
    private const int SweepRays = 100;

    // Relus and max-pools are so many that a few rays tell their share.
    private const int CellRays = 16;

    // A variance needs two.
    private const int LeastDraws = 2;

    /// <summary>Does it.</summary>
    /// <param name="weights">θ* of all parameters.</param>
    /// <param name="weightDecay">λ of the loss.</param>
    public RayResult Run(double[] weights, double weightDecay) => Of(Follow(weights, weightDecay, 0, options.Rays), weights, weightDecay);

    /// <summary>Follows some of the rays, and draws as many points: what has nothing to do with other rays.</summary>
    /// <param name="weights">θ* of all parameters.</param>
    /// <param name="weightDecay">λ of the loss.</param>
    /// <param name="first">The number of the first ray.</param>
    /// <param name="end">The number behind that of the last.</param>
    public RayShare Follow(double[] weights, double weightDecay, int first, int end)
    {
        long start = Stopwatch.GetTimestamp();
        CountedLoss loss = LossAt(weights, weightDecay);
        IRayPreconditioner preconditioner = measured.Shaping(options.Shape, measured.Threshold, prior);
        double radius = Pilot(new RaySearch(loss, measured.Weights, preconditioner, SamplingOf(0, PilotRays), threads));
        long before = loss.Evaluations;
        if (first == end)
            return RayShare.Empty(first, VolumeSweep.Factors.Length, before, Stopwatch.GetElapsedTime(start).TotalSeconds);
        var search = new RaySearch(loss, measured.Weights, preconditioner, SamplingOf(first, end) with { InitialRadius = radius }, threads);
        RayCrossings crossings = stages.During("Rays", progress => search.Cross(measured.Threshold, progress, cancellation));
        int drawn = (end == options.Rays ? Math.Max(LeastDraws, end) : end) - first;
        double[] draws = stages.During("Draws", progress => PriorDraws.Losses(
            loss, measured.Weights, measured.Prior, first, drawn, (ulong)options.Seed, threads, progress, cancellation));
        ImmutableArray<RayCrossings> sweep = crossings.Rays.IsEmpty || first >= Math.Min(SweepRays, options.Rays)
            ? [.. VolumeSweep.Factors.Select(_ => crossings with { Rays = [] })]
            : stages.During("Sweep", progress => SweepOf(loss, crossings, first, end, progress));
        // Each search looks at the weights first, which is counted once for all shares.
        int atWeights = 1 + sweep.Count(found => !found.Rays.IsEmpty && !ReferenceEquals(found, crossings));
        return new(
            first,
            crossings.Rays,
            draws,
            [.. sweep.Select(found => ReferenceEquals(found, crossings) ? [] : found.Rays)],
            before,
            loss.Evaluations - before - atWeights,
            Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    /// <summary>What is wrong with shares that were joined, as a part of a sentence; null if they are all rays of this study.</summary>
    public string? FaultOf(RayShare all)
    {
        ArgumentNullException.ThrowIfNull(all);
        int draws = Math.Max(LeastDraws, options.Rays), swept = all.Rays.IsEmpty ? 0 : Math.Min(SweepRays, options.Rays);
        if (all.Rays.Length != 0 && all.Rays.Length != options.Rays)
            return $"they have {all.Rays.Length} of {options.Rays} rays";
        if (all.Draws.Length != draws)
            return $"they have {all.Draws.Length} of {draws} points of the prior";
        return all.Sweep.Where((rays, i) => VolumeSweep.Factors[i] != 1 && rays.Length != swept).Any()
            ? $"a threshold of their sweep has not {swept} rays"
            : null;
    }

    /// <summary>What all rays tell.</summary>
    /// <param name="all">The rays, from the first to the last.</param>
    /// <param name="weights">θ* of all parameters.</param>
    /// <param name="weightDecay">λ of the loss.</param>
    public RayResult Of(RayShare all, double[] weights, double weightDecay)
    {
        ArgumentNullException.ThrowIfNull(all);
        long start = Stopwatch.GetTimestamp();
        CountedLoss loss = LossAt(weights, weightDecay);
        IRayPreconditioner preconditioner = measured.Shaping(options.Shape, measured.Threshold, prior);
        var search = new RaySearch(loss, measured.Weights, preconditioner, SamplingOf(0, options.Rays), threads);
        RayCrossings crossings = search.Of(measured.Threshold, all.Rays, cancellation);
        bool followed = !crossings.Rays.IsEmpty;
        ImmutableArray<RayCrossings> sweep = followed ? SweepOf(loss, crossings, all.Sweep) : [];
        return new(
            RayVolume.Gaussian(crossings, prior),
            RayVolume.Lebesgue(crossings),
            measured.MeasureUnder(prior),
            PriorDraws.Of(all.Draws, crossings.Loss, crossings.Excess),
            followed ? stages.During("The quadratic's surface", _ => ReachOf(loss, crossings.Excess, preconditioner)) : null,
            followed ? stages.During("Kinks on the way", _ => SwitchedAt(search.PointsOf(crossings, Math.Min(CellRays, options.Rays)), weights)) : null,
            sweep,
            all.Before + all.Evaluations + loss.Evaluations,
            all.Seconds + Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private CountedLoss LossAt(double[] weights, double weightDecay) => new(measured.LossOf(network.LossWith(weightDecay), weights));

    private RaySampling SamplingOf(int first, int end) => new(end - first, (ulong)options.Seed)
    {
        First = first,
        Tolerance = options.Tolerance,
        InteriorEvaluations = InteriorEvaluations,
    };

    /// <summary>The median radius of a few rays, near which nearly all radii lie in many dimensions; 1 if there is none.</summary>
    private double Pilot(RaySearch search)
    {
        RayCrossings crossings = search.Cross(measured.Threshold, progress: null, cancellation);
        double[] radii = [.. crossings.Rays.Where(ray => ray.Outcome == RayOutcome.Reached).Select(ray => ray.Radius).Order()];
        return radii.Length == 0 ? 1 : radii[radii.Length / 2];
    }

    private QuadraticReach ReachOf(CountedLoss loss, double excess, IRayPreconditioner preconditioner)
        => measured.ReachOf(loss, excess, preconditioner, SamplingOf(0, Math.Min(SurfaceRays, options.Rays)), threads, cancellation);

    private SwitchedUnits? SwitchedAt(Matrix points, double[] weights)
    {
        double[] start = measured.WeightsOf(measured.Weights, weights);
        if (network.Switched(start, measured.WeightsOf(points.Values, weights), cancellation) is not { } switched)
            return null;
        return new(switched.Average(units => units.Relus), switched.Average(units => units.MaxPools));
    }

    private ImmutableArray<RayCrossings> SweepOf(CountedLoss loss, RayCrossings crossings, int first, int end, IProgress<double> progress)
        => RaySweep.Cross(
            threshold => SweepSearch(loss, threshold, first, Math.Min(end, Math.Min(SweepRays, options.Rays))),
            crossings,
            ExcessesAround(crossings),
            progress,
            cancellation);

    // The same from rays that have been followed.
    private ImmutableArray<RayCrossings> SweepOf(CountedLoss loss, RayCrossings crossings, ImmutableArray<ImmutableArray<RayCrossing>> rays)
    {
        double[] excesses = ExcessesAround(crossings);
        return
        [
            .. excesses.Select((excess, i) => BasinThreshold.Excess(excess) is var threshold && excess == crossings.Excess
                ? crossings
                : SweepSearch(loss, threshold, 0, Math.Min(SweepRays, options.Rays)).Of(threshold, rays[i], cancellation)),
        ];
    }

    private static double[] ExcessesAround(RayCrossings crossings) => [.. VolumeSweep.Factors.Select(factor => factor * crossings.Excess)];

    private RaySearch SweepSearch(CountedLoss loss, BasinThreshold threshold, int first, int end)
    {
        IRayPreconditioner shaping = measured.Shaping(options.Shape, threshold, prior);
        return new(loss, measured.Weights, shaping, SamplingOf(first, end) with { InteriorEvaluations = 0 }, threads);
    }
}
