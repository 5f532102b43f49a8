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
        for (int seed = 1; seed <= 20; seed++)
        {
            Models models = Models.Of(200, least: 0, seed, weightDecay: 1e-3);
            var dense = GaussianMeasure.Of(models.Dense, threshold, prior);
            var estimated = EstimatedGaussianMeasure.Of(
                models.Estimated(new(6, 40, (ulong)seed), 0, pairs), threshold, prior, TestContext.Current.CancellationToken);
            Assert.True(estimated.Status == VolumeStatus.Defined, estimated.Reason);
            LogInterval interval = estimated.Interval!.Value;
            inside += dense.LogValue >= (interval.Low ?? double.NegativeInfinity) && dense.LogValue <= interval.High ? 1 : 0;
            Assert.InRange(estimated.LogValue!.Value, interval.Low!.Value, interval.High);
            Console.WriteLine($"{centre} {excess} {pairs}: {dense.LogValue:f4} {estimated.LogValue:f4} in {interval}");
        }

        // Of 20 intervals of 95 %, fewer than 16 hold with a probability of 0.003 (binomial).
        Assert.InRange(inside, 16, 20);
    }
}
