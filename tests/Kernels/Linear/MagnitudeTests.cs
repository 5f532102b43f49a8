using BasinVolume.Kernels.Linear;

namespace BasinVolume.Kernels.Tests.Linear;

public sealed class MagnitudeTests
{
    // Lengths around those of vectors; the largest in every place, with either sign.
    [Fact]
    public void The_largest_magnitude_is_found_wherever_it_stands()
    {
        Assert.Equal(0, Magnitude.Largest([]));
        for (int length = 1; length <= 19; length++)
        {
            for (int place = 0; place < length; place++)
            {
                double[] values = [.. Enumerable.Range(0, length).Select(i => 0.01 * (i - 7))];
                values[place] = place % 2 == 0 ? -3e-300 : 4e300;
                double expected = values.Max(Math.Abs);
                Assert.Equal(expected, Magnitude.Largest(values));
            }
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void An_element_that_is_not_finite_is_told_wherever_it_stands(double value)
    {
        for (int place = 0; place < 19; place++)
        {
            var values = new double[19];
            values[place] = value;
            values[18 - place] = place == 9 ? value : double.MaxValue;
            Assert.False(double.IsFinite(Magnitude.Largest(values)));
        }
    }
}
