using System.Collections.Immutable;
using System.Diagnostics;
using BasinVolume.Autodiff;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Mnist.Curvatures;

namespace BasinVolume.Mnist.Volumes;

/// <summary>The true loss of a run's model along rays, and at points drawn from the prior.</summary>
/// <param name="options">What is asked, checked.</param>
/// <param name="measured">The quadratic model beside it.</param>
/// <param name="opened">The network at work.</param>
/// <param name="threads">The team of the host.</param>
/// <param name="view">Who watches.</param>
/// <param name="cancellation">Stops at the next evaluation.</param>
internal sealed class RayJob(RayOptions options, MeasuredModel measured, OpenedModel opened, HostThreads threads, IRunView view, CancellationToken cancellation)
{
    // Enough rays to know the usual radius, from which the search of all rays starts.
    private const int PilotRays = 8;

    // Half-way to the crossing a loss that falls is mostly seen; more looks cost as much as the search.
    private const int InteriorLooks = 1;

    // The share of points on the quadratic's surface that lie inside the true basin is known to 0.1 from so many.
    private const int SurfaceRays = 64;

    // Slopes are differences along common rays, which need few.
    private const int SweepRays = 32;

    // Relus and max-pools are so many that a few rays tell their share.
    private const int CellRays = 16;

    /// <summary>Does it.</summary>
    /// <param name="weights">θ* of all parameters.</param>
    /// <param name="weightDecay">λ of the loss.</param>
    public RayResult Run(double[] weights, double weightDecay)
    {
        long start = Stopwatch.GetTimestamp();
        var loss = new CountedLoss(measured.LossOf(opened.LossWith(weightDecay), weights));
        IRayPreconditioner preconditioner = PreconditionerOf();
        RaySampling sampling = SamplingOf(options.Rays);
        double radius = Pilot(new RaySearch(loss, measured.Weights, preconditioner, SamplingOf(PilotRays), threads));
        var search = new RaySearch(loss, measured.Weights, preconditioner, sampling with { InitialRadius = radius }, threads);
        RayCrossings crossings = view.During("Rays", progress => search.Cross(measured.Threshold, progress, cancellation));
        PriorDraws draws = view.During("Draws", progress => PriorDraws.Of(
            loss, measured.Weights, crossings.Excess, measured.Prior, Math.Max(2, options.Rays), (ulong)options.Seed, threads, progress, cancellation));
        bool followed = !crossings.Rays.IsEmpty;
        return new(
            RayVolume.Gaussian(crossings, measured.Prior),
            RayVolume.Lebesgue(crossings),
            draws,
            followed ? view.During("The quadratic's surface", _ => ReachOf(loss, crossings.Excess, preconditioner)) : null,
            followed ? view.During("Kinks on the way", _ => SwitchedAt(search.PointsOf(crossings, Math.Min(CellRays, options.Rays)), weights)) : null,
            followed ? view.During("Sweep", progress => SweepOf(loss, crossings, preconditioner, progress)) : [],
            loss.Evaluations,
            Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private RaySampling SamplingOf(int rays) => new(rays, (ulong)options.Seed) { Tolerance = options.Tolerance, InteriorLooks = InteriorLooks };

    /// <summary>The median radius of a few rays, near which nearly all radii lie in many dimensions; 1 if there is none.</summary>
    private double Pilot(RaySearch search)
    {
        double[] radii = [.. search.Cross(measured.Threshold, progress: null, cancellation).Rays.Where(ray => ray.Outcome == RayOutcome.Reached).Select(ray => ray.Radius).Order()];
        return radii.Length == 0 ? 1 : radii[radii.Length / 2];
    }

    private QuadraticReach ReachOf(CountedLoss loss, double excess, IRayPreconditioner preconditioner)
        => QuadraticReach.Of(loss, measured.Weights, measured.Gradient, measured.Hessian, excess, preconditioner, SamplingOf(Math.Min(SurfaceRays, options.Rays)), threads, cancellation);

    private SwitchedUnits? SwitchedAt(Matrix points, double[] weights)
    {
        double[] start = measured.WeightsOf(measured.Weights, weights);
        if (opened.Switched(start, measured.WeightsOf(points.Values, weights), cancellation) is not { } switched)
            return null;
        return new(switched.Average(units => units.Relus), switched.Average(units => units.MaxPools));
    }

    private ImmutableArray<RayCrossings> SweepOf(CountedLoss loss, RayCrossings crossings, IRayPreconditioner preconditioner, IProgress<double> progress)
    {
        double[] excesses = [.. VolumeSweep.Factors.Select(factor => factor * crossings.Excess)];
        double first = crossings.Rays.Where(ray => ray.Outcome == RayOutcome.Reached).Select(ray => ray.Radius).DefaultIfEmpty(1).Average() * Math.Sqrt(VolumeSweep.Factors[0]);
        var search = new RaySearch(loss, measured.Weights, preconditioner, SamplingOf(Math.Min(SweepRays, options.Rays)) with { InitialRadius = first, InteriorLooks = 0 }, threads);
        return RaySweep.Cross(search, excesses, progress, cancellation);
    }

    /// <summary>
    /// Given that a point of the prior lies in the quadratic basin, it is nearly normal with precision 1/σ² − sH, s the measure's saddle point: rays that are shaped by H − I/(sσ²) meet the
    /// basin where most of its mass is. Where s is not negative the basin holds more than half of the prior, whose own rays are the best; who asks for a shape there gets that of the basin's own
    /// Gaussian times the prior, H + 2ΔT/(nσ²) I, to which the other tends as the basin shrinks.
    /// </summary>
    private IRayPreconditioner PreconditionerOf()
    {
        double? saddlePoint = GaussianMeasure.Of(measured.Model, measured.Threshold, measured.Prior).SaddlePoint;
        double square = measured.Prior.Deviation * measured.Prior.Deviation;
        bool narrow = saddlePoint < 0;
        if (options.Preconditioner == RayShape.Identity || (options.Preconditioner == RayShape.Automatic && !narrow))
            return new IdentityPreconditioner();
        double excess = measured.Threshold.Above(measured.Model.Loss);
        double regularisation = narrow ? -1 / (saddlePoint!.Value * square) : 2 * Math.Abs(excess) / measured.Model.Dimension / square;
        return options.Preconditioner == RayShape.Diagonal
            ? new DiagonalPreconditioner([.. Enumerable.Range(0, measured.Model.Dimension).Select(i => 1 / Math.Sqrt(Math.Abs(measured.Hessian[i, i]) + regularisation))])
            : new InverseRootPreconditioner(measured.Model.Hessian, measured.Eigenvectors, regularisation);
    }
}
