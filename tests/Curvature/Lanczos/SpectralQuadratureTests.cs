using System.Collections.Immutable;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Tests.Lanczos;

public sealed class SpectralQuadratureTests
{
    [Fact]
    public void Of_a_diagonal_matrix_with_equal_shares_the_nodes_are_its_elements()
    {
        // A = diag(1, 2, 3, 4), v = (1, 1, 1, 1)/2: nodes 1 … 4, each of weight ¼, and log det A = ln 24.
        SpectralQuadrature quadrature = Of(SymmetricMatrices.Diagonal(1, 2, 3, 4), [1, 1, 1, 1], 4);
        AssertClose([1, 2, 3, 4], quadrature.Nodes);
        AssertClose([0.25, 0.25, 0.25, 0.25], quadrature.Weights);
        Assert.Equal(Math.Log(24), 4 * quadrature.Mean(Math.Log), 1e-14);
    }

    [Fact]
    public void A_multiple_of_the_identity_is_done_after_one_step()
    {
        SpectralQuadrature quadrature = Of(SymmetricMatrices.Diagonal(2, 2, 2, 2, 2), [3, -1, 0.5, 2, 1e-3], 5);
        AssertClose([2], quadrature.Nodes);
        AssertClose([1], quadrature.Weights);
        Assert.Equal(5 * Math.Log(2), 5 * quadrature.Mean(Math.Log), 1e-14);
    }

    [Fact]
    public void A_matrix_of_zeros_has_the_node_zero() => Assert.Equal([0.0], Of(new Matrix(3, 3), [1, 2, 3], 3).Nodes);

    [Theory]
    [InlineData(0)]
    [InlineData(-500)] // elements near 1e-151
    [InlineData(500)]
    public void Polynomials_below_twice_the_number_of_nodes_are_exact(int exponent)
    {
        const int Steps = 4;
        Matrix matrix = SymmetricMatrices.Random(30, seed: 3);
        double[] start = [.. Enumerable.Range(1, 30).Select(i => Math.Sin(i))];
        SpectralQuadrature quadrature = Of(SymmetricMatrices.Of(30, (i, j) => Math.ScaleB(matrix[i, j], exponent)), start, Steps);
        double square = start.Sum(x => x * x);
        double[] power = start;
        for (int degree = 0; degree < 2 * Steps; degree++)
        {
            double expected = start.Zip(power, (x, y) => x * y).Sum() / square;
            Assert.Equal(expected, quadrature.Mean(theta => Math.Pow(Math.ScaleB(theta, -exponent), degree)), 1e-12 * Math.Pow(3, degree));
            power = [.. Enumerable.Range(0, 30).Select(i => Enumerable.Range(0, 30).Sum(j => matrix[i, j] * power[j]))];
        }
    }

    [Fact]
    public void A_vector_has_the_same_bits_in_any_company()
    {
        Matrix matrix = SymmetricMatrices.Random(20, seed: 4), both = SymmetricMatrices.Of(20, (i, j) => Math.Cos((i * 7) + j));
        ImmutableArray<SpectralQuadrature> together = SpectralQuadrature.Of(v => Product(matrix, v), both, 6, SymmetricMatrices.Threads);
        SpectralQuadrature alone = Of(matrix, both.Row(5).ToArray(), 6);
        Assert.Equal(alone.Nodes, together[5].Nodes);
        Assert.Equal(alone.Weights, together[5].Weights);
    }

    [Fact]
    public void What_is_not_possible_is_explained()
    {
        Matrix identity = SymmetricMatrices.Diagonal(1, 1);
        Assert.Contains("has the length 0", Assert.Throws<MatrixException>(() => Of(identity, [0, 0], 1)).Message, StringComparison.Ordinal);
        Assert.Contains("not finite", Assert.Throws<MatrixException>(() => Of(SymmetricMatrices.Diagonal(1, double.NaN), [1, 1], 2)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Of(identity, [1, 0], 0));
    }

    internal static Matrix Product(Matrix matrix, Matrix vectors)
    {
        var products = new Matrix(vectors.Rows, matrix.Rows);
        for (int v = 0; v < vectors.Rows; v++)
        {
            for (int i = 0; i < matrix.Rows; i++)
            {
                for (int j = 0; j < matrix.Columns; j++)
                    products[v, i] += matrix[i, j] * vectors[v, j];
            }
        }

        return products;
    }

    private static SpectralQuadrature Of(Matrix matrix, double[] start, int steps)
        => SpectralQuadrature.Of(v => Product(matrix, v), new Matrix(1, start.Length, start), steps, SymmetricMatrices.Threads, cancellation: TestContext.Current.CancellationToken)[0];

    private static void AssertClose(double[] expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Length, actual.Count);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-14);
    }
}
