using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;
using BasinVolume.Curvature.Volumes.Rays;

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
        foreach (double[] wrong in new double[][] { [1], [1, 1], [0, 1], [2, 1], [1, double.NaN] })
            Assert.Throws<VolumeParameterException>(() => RaySweep.Cross(search, wrong, progress: null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Each_threshold_begins_at_the_crossing_before()
    {
        LossOf loss = LossOf.Diagonal(1, 3, 9);
        RaySweep.Cross(Search(loss), Excesses, progress: null, TestContext.Current.CancellationToken);
        // On a parabola the first look is the crossing itself: one more on its other side, or two, and four looks inside; the first threshold takes up to ten doublings or halvings.
        Assert.InRange(loss.Evaluations, 300, 4 + (300 * (17 + (3 * 7))));
    }

    private static System.Collections.Immutable.ImmutableArray<RaySweepPoint> Sweep(LossOf loss, double[] excesses, Func<RayCrossings, RayVolume> definition) =>
        RaySweep.Of(RaySweep.Cross(Search(loss), excesses, progress: null, TestContext.Current.CancellationToken), definition);

    private static RaySearch Search(LossOf loss) =>
        new(loss, new double[loss.ParameterCount], new IdentityPreconditioner(), new RaySampling(300, seed: 8), SymmetricMatrices.Threads);
}
