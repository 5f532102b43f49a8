using BasinVolume.Curvature.Volumes.Gaussian;

namespace BasinVolume.Curvature.Tests.Volumes.Gaussian;

public class NormalTailTests
{
    // Values from mpmath at 50 digits: log(ncdf(x)).
    [Theory]
    [InlineData(0, -0.69314718055994531)]
    [InlineData(1, -0.17275377902344989)]
    [InlineData(-1, -1.8410216450092635)]
    [InlineData(-3.999, -10.355876356043406)]
    [InlineData(-4.001, -10.364327570338337)]
    [InlineData(-10, -53.231285150512471)]
    [InlineData(-100, -5005.5242086942051)]
    [InlineData(8, -6.220960574271786e-16)]
    [InlineData(-1e5, -5000000012.431864)]
    public void The_logarithm_of_the_distribution_reaches_far_into_the_tail(double x, double expected)
        => Assert.Equal(1, NormalTail.LogCdf(x) / expected, 4e-15);

    [Fact]
    public void The_deficit_of_Mills_ratio_keeps_its_digits()
    {
        // 1/t − m(t) = t⁻³ − 3 t⁻⁵ + 15 t⁻⁷ − …; plain subtraction at t = 10⁴ would keep 8 digits.
        Assert.Equal(1, NormalTail.MillsDeficit(1e4) / (1e-12 * (1 - 3e-8 + 15e-16)), 1e-15);
        foreach (double t in new[] { 0.5, 3.99, 4.01, 7 })
            Assert.Equal((1 / t) - NormalTail.MillsRatio(t), NormalTail.MillsDeficit(t), 1e-15);
    }
}
