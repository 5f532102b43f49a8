using BasinVolume.Curvature.Dense;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;
using CsCheck;

namespace BasinVolume.Curvature.Tests.Dense;

public class CholeskyTests
{
    [Fact]
    public void A_matrix_of_order_0_has_log_determinant_0() => Assert.Equal(0, Factor(new Matrix(0, 0)).LogDeterminant);

    [Fact]
    public void A_factor_worked_out_by_hand()
    {
        // [[4, 2, 6], [2, 10, 9], [6, 9, 19]] = L Lᵀ with L = [[2, 0, 0], [1, 3, 0], [3, 2, √6]]; determinant 4 · 9 · 6.
        CholeskyFactor factor = Factor(new Matrix(3, 3, [4, 2, 6, 2, 10, 9, 6, 9, 19]));
        Assert.Equal([2, 0, 0, 1, 3, 0, 3, 2, Math.Sqrt(6)], factor.Lower.Values);
        Assert.Equal(Math.Log(216), factor.LogDeterminant, 1e-14);
    }

    [Fact]
    public void A_shift_is_added_to_the_diagonal()
    {
        // The same matrix, less 3 I.
        using var threads = new HostThreads(1);
        CholeskyResult shifted = Cholesky.FactorShifted(new Matrix(3, 3, [1, 2, 6, 2, 7, 9, 6, 9, 16]), 3, threads);
        Assert.Equal([2, 0, 0, 1, 3, 0, 3, 2, Math.Sqrt(6)], Assert.IsType<CholeskyFactor>(shifted).Lower.Values);
    }

    [Fact]
    public void The_inverse_norm_is_that_of_the_whitened_vector()
    {
        // The same L; L y = (2, 7, 15 + √6) has y = (1, 2, (8 + √6)/√6), and |y|² = xᵀA⁻¹x.
        CholeskyFactor factor = Factor(new Matrix(3, 3, [4, 2, 6, 2, 10, 9, 6, 9, 19]));
        double last = (8 + Math.Sqrt(6)) / Math.Sqrt(6);
        Assert.Equal(Math.Sqrt(5 + (last * last)), factor.InverseNorm([2, 7, 15 + Math.Sqrt(6)]), 1e-14);
        Assert.Throws<ArgumentException>(() => factor.InverseNorm([1, 2]));
    }

    [Fact]
    public void Hilberts_matrix_of_order_5_has_its_determinant() =>
        // det H_5 = 1/266716800000 (the sequence of inverse Hilbert determinants, A005249). Its condition is 4.8e5, which costs 6 of 16 digits.
        Assert.Equal(-Math.Log(266716800000), Factor(SymmetricMatrices.Of(5, (i, j) => 1.0 / (i + j + 1))).LogDeterminant, 1e-10);

    [Fact]
    public void A_product_that_would_underflow_keeps_its_logarithm()
    {
        // diag(logspace(−4, −3, 100)): 100 · (−3.5) · ln 10 = −805.904783.
        double[] diagonal = [.. Enumerable.Range(0, 100).Select(i => Math.Pow(10, -4 + (i / 99.0)))];
        Assert.Equal(-350 * Math.Log(10), Factor(SymmetricMatrices.Diagonal(diagonal)).LogDeterminant, 1e-11);
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(0)]
    public void A_single_element_that_is_not_positive_is_a_typed_failure(double element) =>
        Assert.Equal(new NotPositiveDefinite(0, element), Run(SymmetricMatrices.Diagonal(element)));

    [Theory]
    [InlineData(1)]
    [InlineData(63)] // the last row of the first panel
    [InlineData(64)]
    [InlineData(150)]
    public void The_pivot_that_fails_is_named(int row)
    {
        // The identity, but 2 in (0, row) and (row, 0): eliminating row 0 leaves 1 − 2² at (row, row).
        Matrix matrix = SymmetricMatrices.Of(200, (i, j) => i == j ? 1 : Math.Min(i, j) == 0 && Math.Max(i, j) == row ? 2 : 0);
        Assert.Equal(new NotPositiveDefinite(row, -3), Run(matrix));
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e300)]
    public void The_scale_of_the_matrix_does_not_matter(double scale)
    {
        double[] spectrum = [1, 2, 3, 4, 5, 6];
        Matrix matrix = SymmetricMatrices.WithSpectrum(spectrum, seed: 4);
        // 6! = 720.
        double expected = Math.Log(720) + (6 * Math.Log(scale));
        Assert.Equal(expected, Factor(SymmetricMatrices.Of(6, (i, j) => scale * matrix[i, j])).LogDeterminant, 1e-11);
    }

    [Fact]
    public void L_times_its_transpose_is_the_matrix() =>
        Gen.Select(Gen.Int[1, 150], Gen.Int[0, 1000]).Sample(
            (order, seed) =>
            {
                Matrix matrix = SymmetricMatrices.WithSpectrum([.. Enumerable.Range(1, order).Select(i => (double)i)], seed);
                Matrix lower = Factor(matrix).Lower;
                double tolerance = order * Spectrum.DoubleRoundoff * order;
                for (int i = 0; i < order; i++)
                {
                    for (int j = 0; j < order; j++)
                    {
                        double product = 0;
                        for (int k = 0; k < order; k++)
                            product += lower[i, k] * lower[j, k];
                        Assert.Equal(matrix[i, j], product, tolerance);
                    }
                }
            },
            iter: 20);

    [Fact]
    public void The_bits_are_the_same_for_any_number_of_threads()
    {
        Matrix matrix = SymmetricMatrices.WithSpectrum([.. Enumerable.Range(1, 500).Select(i => (double)i)], seed: 9);
        double[] expected = Values(1);
        foreach (int count in new[] { 2, 3, 7 })
            Assert.Equal(expected, Values(count));

        double[] Values(int threads)
        {
            using var team = new HostThreads(threads);
            return Assert.IsType<CholeskyFactor>(Cholesky.Factor(matrix, team)).Lower.Values;
        }
    }

    [Fact]
    public void The_input_stays_as_it_is()
    {
        Matrix matrix = SymmetricMatrices.WithSpectrum([1, 2, 3], seed: 1);
        double[] before = [.. matrix.Values];
        Factor(matrix);
        Assert.Equal(before, matrix.Values);
    }

    [Fact]
    public void Cancellation_stops_it() => Assert.Throws<OperationCanceledException>(
        () => Cholesky.Factor(SymmetricMatrices.Diagonal(1, 2), SymmetricMatrices.Threads, new CancellationToken(canceled: true)));

    private static CholeskyResult Run(Matrix matrix) => Cholesky.Factor(matrix, SymmetricMatrices.Threads, TestContext.Current.CancellationToken);

    private static CholeskyFactor Factor(Matrix matrix) => Assert.IsType<CholeskyFactor>(Run(matrix));
}
