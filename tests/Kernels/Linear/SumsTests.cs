using BasinVolume.Kernels.Linear;

namespace BasinVolume.Kernels.Tests.Linear;

public class SumsTests
{
    [Fact]
    public void What_additions_round_away_is_not_lost()
    {
        Assert.Equal(2, CompensatedSum.Of([1, 1e100, 1, -1e100]));
        Assert.Equal(2, CompensatedSum.Of([1, 1e100, 1, -1e100], x => x));
        Assert.Equal(14, CompensatedSum.OfSquares([1, -2, 3]));
        Assert.Equal(6, CompensatedSum.Of(4, i => i));
        Assert.Equal(0, CompensatedSum.Of([]));
    }

    [Fact]
    public void An_infinite_sum_stays_infinite() => Assert.Equal(double.PositiveInfinity, CompensatedSum.Of([1, double.PositiveInfinity, 1]));

    [Fact]
    public void Norms_survive_squares_that_are_no_doubles()
    {
        foreach (double size in (double[])[1, 1e300, 1e-300])
        {
            Assert.Equal(5 * size, EuclideanNorm.Of([3 * size, -4 * size]), 1e-15 * size);
            Assert.Equal(5 * size, EuclideanNorm.InOrder([3 * size, -4 * size]), 1e-15 * size);
            Assert.Equal(5 * size, EuclideanNorm.OfDifference([4 * size, -4 * size], [size, 0]), 1e-15 * size);
        }

        Assert.Equal(5, EuclideanNorm.Plain([3, -4]));
        Assert.Equal(0, EuclideanNorm.Of([]));
        Assert.Equal(0, EuclideanNorm.InOrder([0, 0]));
        Assert.Equal(double.PositiveInfinity, EuclideanNorm.InOrder([1, double.NegativeInfinity]));
    }
}
