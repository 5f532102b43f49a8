using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Tests.Volumes.Rays;

public class RaySearchTests
{
    private static readonly Matrix Hessian = SymmetricMatrices.WithSpectrum([0.1, 0.5, 1, 2, 4, 7, 9], seed: 3);
    private static readonly double[] Minimum = [0.1, -0.2, 0.3, 0.4, -0.5, 0.6, 0.7];

    [Fact]
    public void Batches_and_threads_change_no_bit()
    {
        Eigenpairs pairs = RayExamples.Decompose(Hessian);
        var preconditioner = new InverseRootPreconditioner(pairs, 0.5);
        RayCrossings reference = Run(batch: 1, threads: 1);
        foreach ((int batch, int threads) in new[] { (1, 2), (7, 1), (7, 3), (64, 2), (100, 2) })
            Assert.Equal(reference.Rays, Run(batch, threads).Rays);

        RayCrossings Run(int batch, int threads)
        {
            using var team = new HostThreads(threads);
            LossOf loss = RayExamples.Quadratic(Hessian, Minimum);
            RayCrossings crossings = new RaySearch(loss, Minimum, preconditioner, new RaySampling(40, seed: 9) { BatchSize = batch }, team)
                .Cross(BasinThreshold.Excess(0.3), progress: null, TestContext.Current.CancellationToken);
            Assert.Equal(Math.Min(batch, 40), loss.LargestBatch);
            return crossings;
        }
    }

    [Fact]
    public void More_rays_begin_with_the_same_ones_and_another_seed_has_others()
    {
        RayCrossings few = Cross(new RaySampling(5, seed: 1));
        RayCrossings more = Cross(new RaySampling(12, seed: 1));
        Assert.Equal(few.Rays, more.Rays[..5]);
        Assert.DoesNotContain(Cross(new RaySampling(5, seed: 2)).Rays[0], more.Rays);
    }

    [Fact]
    public void A_share_of_the_rays_is_followed_as_if_all_were()
    {
        RayCrossings all = Cross(new RaySampling(12, seed: 1));
        RayCrossing[] shares = [.. Cross(new RaySampling(5, seed: 1)).Rays, .. Cross(new RaySampling(7, seed: 1) { First = 5 }).Rays];
        Assert.Equal(all.Rays, shares);
        LossOf loss = RayExamples.Quadratic(Hessian, Minimum);
        var search = new RaySearch(loss, Minimum, new IdentityPreconditioner(), new RaySampling(12, seed: 1), SymmetricMatrices.Threads);
        RayCrossings joined = search.Of(BasinThreshold.Excess(0.3), [.. shares], TestContext.Current.CancellationToken);
        Assert.Equal((all.Dimension, all.Loss, all.Excess, all.SquaredWeights), (joined.Dimension, joined.Loss, joined.Excess, joined.SquaredWeights));
        Assert.Equal(search.PointsOf(all, 12).Values, search.PointsOf(joined, 12).Values);
        Assert.Throws<VolumeParameterException>(() => new RaySampling(1, seed: 1) { First = -1 });
    }

    [Fact]
    public void A_crossing_carries_what_a_prior_needs_of_its_ray()
    {
        RayCrossings crossings = Cross(new RaySampling(5, seed: 1));
        Assert.Equal((7, 0.3, "identity"), (crossings.Dimension, crossings.Excess, crossings.Preconditioner));
        Assert.Equal(Minimum.Sum(x => x * x), crossings.SquaredWeights, 1e-14);
        Assert.All(crossings.Rays, ray => Assert.Equal(1, ray.Norm, 1e-14));
        Assert.All(crossings.Rays, ray => Assert.InRange(Math.Abs(ray.Projection), 1e-6, Math.Sqrt(crossings.SquaredWeights)));
        // Between the radii along the flattest and the steepest direction.
        Assert.All(crossings.Rays, ray => Assert.InRange(ray.Radius, Math.Sqrt(0.6 / 9), Math.Sqrt(0.6 / 0.1)));
    }

