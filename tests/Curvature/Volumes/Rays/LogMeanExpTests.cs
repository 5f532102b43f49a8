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

    [Fact]
    public void An_interval_is_longer_above_and_there_from_thirty_effective_samples_on()
    {
        // Weights 1 and 3 in equal parts: deviation/mean ½, effective size 4/5 N, error √(N/(N − 1) · ¼/N).
        LogMeanExp Half(int count) => LogMeanExp.Of([.. Enumerable.Range(0, count).Select(i => Math.Log(1 + (2 * (i % 2))))]);
        LogMeanExp few = Half(36), enough = Half(40), many = Half(1000);
        Assert.Equal((false, null), (few.IsEstimate, few.Interval));
        Assert.Equal(Math.Log(2) - Math.Log(20), few.LowerBound, 1e-12);
        double error = 0.5 / Math.Sqrt(39);
        Assert.Equal(Math.Log(2) - (2 * error), enough.Interval!.Value.Low!.Value, 1e-12);
        Assert.Equal(Math.Log(2) + (5 * error), enough.Interval.Value.High, 1e-12);
        // 2 + 3 · 100/800 errors above.
        Assert.Equal(Math.Log(2) + (2.375 * 0.5 / Math.Sqrt(999)), many.Interval!.Value.High, 1e-12);
    }
}
