using BasinVolume.Data.Subsets;

namespace BasinVolume.Data.Tests.Subsets;

public class SampleWeightsTests
{
    [Fact]
    public void A_ragged_last_batch_weighs_more_in_batch_means_and_the_same_in_the_mean_over_samples()
    {
        // Three samples in batches of two: batch means are ((a + b)/2 + c)/2.
        Assert.Equal([0.25, 0.25, 0.5], SampleWeights.Of(Weighting.BatchMean, 3, 2));
        Assert.Equal([1.0 / 3, 1.0 / 3, 1.0 / 3], SampleWeights.Of(Weighting.SampleMean, 3, 2));
    }

    [Fact]
    public void The_notebooks_last_28_samples_weigh_64_28ths()
    {
        double[] weights = SampleWeights.Of(Weighting.BatchMean, 1500, 64);
        Assert.Equal(64.0 / 28, weights[^1] / weights[0], 1e-12);
        Assert.Equal(weights[^28], weights[^1]);
        Assert.Equal(weights[^29], weights[0]);
        Assert.Equal(1, weights.Sum(), 1e-12);
    }
}