    [Fact]
    public void A_smooth_loss_takes_few_looks()
    {
        LossOf loss = RayExamples.Quadratic(Hessian, Minimum);
        Cross(loss, new RaySampling(100, seed: 1), progress: null);
        // At most 2 doublings or halvings to enclose the crossing (radii between ¼ and 3½), 3 evaluations to find it, 4 inside it, and one at the weights.
        Assert.InRange(loss.Evaluations, 100, 901);
    }

    [Fact]
    public void Crossings_can_be_taken_up_again_and_are_points_of_the_rim()
    {
        LossOf loss = RayExamples.Quadratic(Hessian, Minimum);
        var search = new RaySearch(loss, Minimum, new DiagonalPreconditioner([1, 2, 1, 3, 1, 2, 1]), new RaySampling(12, seed: 4), SymmetricMatrices.Threads);
        RayCrossings first = search.Cross(BasinThreshold.Excess(0.3), progress: null, TestContext.Current.CancellationToken);
        int before = loss.Evaluations;
        RayCrossings second = search.CrossNear(first, BasinThreshold.Excess(1.2), TestContext.Current.CancellationToken);
        // A parabola: four times the rise at twice the radius, where the first evaluation is.
        Assert.All(first.Rays.Zip(second.Rays), pair => Assert.Equal(2 * pair.First.Radius, pair.Second.Radius, 1e-10));
        Assert.InRange(loss.Evaluations - before, 12, 1 + (12 * (3 + 4)));
        Matrix points = search.PointsOf(second, 12);
        double[] losses = new double[12];
        loss.Evaluate(points.Values, losses, TestContext.Current.CancellationToken);
        Assert.All(losses, value => Assert.Equal(1.2, value, 1e-10));
    }

    [Fact]
    public void Progress_ends_at_1_and_cancellation_is_heard()
    {
        var told = new List<double>();
        Cross(RayExamples.Quadratic(Hessian, Minimum), new RaySampling(10, seed: 1) { BatchSize = 4 }, new Told(told));
        Assert.Equal([0.4, 0.8, 1], told);
        var search = new RaySearch(
            RayExamples.Quadratic(Hessian, Minimum), Minimum, new IdentityPreconditioner(), new RaySampling(10, seed: 1), SymmetricMatrices.Threads);
        Assert.Throws<OperationCanceledException>(() => search.Cross(BasinThreshold.Excess(1), progress: null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Samplings_that_make_no_sense_are_refused()
    {
        Assert.Throws<VolumeParameterException>(() => new RaySampling(0, 1));
        Assert.Throws<VolumeParameterException>(() => new RaySampling(1, 1) { Tolerance = 0 });
        Assert.Throws<VolumeParameterException>(() => new RaySampling(1, 1) { InitialRadius = double.NaN });
        Assert.Throws<VolumeParameterException>(() => new RaySampling(1, 1) { RadiusLimit = -1 });
        Assert.Throws<VolumeParameterException>(() => new RaySampling(1, 1) { InteriorEvaluations = -1 });
        Assert.Throws<VolumeParameterException>(() => new RaySampling(1, 1) { BatchSize = 0 });
        Assert.Throws<MatrixException>(
            () => new RaySearch(LossOf.Diagonal(1, 2), [1], new IdentityPreconditioner(), new RaySampling(1, 1), SymmetricMatrices.Threads));
    }

    private static RayCrossings Cross(RaySampling sampling) => Cross(RayExamples.Quadratic(Hessian, Minimum), sampling, progress: null);

    private static RayCrossings Cross(LossOf loss, RaySampling sampling, IProgress<double>? progress) =>
        new RaySearch(loss, Minimum, new IdentityPreconditioner(), sampling, SymmetricMatrices.Threads).Cross(
            BasinThreshold.Excess(0.3), progress, TestContext.Current.CancellationToken);

    private sealed class Told(List<double> values) : IProgress<double>
    {
        public void Report(double value) => values.Add(value);
    }
}
