using BasinVolume.Curvature.Volumes.Rays;
using CsCheck;

namespace BasinVolume.Curvature.Tests.Volumes.Rays;

public class CrossingSearchTests
{
    private static readonly RaySampling Default = new(rays: 1, seed: 0);

    [Theory]
    [InlineData(1, 1)] // m² = 1
    [InlineData(1e-8, 5)]
    [InlineData(1e9, 1e-3)]
    public void On_a_parabola_three_looks_after_the_doubling_suffice(double curvature, double excess)
    {
        var log = new List<double>();
        CrossingSearch search = Run(m => curvature * m * m, excess, Default with { RadiusLimit = 1e9, InteriorEvaluations = 0 }, log);
        Assert.Equal(RayOutcome.Reached, search.Outcome);
        Assert.Equal(1, search.Radius / Math.Sqrt(excess / curvature), 1e-14);
        Assert.True(search.Monotone);
        int doublings = (int)Math.Ceiling(Math.Abs(Math.Log2(Math.Sqrt(excess / curvature)))) + 2;
        Assert.InRange(log.Count, 2, doublings + 2);
    }

    [Fact]
    public void Any_rising_loss_is_crossed_within_the_tolerance() =>
        Gen.Select(Gen.Double[0.3, 8], Gen.Double[-12, 12], Gen.Double[0.01, 100]).Sample((power, logScale, excess) =>
        {
            double scale = Math.Exp(logScale);
            CrossingSearch search = Run(m => Math.Pow(m / scale, power), excess, Default with { RadiusLimit = 1e30, Tolerance = 1e-4 }, []);
            Assert.Equal(1, search.Radius / (scale * Math.Pow(excess, 1 / power)), 1e-4);
            Assert.True(search.Monotone);
        });

    [Fact]
    public void A_step_is_found_where_it_is()
    {
        CrossingSearch search = Run(m => m < 0.7 ? 0 : 5, 1, Default with { Tolerance = 1e-9 }, []);
        Assert.Equal(0.7, search.Radius, 1e-9);
        // Nor do infinite losses disturb it.
        Assert.Equal(0.7, Run(m => m < 0.7 ? m : double.PositiveInfinity, 1, Default with { Tolerance = 1e-9 }, []).Radius, 1e-9);
    }

    [Fact]
    public void A_bump_inside_is_noticed()
    {
        // Rises to 0.9 at 0.5, falls to 0 at 1, rises again: crosses 1 beyond 1.
        static double Loss(double m) => m < 1 ? 3.6 * m * (1 - m) : 4 * (m - 1);
        CrossingSearch search = Run(Loss, 1, Default, []);
        Assert.Equal(1.25, search.Radius, 1e-6);
        Assert.False(search.Monotone);
        // With the threshold below the bump's top, a search that starts beyond it finds the later crossing, and the evaluations inside tell.
        CrossingSearch over = Run(Loss, 0.5, Default, []);
        Assert.Equal((1.125, false), (Math.Round(over.Radius, 5), over.Monotone));
    }

    [Fact]
    public void Rounding_is_not_taken_for_a_fall()
    {
        // At radius 1 the loss has risen by ½, and at √2, where a parabola would reach 1, by 1e-9 less.
        bool MonotoneAt(double noise)
        {
            var search = new CrossingSearch(1, noise, Default, firstRadius: 1);
            search.Accept(0.5);
            Assert.Equal(Math.Sqrt(2), search.Radius, 1e-6);
            search.Accept(0.5 - 1e-9);
            return search.Monotone;
        }

        Assert.True(MonotoneAt(1e-8));
        Assert.False(MonotoneAt(1e-10));
    }

    [Fact]
    public void A_loss_that_stays_low_ends_at_the_limit()
    {
        CrossingSearch search = Run(m => m / (1 + m), 1, Default with { RadiusLimit = 1000 }, []);
        Assert.Equal((RayOutcome.NeverReached, 1000), (search.Outcome, search.Radius));
    }

    [Theory]
    [InlineData(3)] // while doubling
    [InlineData(0.3)] // in the evaluations inside
    public void A_loss_that_is_no_number_ends_the_search(double from)
    {
        CrossingSearch search = Run(m => m >= from && m < from + 1.2 ? double.NaN : m * m, 100, Default, []);
        Assert.Equal(RayOutcome.NotANumber, search.Outcome);
        Assert.InRange(search.Radius, from, from + 1.2);
    }

    [Fact]
    public void A_loss_that_is_not_a_function_of_the_weights_is_a_fault() =>
        Assert.Throws<InvalidOperationException>(() => Run(_ => 5, 1, Default, []));

    private static CrossingSearch Run(Func<double, double> rise, double excess, RaySampling sampling, List<double> log)
    {
        var search = new CrossingSearch(excess, noise: 1e-14 * excess, sampling, sampling.InitialRadius);
        while (search.Outcome is null)
        {
            log.Add(search.Radius);
            search.Accept(rise(search.Radius));
        }

        return search;
    }
}
