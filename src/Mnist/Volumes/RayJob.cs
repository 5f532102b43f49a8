using System.Diagnostics;
using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Devices;
using BasinVolume.Kernels.Host;
using BasinVolume.Mnist.Curvatures;
using BasinVolume.Mnist.Data;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Results;

namespace BasinVolume.Mnist.Volumes;

/// <summary>The true loss of a run's model along rays.</summary>
/// <param name="options">What is asked, checked.</param>
/// <param name="source">The model.</param>
/// <param name="setting">The constants.</param>
/// <param name="view">Who watches.</param>
/// <param name="cancellation">Stops at the next evaluation.</param>
internal sealed class RayJob(VolumeOptions options, VolumeSource source, VolumeSetting setting, IRunView view, CancellationToken cancellation)
{
    // Enough rays to know the usual radius, from which the search of all rays starts.
    private const int PilotRays = 8;

    // Half-way to the crossing a loss that falls is mostly seen; more looks cost as much as the search.
    private const int InteriorLooks = 1;

    // The share of points on the quadratic's surface that lie inside the true basin is known to 0.1 from so many.
    private const int SurfaceRays = 64;

    // The loss that was saved and that of the same data differ by rounding alone; another data set is far beyond.
    private const double SameLoss = 1e-4;

    /// <summary>Follows the rays.</summary>
    /// <param name="network">The model's network.</param>
    /// <param name="model">Its quadratic model, an added penalty included.</param>
    /// <param name="eigenvectors">V, column i for eigenvalue i.</param>
    /// <param name="threads">The team of the host.</param>
    /// <exception cref="DataException">The images are not those of the run.</exception>
    public RayResult Run(Network network, QuadraticModel model, Matrix eigenvectors, HostThreads threads)
        => source.Precision == Precision.Float32 ? Run<float>(network, model, eigenvectors, threads) : Run<double>(network, model, eigenvectors, threads);

    private RayResult Run<T>(Network network, QuadraticModel model, Matrix eigenvectors, HostThreads threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long start = Stopwatch.GetTimestamp();
        SavedModel saved = source.Model!;
        Dataset training = view.During("Reading images", _ => MnistFiles.Load(options.Rays.DataFolder)).Training;
        ModelCatalog.CheckFits(network, training);
        int[] indices = Subset.Read(saved.IndicesFile, training.Count);
        var samples = new DatasetSamples(training, indices, SampleWeights.Of(saved.Weighting, indices.Length, saved.BatchSize));
        using Device device = DeviceCatalog.Open(options.Rays.Device, options.Threads);
        using var plan = new Plan<T>(network, device, PlanBudget.ForManyVectors<T>(network, device.Description, device.Description.MemoryBytes / 2));
        var loss = new CountedLoss(new NetworkLoss<T>(plan, samples, source.WeightDecay + setting.AddedDecay));
        double[] weights = [.. source.Weights!.Value];
        CheckLoss(loss, weights, model.Loss);

        double excess = setting.Threshold.Above(model.Loss);
        IRayPreconditioner preconditioner = PreconditionerOf(model, eigenvectors);
        RaySampling sampling = SamplingOf(options.Rays.Rays);
        double radius = Pilot(new RaySearch(loss, weights, preconditioner, SamplingOf(PilotRays), threads));
        var search = new RaySearch(loss, weights, preconditioner, sampling with { InitialRadius = radius }, threads);
        RayCrossings crossings = view.During("Rays", progress => search.Cross(setting.Threshold, progress, cancellation));
        QuadraticReach? reach = crossings.Rays.IsEmpty
            ? null
            : view.During("The quadratic's surface", _ => QuadraticReach.Of(
                loss, weights, GradientOf(weights), HessianOf(), excess, preconditioner, SamplingOf(Math.Min(SurfaceRays, options.Rays.Rays)), threads, cancellation));
        return new(RayVolume.Gaussian(crossings, setting.Prior), RayVolume.Lebesgue(crossings), reach, loss.Evaluations, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private RaySampling SamplingOf(int rays) => new(rays, (ulong)options.Rays.Seed) { Tolerance = options.Rays.Tolerance, InteriorLooks = InteriorLooks };

    /// <summary>The median radius of a few rays, near which nearly all radii lie in many dimensions; 1 if there is none.</summary>
    private double Pilot(RaySearch search)
    {
        double[] radii = [.. search.Cross(setting.Threshold, progress: null, cancellation).Rays.Where(ray => ray.Outcome == RayOutcome.Reached).Select(ray => ray.Radius).Order()];
        return radii.Length == 0 ? 1 : radii[radii.Length / 2];
    }

    private void CheckLoss(CountedLoss loss, double[] weights, double expected)
    {
        double[] found = new double[1];
        loss.Evaluate(weights, found, cancellation);
        if (!(Math.Abs(found[0] - expected) <= SameLoss * Math.Abs(expected)))
            throw new DataException(FormattableString.Invariant($"The loss of {source.Name} on the images of {options.Rays.DataFolder} is {found[0]} where the run has {expected}; give the run's images with --data, or take --rays 0."));
    }

    /// <summary>
    /// Given that a point of the prior lies in the quadratic basin, it is nearly normal with precision 1/σ² − sH, s the measure's saddle point: rays that are shaped by H − I/(sσ²) meet the
    /// basin where most of its mass is. Where s is not negative the basin holds more than half of the prior, whose own rays are the best.
    /// </summary>
    private IRayPreconditioner PreconditionerOf(QuadraticModel model, Matrix eigenvectors)
    {
        double sigma = setting.Prior.Deviation;
        if (options.Rays.Preconditioner == RayShape.Identity || GaussianMeasure.Of(model, setting.Threshold, setting.Prior).SaddlePoint is not { } s || s >= 0)
            return new IdentityPreconditioner();
        double regularisation = -1 / (s * sigma * sigma);
        return options.Rays.Preconditioner == RayShape.Hessian
            ? new InverseRootPreconditioner(model.Hessian, eigenvectors, regularisation)
            : new DiagonalPreconditioner([.. Enumerable.Range(0, model.Dimension).Select(i => 1 / Math.Sqrt(Math.Abs(source.Hessian[i, i] + setting.AddedDecay) + regularisation))]);
    }

    private double[] GradientOf(double[] weights) => [.. source.Gradient!.Value.Zip(weights, (g, t) => g + (setting.AddedDecay * t))];

    private Matrix HessianOf()
    {
        if (setting.AddedDecay == 0)
            return source.Hessian;
        Matrix hessian = new(source.Hessian.Rows, source.Hessian.Columns, [.. source.Hessian.Values]);
        for (int i = 0; i < hessian.Rows; i++)
            hessian[i, i] += setting.AddedDecay;
        return hessian;
    }
}
