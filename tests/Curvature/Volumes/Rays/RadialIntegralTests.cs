using BasinVolume.Curvature.Volumes.Rays;
using MathNet.Numerics;

namespace BasinVolume.Curvature.Tests.Volumes.Rays;

public class RadialIntegralTests
{
    [Theory]
    [InlineData(1, 0.01)]
    [InlineData(1, 50)]
    [InlineData(2, 1.5)]
    [InlineData(3, 0.2)]
    [InlineData(10, 3)]
    [InlineData(100, 2)]
    [InlineData(100, 30)]
    [InlineData(1710, 0.5)] // below −3000 nats
    [InlineData(1710, 41.3)]
    [InlineData(1710, 1000)]
    public void Without_a_slope_it_is_an_incomplete_gamma_function(int n, double end)
    {
        double expected = (((n / 2.0) - 1) * Math.Log(2)) + LogLowerGamma(n / 2.0, end * end / 2);
        Assert.Equal(expected, RadialIntegral.Log(n, end, slope: 0), 1e-12 * Math.Max(1, Math.Abs(expected)));
    }

    [Theory]
    [InlineData(3, 0.7)]
    [InlineData(3, -20)]
    [InlineData(0.5, 20)]
    [InlineData(30, -2)]
    public void In_one_dimension_it_is_a_piece_of_the_normal_distribution(double end, double slope)
    {
        // ∫₀^R exp(−t²/2 − q t) dt = √(π/2) exp(q²/2) (erfc(q/√2) − erfc((q + R)/√2)), mirrored where both arguments are negative, so that no digits cancel.
        (double from, double to) = slope + end < 0 ? (-(slope + end), -slope) : (slope, slope + end);
        double difference = SpecialFunctions.Erfc(from / Math.Sqrt(2)) - SpecialFunctions.Erfc(to / Math.Sqrt(2));
        double expected = (slope * slope / 2) + Math.Log(Math.Sqrt(Math.PI / 2) * difference);
        Assert.Equal(expected, RadialIntegral.Log(1, end, slope), 1e-10);
    }

    [Theory]
    [InlineData(5, 3, 4)]
    [InlineData(5, 3, -4)]
    [InlineData(40, 7, 30)]
    [InlineData(40, 20, -30)]
    public void With_a_slope_it_is_what_a_plain_sum_gives(int n, double end, double slope)
    {
        const int Steps = 200_000;
        double largest = double.NegativeInfinity;
        double[] logs = new double[Steps];
        for (int i = 0; i < Steps; i++)
        {
            double t = (i + 0.5) * end / Steps;
            logs[i] = ((n - 1) * Math.Log(t)) - (t * t / 2) - (slope * t);
            largest = Math.Max(largest, logs[i]);
        }

        double expected = largest + Math.Log(logs.Sum(x => Math.Exp(x - largest)) * end / Steps);
        Assert.Equal(expected, RadialIntegral.Log(n, end, slope), 1e-7); // the midpoint rule's error
    }

    /// <summary>
    /// log γ(a, x): the series xᵃ e⁻ˣ/a · (1 + x/(a + 1) + x²/((a + 1)(a + 2)) + …), all terms positive, or lnΓ(a) where nothing is left beyond x.
    /// </summary>
    private static double LogLowerGamma(double a, double x)
    {
        if (x > (4 * a) + 200)
            return SpecialFunctions.GammaLn(a);
        double term = 1, sum = 1;
        for (int k = 1; term > 1e-18 * sum; k++)
        {
            term *= x / (a + k);
            sum += term;
        }

        return (a * Math.Log(x)) - x - Math.Log(a) + Math.Log(sum);
    }
}
