using BasinVolume.Kernels.Linear;

namespace BasinVolume.Kernels.Tests.Linear;

public class SymmetricRowsTests
{
    private const int Order = 32;
    private const int Stride = 40;

    // Integers, so that every order of summation gives the same sums.
    private readonly double[] _vector = [.. Enumerable.Range(0, Order).Select(i => (double)((i * 7 % 11) - 5))];

    [Fact]
    public void Squares_and_rows_together_are_the_product_with_the_whole_matrix()
    {
        double[] upper = Upper(double.NaN), product = [.. Enumerable.Repeat(1.0, Order)];
        for (int row = 0; row < Order; row += SymmetricRows.Count)
        {
            SymmetricRows.AddSquare(upper, Stride, row, _vector, product);
            SymmetricRows.AddEight(upper, Stride, row, row + SymmetricRows.Count, _vector, product);
        }

        double[] expected = [.. Enumerable.Range(0, Order).Select(i => 1 + Enumerable.Range(0, Order).Sum(j => Element(i, j) * _vector[j]))];
        Assert.Equal(expected, product);
    }

    [Theory]
    [InlineData(-1, 8, 32)]
    [InlineData(8, 15, 32)] // columns that begin among the rows
    [InlineData(24, 32, 31)] // a shorter vector to add to
    [InlineData(40, 48, 32)] // rows behind the last one
    public void Rows_outside_the_matrix_are_refused(int row, int first, int length) =>
        Assert.Throws<ArgumentException>(() => SymmetricRows.AddEight(Upper(0), Stride, row, first, _vector, new double[length]));

    private static double Element(int i, int j) => ((i * i) + (j * j) + (3 * i * j)) % 17;

    private static double[] Upper(double left)
    {
        double[] values = new double[Order * Stride];
        for (int i = 0; i < Order; i++)
        {
            for (int j = 0; j < Order; j++)
                values[(i * Stride) + j] = j >= i ? Element(i, j) : left;
        }

        return values;
    }
}
