using BasinVolume.Curvature.Volumes;
using CsCheck;

namespace BasinVolume.Curvature.Tests.Volumes;

public class UnitBallTests
{
    [Theory]
    // log(π^k/k!) for n = 2k and log(2 k! (4π)^k/n!) for n = 2k + 1, in decimal arithmetic of 50 digits, to 17; the last by the series of lnΓ.
    [InlineData(1, 0.69314718055994531)] // the interval of length 2
    [InlineData(2, 1.1447298858494002)] // log π
    [InlineData(3, 1.4324119583011812)] // log 4π/3
    [InlineData(5, 1.6608511122764262)] // log 8π²/15, the largest of all
    [InlineData(10, 0.93615768646495488)]
    [InlineData(100, -91.241272659303023)]
    [InlineData(1000, -2038.9655155354560)]
    [InlineData(1710, -3942.7422902732484)]
    [InlineData(10_000, -31867.494079629766)]
    [InlineData(100_000, -433758.74875738623)]
    [InlineData(1_000_000, -5488824.22589785)]
    public void Known_volumes(int dimension, double expected) =>
        Assert.Equal(expected, UnitBall.LogVolume(dimension), 1e-13 * Math.Max(1, Math.Abs(expected)));

    [Fact]
    public void The_ball_of_dimension_0_is_a_point_of_volume_1() => Assert.Equal(0, UnitBall.LogVolume(0), 1e-14);

    [Fact]
    public void Two_dimensions_more_are_a_factor_of_2_pi_over_n() =>
        Gen.Int[2, 1_000_000].Sample(n =>
        {
            double expected = UnitBall.LogVolume(n - 2) + Math.Log(2 * Math.PI / n);
            Assert.Equal(expected, UnitBall.LogVolume(n), 1e-13 * Math.Max(1, Math.Abs(expected)));
        });

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(1710)] // 9.75e-5
    public void Stirlings_form_lies_above_by_its_first_terms(int dimension)
    {
        // With z = n/2 the series of lnΓ(z + 1) goes on with 1/(12z) − 1/(360z³) + 1/(1260z⁵) − 1/(1680z⁷) + …;
        // what is left out is less than the last of these.
        double z = dimension / 2.0;
        double exact = UnitBall.LogVolume(dimension);
        double expected = (1 / (12 * z)) - (1 / (360 * Math.Pow(z, 3))) + (1 / (1260 * Math.Pow(z, 5)));
        double rounding = 4 * Spectrum.DoubleRoundoff * Math.Max(1, Math.Abs(exact));
        Assert.Equal(expected, UnitBall.LogVolumeStirling(dimension) - exact, (1 / (1680 * Math.Pow(z, 7))) + rounding);
    }

    [Fact]
    public void Dimensions_without_a_ball_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => UnitBall.LogVolume(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => UnitBall.LogVolumeStirling(0));
    }
}
