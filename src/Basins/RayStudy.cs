using System.Collections.Immutable;
using System.Diagnostics;
using BasinVolume.Autodiff;
using BasinVolume.Basins.Losses;
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

    /// <summary>Does it.</summary>
    /// <param name="weights">θ* of all parameters.</param>
    /// <param name="weightDecay">λ of the loss.</param>
    public RayResult Run(double[] weights, double weightDecay)
    {
        long start = Stopwatch.GetTimestamp();
        var loss = new CountedLoss(measured.LossOf(network.LossWith(weightDecay), weights));
        IRayPreconditioner preconditioner = measured.Shaping(options.Shape, measured.Threshold, prior);
        RaySampling sampling = SamplingOf(options.Rays);
        double radius = Pilot(new RaySearch(loss, measured.Weights, preconditioner, SamplingOf(PilotRays), threads));
        var search = new RaySearch(loss, measured.Weights, preconditioner, sampling with { InitialRadius = radius }, threads);
        RayCrossings crossings = stages.During("Rays", progress => search.Cross(measured.Threshold, progress, cancellation));
        PriorDraws draws = stages.During("Draws", progress => PriorDraws.Of(
            loss, measured.Weights, crossings.Excess, measured.Prior, Math.Max(2, options.Rays), (ulong)options.Seed, threads, progress, cancellation));
        bool followed = !crossings.Rays.IsEmpty;
        return new(
            RayVolume.Gaussian(crossings, prior),
            RayVolume.Lebesgue(crossings),
            measured.MeasureUnder(prior),
            draws,
            followed ? stages.During("The quadratic's surface", _ => ReachOf(loss, crossings.Excess, preconditioner)) : null,
            followed ? stages.During("Kinks on the way", _ => SwitchedAt(search.PointsOf(crossings, Math.Min(CellRays, options.Rays)), weights)) : null,
            followed ? stages.During("Sweep", progress => SweepOf(loss, crossings, progress)) : [],
            loss.Evaluations,
            Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private RaySampling SamplingOf(int rays) => new(rays, (ulong)options.Seed) { Tolerance = options.Tolerance, InteriorEvaluations = InteriorEvaluations };

    /// <summary>The median radius of a few rays, near which nearly all radii lie in many dimensions; 1 if there is none.</summary>
    private double Pilot(RaySearch search)
    {
        RayCrossings crossings = search.Cross(measured.Threshold, progress: null, cancellation);
        double[] radii = [.. crossings.Rays.Where(ray => ray.Outcome == RayOutcome.Reached).Select(ray => ray.Radius).Order()];
        return radii.Length == 0 ? 1 : radii[radii.Length / 2];
    }

    private QuadraticReach ReachOf(CountedLoss loss, double excess, IRayPreconditioner preconditioner)
        => measured.ReachOf(loss, excess, preconditioner, SamplingOf(Math.Min(SurfaceRays, options.Rays)), threads, cancellation);

    private SwitchedUnits? SwitchedAt(Matrix points, double[] weights)
    {
        double[] start = measured.WeightsOf(measured.Weights, weights);
        if (network.Switched(start, measured.WeightsOf(points.Values, weights), cancellation) is not { } switched)
            return null;
        return new(switched.Average(units => units.Relus), switched.Average(units => units.MaxPools));
    }

    private ImmutableArray<RayCrossings> SweepOf(CountedLoss loss, RayCrossings crossings, IProgress<double> progress)
    {
        double[] excesses = [.. VolumeSweep.Factors.Select(factor => factor * crossings.Excess)];
        RaySampling sampling = SamplingOf(Math.Min(SweepRays, options.Rays)) with { InteriorEvaluations = 0 };
        return RaySweep.Cross(
            threshold => new RaySearch(loss, measured.Weights, measured.Shaping(options.Shape, threshold, prior), sampling, threads),
            crossings,
            excesses,
            progress,
            cancellation);
    }
}
