using System.Collections.Immutable;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Maps;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Tests.Lanczos;

public sealed class SpectralQuadratureTests
{
    private static readonly SpectralFunction Logarithm = new(Math.Log, Even: -1, Odd: 1, From: 0);

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

    [Theory]
    [InlineData(-1.5)]
    [InlineData(2)]
    public void Radaus_rule_has_the_prescribed_node_and_is_exact_one_degree_further(double node)
    {
        const int Steps = 3;
        // Moments of the measure with masses 1/9 at cos(i), i = 0 … 8.
        double[] elements = [.. Enumerable.Range(0, 9).Select(i => Math.Cos(i))];
        SpectralQuadrature radau = Of(SymmetricMatrices.Diagonal(elements), [.. Enumerable.Repeat(1.0, 9)], Steps).Radau(
            node, SymmetricMatrices.Threads, TestContext.Current.CancellationToken);
        Assert.Equal(Steps + 1, radau.Nodes.Length);
        Assert.Equal(node, node < 0 ? radau.Nodes[0] : radau.Nodes[^1], 1e-14);
        for (int degree = 0; degree <= 2 * Steps; degree++)
            Assert.Equal(elements.Average(x => Math.Pow(x, degree)), radau.Mean(theta => Math.Pow(theta, degree)), 1e-13 * Math.Pow(2, degree));
    }

    [Fact]
    public void A_logarithm_lies_between_the_two_rules_whatever_the_number_of_steps()
    {
        // Eigenvalues from 1e-6 to 1, of which three steps see the largest only: the bracket is wide then, and holds.
        double[] elements = [.. Enumerable.Range(0, 60).Select(i => Math.Pow(10, -i / 10.0))];
        double exact = elements.Average(Math.Log), width = double.PositiveInfinity;
        foreach (int steps in new[] { 1, 3, 8, 20, 40 })
        {
            (double lower, double upper) = Of(SymmetricMatrices.Diagonal(elements), [.. Enumerable.Repeat(1.0, 60)], steps).Bracket(
                Logarithm, new Interval(5e-7, double.PositiveInfinity), 0, SymmetricMatrices.Threads, TestContext.Current.CancellationToken).Bracket;
            Assert.InRange(exact, lower - 1e-13, upper + 1e-13);
            Assert.InRange(upper - lower, 0, 0.9 * width);
            width = upper - lower;
        }

        Assert.InRange(width, 0, 0.1);
    }

    [Fact]
    public void A_bracket_holds_where_the_end_of_the_spectrum_is_a_node_already()
    {
        // 1 is an eigenvalue with half of the mass, so that the first node reaches it long before the others are found.
        double[] elements = [.. Enumerable.Range(0, 40).Select(i => i < 20 ? 1 : 2 + (0.01 * i))];
        (double lower, double upper) = Of(SymmetricMatrices.Diagonal(elements), [.. Enumerable.Repeat(1.0, 40)], 12).Bracket(
            Logarithm, new Interval(1, double.PositiveInfinity), 0, SymmetricMatrices.Threads, TestContext.Current.CancellationToken).Bracket;
        Assert.Equal(elements.Average(Math.Log), lower, 1e-12);
        Assert.Equal(lower, upper, 1e-12);
    }

    [Fact]
    public void An_eigenvalue_lies_within_the_residual_of_every_node()
    {
        double[] elements = [.. Enumerable.Range(0, 50).Select(i => Math.Sin(i * i))];
        SpectralQuadrature quadrature = Of(SymmetricMatrices.Diagonal(elements), [.. Enumerable.Range(1, 50).Select(i => 1.0 / i)], 9);
        Assert.False(quadrature.IsExact);
        Assert.All(quadrature.RitzValues, ritz => Assert.InRange(elements.Min(x => Math.Abs(x - ritz.Value)), 0, ritz.Residual + 1e-14));
        Assert.True(Of(SymmetricMatrices.Diagonal(1, 2, 2, 1), [1, 1, 1, 1], 4).IsExact);
    }

    [Fact]
    public void A_vector_has_the_same_bits_in_any_company()
    {
        Matrix matrix = SymmetricMatrices.Random(20, seed: 4), both = SymmetricMatrices.Of(20, (i, j) => Math.Cos((i * 7) + j));
        ImmutableArray<SpectralQuadrature> together = SpectralQuadrature.Of(new MatrixMap(matrix), both, 6, SymmetricMatrices.Threads);
        SpectralQuadrature alone = Of(matrix, both.Row(5).ToArray(), 6);
        Assert.Equal(alone.Nodes, together[5].Nodes);
        Assert.Equal(alone.Weights, together[5].Weights);
    }

    [Fact]
    public void What_is_not_possible_is_explained()
    {
        Matrix identity = SymmetricMatrices.Diagonal(1, 1);
        Assert.Contains("has the length 0", Assert.Throws<MatrixException>(() => Of(identity, [0, 0], 1)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "not finite", Assert.Throws<MatrixException>(() => Of(SymmetricMatrices.Diagonal(1, double.NaN), [1, 1], 2)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Of(identity, [1, 0], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Of(SymmetricMatrices.Diagonal(1, 2, 3), [1, 1, 1], 2).Radau(2, SymmetricMatrices.Threads));
    }

    private static SpectralQuadrature Of(Matrix matrix, double[] start, int steps)
        => SpectralQuadrature.Of(
            new MatrixMap(matrix), new Matrix(1, start.Length, start), steps, SymmetricMatrices.Threads,
            cancellation: TestContext.Current.CancellationToken)[0];

    private static void AssertClose(double[] expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Length, actual.Count);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-14);
    }
}
