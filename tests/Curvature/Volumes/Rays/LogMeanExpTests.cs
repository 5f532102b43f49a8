using BasinVolume.Curvature.Volumes.Rays;

namespace BasinVolume.Curvature.Tests.Volumes.Rays;

public class LogMeanExpTests
{
    [Fact]
    public void Weights_1_2_and_3_have_these_moments()
    {
        // Mean 2; (Σw)²/Σw² = 36/14; deviation 1, so the relative error is 1/(2√3). At −5000 nats nothing underflows.
        var mean = LogMeanExp.Of([.. new double[] { 1, 2, 3 }.Select(w => Math.Log(w) - 5000)]);
        Assert.Equal(Math.Log(2) - 5000, mean.LogMean, 1e-11);
        Assert.Equal(36.0 / 14, mean.EffectiveSampleSize, 1e-11);
        Assert.Equal(1 / (2 * Math.Sqrt(3)), mean.StandardError!.Value, 1e-11);
    }

    [Fact]
    public void Equal_samples_have_no_error_and_one_sample_has_none_to_tell()
    {
        var equal = LogMeanExp.Of([.. Enumerable.Repeat(7.0, 10)]);
        Assert.Equal((7, 10), (equal.LogMean, Math.Round(equal.EffectiveSampleSize, 12)));
        Assert.Equal(0, equal.StandardError!.Value, 1e-7);
        Assert.Null(LogMeanExp.Of([3]).StandardError);
    }
}
