using BasinVolume.Kernels.Linear;

namespace BasinVolume.Kernels.Tests.Linear;

public class RowProductsTests
{
    [Fact]
    public void Two_rows_have_the_same_product_whichever_are_with_them()
    {
        var random = new Random(1);
        for (int length = 0; length <= 40; length++)
        {
            double[][] rows = [.. Enumerable.Range(0, 6).Select(_ => Enumerable.Range(0, length).Select(_ => random.NextDouble() - 0.5).ToArray())];
            (RowProducts.Sums withX, RowProducts.Sums withY) = RowProducts.FourWithTwo(rows[0], rows[1], rows[2], rows[3], rows[4], rows[5]);
            Assert.Equal(withX, RowProducts.FourWithOne(rows[0], rows[2], rows[3], rows[4], rows[5]));
            Assert.Equal(withY.C, RowProducts.OneWithOne(rows[1], rows[4]));
            Assert.Equal(withX.D, RowProducts.OneWithOne(rows[5], rows[0]));
        }
    }

    // Small integers have exact products and sums. Lengths around those of vectors of every width; what stands behind the first one's end is no term.
    [Fact]
    public void Four_rows_are_summed_with_both_others()
    {
        for (int length = 0; length <= 20; length++)
        {
            double[][] rows = [.. Enumerable.Range(0, 6).Select(row => Drawn(length + (row == 0 ? 0 : 1), row))];
            (RowProducts.Sums withX, RowProducts.Sums withY) = RowProducts.FourWithTwo(rows[0], rows[1], rows[2], rows[3], rows[4], rows[5]);
            Assert.Equal(new(Sum(2, 0), Sum(3, 0), Sum(4, 0), Sum(5, 0)), withX);
            Assert.Equal(new(Sum(2, 1), Sum(3, 1), Sum(4, 1), Sum(5, 1)), withY);

            double Sum(int row, int other) => Enumerable.Range(0, length).Sum(i => rows[row][i] * rows[other][i]);
        }
    }

    [Fact]
    public void A_row_that_is_too_short_is_refused()
    {
        double[] four = new double[4], three = new double[3];
        Assert.Throws<ArgumentOutOfRangeException>(() => RowProducts.FourWithTwo(four, three, four, four, four, four));
        Assert.Throws<ArgumentOutOfRangeException>(() => RowProducts.FourWithTwo(four, four, four, four, four, three));
        Assert.Throws<ArgumentOutOfRangeException>(() => RowProducts.FourWithOne(four, four, three, four, four));
        Assert.Throws<ArgumentOutOfRangeException>(() => RowProducts.OneWithOne(four, three));
    }

    private static double[] Drawn(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (double)random.Next(-9, 10))];
    }
}
