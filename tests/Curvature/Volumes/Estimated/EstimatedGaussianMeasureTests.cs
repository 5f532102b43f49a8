using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Estimated;
using BasinVolume.Curvature.Volumes.Gaussian;

namespace BasinVolume.Curvature.Tests.Volumes.Estimated;

public class EstimatedGaussianMeasureTests
{
    [Theory]
    [InlineData(PriorCentre.Weights, 0.5, 0.05, 0)] // far below the mean
    [InlineData(PriorCentre.Weights, 0.5, 0.05, 8)]
    [InlineData(PriorCentre.Origin, 0.5, 0.3, 8)]
    [InlineData(PriorCentre.Weights, 0.5, 6, 4)] // near the mean
    [InlineData(PriorCentre.Weights, 0.5, 25, 8)] // far above it
    public void It_lies_in_its_interval(PriorCentre centre, double deviation, double excess, int pairs)
    {
        var prior = new GaussianPrior(centre, deviation);
        BasinThreshold threshold = BasinThreshold.Excess(excess);
        int inside = 0;
        for (int seed = 1; seed <= 12; seed++)
        {
            Models models = Models.Of(120, least: 0, seed, weightDecay: 1e-3);
            var dense = GaussianMeasure.Of(models.Dense, threshold, prior);
            var estimated = EstimatedGaussianMeasure.Of(
                models.Estimated(new(5, 25, (ulong)seed), 0, pairs), threshold, prior, TestContext.Current.CancellationToken);
            Assert.True(estimated.Status == VolumeStatus.Defined, estimated.Reason);
            LogInterval interval = estimated.Interval!.Value;
            inside += dense.LogValue >= (interval.Low ?? double.NegativeInfinity) && dense.LogValue <= interval.High ? 1 : 0;
            Assert.InRange(estimated.LogValue!.Value, interval.Low!.Value, interval.High);
        }

        // Of 12 intervals of 95 %, fewer than 9 hold with a probability of 0.002 (binomial).
        Assert.InRange(inside, 9, 12);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(2)]
    [InlineData(9)]
    public void Where_everything_is_known_it_is_that_of_the_matrix(double excess)
    {
        // A saddle in three dimensions, all pairs known, off the stationary point, with a penalty, seen from a prior around 0.
        Models models = new([-0.4, 1, 3], [0.2, 0, -0.3], [0.5, -0.2, 0.1]) { WeightDecay = 0.1 };
        var prior = new GaussianPrior(PriorCentre.Origin, 0.7);
        var dense = GaussianMeasure.Of(models.Dense, BasinThreshold.Excess(excess), prior);
        var estimated = EstimatedGaussianMeasure.Of(
            models.Estimated(new(2, 3), 1, 2, steps: 3), BasinThreshold.Excess(excess), prior, TestContext.Current.CancellationToken);
        Assert.Equal(dense.LogValue!.Value, estimated.LogValue!.Value, 1e-9);
        Assert.InRange(estimated.Interval!.Value.High - estimated.Interval.Value.Low!.Value, 0, 1e-9);
        Assert.Equal(dense.SaddlePoint!.Value, estimated.SaddlePoint!.Value, 1e-9 * Math.Abs(dense.SaddlePoint.Value));
        Assert.Equal(dense.Mean, estimated.Mean!.Value, 1e-12);
        Assert.True(estimated.IsSaddle);
    }

    [Fact]
    public void A_matrix_of_zeros_leaves_the_normal_law_and_what_is_empty_has_words()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var prior = new GaussianPrior(PriorCentre.Weights, 0.5);
        // Q = 3 y₁ + 4 y₂ over N(0, ¼): deviation 2.5, so that Pr(Q ≤ 2.5) = Φ(1) = 0.841344746.
        EstimatedModel slope = new Models([0, 0], [3, 4], [0, 0]).Estimated(new(2, 2));
        Assert.Equal(Math.Log(0.841344746), EstimatedGaussianMeasure.Of(slope, BasinThreshold.Excess(2.5), prior, cancellation).LogValue!.Value, 1e-9);
        EstimatedModel flat = new Models([0, 0], [0, 0], [0, 0]).Estimated(new(2, 2));
        Assert.Equal(0, EstimatedGaussianMeasure.Of(flat, BasinThreshold.Excess(1), prior, cancellation).LogValue);
        Assert.Equal(VolumeStatus.Empty, EstimatedGaussianMeasure.Of(flat, BasinThreshold.Excess(-1), prior, cancellation).Status);
        EstimatedModel bowl = new Models([1, 2], [1, 0], [0, 0]).Estimated(new(2, 2), 1, 1, steps: 2);
        var empty = EstimatedGaussianMeasure.Of(bowl with { WeightDecay = 0.5 }, BasinThreshold.Excess(-0.9), prior, cancellation);
        Assert.Equal(VolumeStatus.Empty, empty.Status);
        Assert.Contains("nowhere is it less than -0.333", empty.Reason, StringComparison.Ordinal);
        Assert.Equal(
            VolumeStatus.Empty, EstimatedGaussianMeasure.Of(bowl with { Loss = double.NaN }, BasinThreshold.Absolute(1), prior, cancellation).Status);
        Assert.Contains(
            "centred at 0",
            EstimatedGaussianMeasure.Of(bowl with { Origin = null }, BasinThreshold.Excess(1), new(PriorCentre.Origin, 1), cancellation).Reason);
    }
}
