using BasinVolume.Curvature.Dense;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Tests.Dense;

public class SymmetryCheckTests
{
    [Fact]
    public void A_matrix_that_is_not_square_is_refused() => AssertRefused(
        new Matrix(3, 4),
        "The matrix is 3 x 4 where a square symmetric one is expected: give as many columns as rows.");

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void A_number_that_is_not_finite_is_refused(double value, string name) => AssertRefused(
        SymmetricMatrices.Of(3, (i, j) => (i, j) == (1, 2) ? value : 0),
        $"Matrix element (1, 2) is {name} where a finite number is expected: check the computation that made the matrix.");

    [Fact]
    public void An_asymmetric_matrix_is_refused_and_the_element_named() => AssertRefused(
        // 2 and 3 of a largest element 4 differ by a quarter; 2 · 2⁻⁵² = 4.44e-16.
        new Matrix(2, 2, [4, 3, 2, 4]),
        "The matrix is not symmetric: element (0, 1) is 3 and element (1, 0) is 2, the pair that differs most, "
        + "by 0.25 of the largest element where at most 4.44e-16 is allowed: symmetrise it as (A + Aᵀ)/2 if the difference is rounding, "
        + "else check how it was made.");

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1)]
    [InlineData(1e300)]
    public void The_bound_is_relative_to_the_largest_element(double scale)
    {
        // Order 70 spans several tiles. n · 2⁻⁵² = 1.55e-14: a part in 1e-14 is allowed, two in 1e-14 are not.
        SymmetricMatrices.Eigenvalues(Skewed(scale, 1e-14));
        MatrixException error = Assert.Throws<MatrixException>(() => SymmetricMatrices.Eigenvalues(Skewed(scale, 2e-14)));
        Assert.Contains("element (3, 60)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Opposite_elements_near_the_largest_double_are_told_apart()
    {
        MatrixException error = Assert.Throws<MatrixException>(() => SymmetricMatrices.Eigenvalues(new Matrix(2, 2, [0, 1.7e308, -1.7e308, 0])));
        Assert.Contains("by 2 of the largest element", error.Message, StringComparison.Ordinal);
    }

    private static Matrix Skewed(double scale, double difference) => SymmetricMatrices.Of(70, (i, j) => (i, j) switch
    {
        (3, 60) => scale * difference,
        _ when i == j => scale,
        _ => 0,
    });

    private static void AssertRefused(Matrix matrix, string message)
    {
        Assert.Equal(message, Assert.Throws<MatrixException>(() => SymmetricMatrices.Eigenvalues(matrix)).Message);
        Assert.Equal(
            message, Assert.Throws<MatrixException>(() => Cholesky.Factor(matrix, SymmetricMatrices.Threads, TestContext.Current.CancellationToken)).Message);
    }
}
