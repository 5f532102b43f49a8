using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.Estimates;

namespace BasinVolume.Curvature.Tests.Densities;

public sealed class BaiGolubBoundsTests
{
    [Fact]
    public void The_bounds_of_one_two_three_four_enclose_the_logarithm_of_24_within_ten_percent()
    {
        // log det diag(1, 2, 3, 4) = ln 24 = 3.178; trace 10, squares 30; bounds 0.9 and 4.1 as in matfree's test of the same formula.
        Interval bounds = BaiGolubBounds.Of(4, 10, 30, new(0.9, 4.1), 0).Bounds!.Value;
        Assert.InRange(Math.Log(24), bounds.Low, bounds.High);
        Assert.InRange(bounds.Low, 0.9 * Math.Log(24), Math.Log(24));
        Assert.InRange(bounds.High, Math.Log(24), 1.1 * Math.Log(24));
    }

    [Fact]
    public void Random_spectra_lie_within_the_bounds_and_those_of_intervals_hold_every_moment_in_them()
    {
        var random = new Random(1);
        for (int repetition = 0; repetition < 200; repetition++)
        {
            double[] spectrum = [.. Enumerable.Range(0, 2 + random.Next(30)).Select(_ => Math.Pow(10, (3 * random.NextDouble()) - 2) - 0.005)];
            double shift = random.NextDouble();
            double exact = spectrum.Sum(x => Math.Log(x + shift)), trace = spectrum.Sum(), square = spectrum.Sum(x => x * x);
            var ends = new Interval(spectrum.Min(), spectrum.Max());
            Interval known = BaiGolubBounds.Of(spectrum.Length, trace, square, ends, shift).Bounds!.Value;
            Interval uncertain = BaiGolubBounds.Of(
                spectrum.Length, new Interval(0.98 * trace, 1.03 * trace), new Interval(0.95 * square, 1.02 * square), ends, shift).Bounds!.Value;
            double rounding = 1e-12 * spectrum.Length;
            Assert.InRange(exact, known.Low - rounding, known.High + rounding);
            // Moments of other spectra within the intervals.
            for (int i = 0; i < 20; i++)
            {
                double first = (0.98 + (0.05 * random.NextDouble())) * trace, second = (0.95 + (0.07 * random.NextDouble())) * square;
                if (BaiGolubBounds.Of(spectrum.Length, first, second, ends, shift).Bounds is not { } inner)
                    continue;
                Assert.InRange(inner.High, double.NegativeInfinity, uncertain.High + rounding);
                Assert.InRange(inner.Low, uncertain.Low - rounding, double.PositiveInfinity);
            }
        }
    }

    [Fact]
    public void A_multiple_of_the_identity_leaves_nothing_open()
    {
        Interval bounds = BaiGolubBounds.Of(5, 10, 20, new(0, 4), 1).Bounds!.Value;
        Assert.Equal(5 * Math.Log(3), bounds.Low, 1e-14);
        Assert.Equal(5 * Math.Log(3), bounds.High, 1e-14);
    }

    [Fact]
    public void What_is_not_positive_definite_or_not_of_one_matrix_is_explained()
    {
        Assert.Contains("may not be positive definite", BaiGolubBounds.Of(3, 1, 5, new(-1, 2), 0.5).Reason, StringComparison.Ordinal);
        Assert.Contains("give moments and bounds of one matrix", BaiGolubBounds.Of(3, 10, 50, new(0, 2), 0.5).Reason, StringComparison.Ordinal);
        Assert.Null(BaiGolubBounds.Of(3, 10, 50, new(0, 2), 0.5).Bounds);
    }
}
