using BasinVolume.Curvature.Volumes;

namespace BasinVolume.Curvature.Tests.Volumes;

public class BasinThresholdTests
{
    [Fact]
    public void A_height_is_compared_with_the_loss_and_a_rise_is_not()
    {
        Assert.Equal(0.5, BasinThreshold.Absolute(2).Above(1.5));
        Assert.Equal(-0.5, BasinThreshold.Absolute(2).Above(2.5));
        Assert.Equal(2, BasinThreshold.Excess(2).Above(1.5));
        Assert.Equal(double.NaN, BasinThreshold.Absolute(2).Above(double.NaN));
    }

    [Fact]
    public void A_rise_becomes_the_height_of_the_rim()
    {
        Assert.Equal(BasinThreshold.Absolute(3.5), BasinThreshold.Excess(2).AsAbsolute(1.5));
        Assert.Equal(BasinThreshold.Absolute(2), BasinThreshold.Absolute(2).AsAbsolute(1.5));
    }

    [Fact]
    public void A_threshold_that_is_not_finite_is_refused() =>
        Assert.Equal(
            "The volume's threshold T is NaN where a finite number is expected: choose another value.",
            Assert.Throws<VolumeParameterException>(() => BasinThreshold.Excess(double.NaN)).Message);
}
