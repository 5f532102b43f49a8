using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Tests.Volumes.Rays;

public class RaySweepTests
{
    private static readonly double[] Excesses = [1e-6, 1e-4, 1e-2, 1];

    [Fact]
    public void A_regular_minimum_has_slope_n_over_2()
    {
        var points = Sweep(LossOf.Diagonal(1, 3, 9), Excesses, RayVolume.Lebesgue);
        Assert.Equal(Excesses, points.Select(point => point.Excess));
        // Common rays: no noise at all, although each volume has some.
        Assert.All(points, point => Assert.Equal(1.5, point.Slope!.Value, 1e-9));
        Assert.True(points[0].Volume.StandardError > 0.01);
    }

    [Fact]
    public void A_quartic_valley_has_the_slope_of_its_powers()
    {
        // x⁴ + y² ≤ ΔT scales as ΔT^(1/4 + 1/2); rays see the whole star-shaped region.
        var points = Sweep(new LossOf(2, t => Math.Pow(t[0], 4) + (t[1] * t[1])), [0.25, 0.5, 1], RayVolume.Lebesgue);
        Assert.Equal(0.75, points[1].Slope!.Value, 0.02);
    }

    [Fact]
    public void Under_a_prior_the_slope_flattens_where_the_prior_ends()
    {
        var prior = new GaussianPrior(PriorCentre.Origin, 1);
        var points = Sweep(LossOf.Diagonal(1, 1), [1e-3, 2e-3, 50, 100], crossings => RayVolume.Gaussian(crossings, prior));
        // P = 1 − exp(−ΔT) in two dimensions.
        Assert.Equal(1, points[0].Slope!.Value, 2e-3);
        Assert.Equal(0, points[3].Slope!.Value, 1e-12);
        Assert.Equal(Math.Log(1 - Math.Exp(-2e-3)), points[1].Volume.LogValue!.Value, 1e-9);
    }

    [Fact]
    public void A_threshold_without_volume_has_no_slope_beside_it()
    {
        // Never above 1: the last threshold is not reached.
        var points = Sweep(new LossOf(1, t => t[0] * t[0] / (1 + (t[0] * t[0]))), [0.1, 0.2, 2], RayVolume.Lebesgue);
        Assert.Equal([true, false, false], points.Select(point => point.Slope is not null));
        Assert.Equal(VolumeStatus.Unbounded, points[2].Volume.Status);
    }

    [Fact]
    public void Thresholds_must_rise()
    {
        RaySearch search = Search(LossOf.Diagonal(1));
        RayCrossings start = search.Cross(BasinThreshold.Excess(1), progress: null, TestContext.Current.CancellationToken);
        foreach (double[] wrong in new double[][] { [1], [1, 1], [0, 1], [2, 1], [1, double.NaN] })
            Assert.Throws<VolumeParameterException>(() => RaySweep.Cross(_ => search, start, wrong, progress: null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Each_threshold_begins_at_the_crossings_known()
    {
        LossOf loss = LossOf.Diagonal(1, 3, 9);
        Cross(loss, Excesses);
        // On a parabola the first evaluation is the crossing itself: one more on its other side, or two, and four evaluations inside;
        // the first threshold takes up to ten doublings or halvings.
        Assert.InRange(loss.Evaluations, 300, 4 + (300 * (17 + (3 * 7))));
    }

    private static System.Collections.Immutable.ImmutableArray<RaySweepPoint> Sweep(LossOf loss, double[] excesses, Func<RayCrossings, RayVolume> definition) =>
        RaySweep.Of(Cross(loss, excesses), definition);

    private static System.Collections.Immutable.ImmutableArray<RayCrossings> Cross(LossOf loss, double[] excesses)
    {
        RaySearch search = Search(loss);
        RayCrossings start = search.Cross(BasinThreshold.Excess(excesses[0]), progress: null, TestContext.Current.CancellationToken);
        return RaySweep.Cross(_ => search, start, excesses, progress: null, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Shapes_that_follow_the_threshold_keep_the_volume_in_parameter_units()
    {
        // Sixty curvatures over four decades. A wide basin leaves the flat directions to the prior, a narrow one ends them:
        // rays that are tilted for the wide one miss what is long in the narrow one.
        const int n = 60;
        double[] h = [.. Enumerable.Range(0, n).Select(i => Math.Pow(10, -2 + (4 * i / (n - 1.0))))];
        Matrix vectors = SymmetricMatrices.Of(n, (i, j) => i == j ? 1 : 0);
        var model = QuadraticModel.AtMinimum(0, new Spectrum(h, Spectrum.DoubleRoundoff));
        var prior = new GaussianPrior(PriorCentre.Weights, 10);
        LossOf loss = LossOf.Diagonal(h);
        RaySearch For(BasinThreshold threshold) => new(
            loss,
            new double[n],
            TiltedPreconditioner.Of(model, new(model.Hessian.Eigenvalues, 0, vectors), threshold, prior),
            new RaySampling(300, seed: 8) { Tolerance = 1e-3, InteriorEvaluations = 0 },
            SymmetricMatrices.Threads);
        double[] excesses = [0.02, 2, 2000];
        RayCrossings start = For(BasinThreshold.Excess(2000)).Cross(BasinThreshold.Excess(2000), progress: null, TestContext.Current.CancellationToken);
        var crossings = RaySweep.Cross(For, start, excesses, progress: null, TestContext.Current.CancellationToken);
        for (int i = 0; i < excesses.Length; i++)
        {
            double exact = QuadraticVolume.AroundWeights(model, BasinThreshold.Excess(excesses[i]), shift: 0).LogVolume!.Value;
            RayVolume lebesgue = RayVolume.Lebesgue(crossings[i]);
            if (lebesgue.Interval is { } interval)
                Assert.InRange(exact, interval.Low!.Value, interval.High);
            else
                Assert.True(lebesgue.LowerBound <= exact, "a bound is below what it bounds");
        }

        RayVolume reused = RayVolume.Lebesgue(
                For(BasinThreshold.Excess(2000)).CrossNear(start, BasinThreshold.Excess(0.02), TestContext.Current.CancellationToken)),
            narrow = RayVolume.Lebesgue(crossings[0]);
        Assert.True(
            narrow.EffectiveSampleSize > 5 * reused.EffectiveSampleSize,
            $"{narrow.EffectiveSampleSize} of rays for the threshold, {reused.EffectiveSampleSize} of others");
        Assert.Equal(VolumeStatus.Unresolved, reused.Status);
        Assert.Equal(VolumeStatus.Defined, narrow.Status);
    }

    private static RaySearch Search(LossOf loss) =>
        new(loss, new double[loss.ParameterCount], new IdentityPreconditioner(), new RaySampling(300, seed: 8), SymmetricMatrices.Threads);
}
