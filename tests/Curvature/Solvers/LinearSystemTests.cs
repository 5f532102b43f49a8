using System.Collections.Immutable;
using BasinVolume.Curvature.Dense;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Sampling;
using BasinVolume.Curvature.Solvers;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;
using MathNet.Numerics.LinearAlgebra;

namespace BasinVolume.Curvature.Tests.Solvers;

public class LinearSystemTests
{
    private const int Order = 120;

    // Outliers far above a bulk, as Hessians have them, with and without negative ones.
    private static readonly Matrix Positive = SymmetricMatrices.WithSpectrum([.. Bulk(0.05), 3, 8, 25, 60, 200], seed: 2);
    private static readonly Matrix Indefinite = SymmetricMatrices.WithSpectrum([-4, -1, -0.3, .. Bulk(0.05)[3..], 3, 8, 25, 60, 200], seed: 3);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 5)]
    [InlineData(2, 4)]
    public void Conjugate_gradients_give_what_a_factorisation_gives(int smallest, int largest)
    {
        var preconditioner = new DeflatedPreconditioner(KnownPairs.Of(Positive, smallest, largest), shift: 0.01);
        ImmutableArray<Solution> solutions = ConjugateGradients.Solve(
            new ShiftedMap(new MatrixMap(Positive), 0.01), RightHandSides(3), preconditioner, new(1e-10), cancellation: TestContext.Current.CancellationToken);
        AssertSolved(Shifted(Positive, 0.01), solutions, 1e-10);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 5)]
    [InlineData(2, 0)]
    public void Minimal_residuals_give_it_for_an_indefinite_matrix(int smallest, int largest)
    {
        var preconditioner = new DeflatedPreconditioner(KnownPairs.Of(Indefinite, smallest, largest), shift: 0.01);
        var map = new ShiftedMap(new MatrixMap(Indefinite), 0.01);
        ImmutableArray<Solution> solutions = Minres.Solve(
            map, RightHandSides(3), preconditioner, new(1e-10), cancellation: TestContext.Current.CancellationToken);
        AssertSolved(Shifted(Indefinite, 0.01), solutions, 1e-10);
    }

    [Fact]
    public void Known_pairs_save_products()
    {
        // The bulk alone has a condition number of 5, and the outliers stand together. With Chebyshev's polynomial and one root ‖r‖/‖b‖, at most √(200/0.05)
        // times the error's share in the norm of A, is below half of 1e-10 after log(2 √4000/0.5e-10)/log((√5 + 1)/(√5 − 1)) + 1 = 31 steps
        // (Saad, Iterative Methods, section 6.11), and one product tells the residual.
        var map = new MatrixMap(Positive);
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Solution plain = ConjugateGradients.Solve(map, RightHandSides(1), preconditioner: null, new(1e-10), cancellation: cancellation)[0];
        Solution deflated = ConjugateGradients.Solve(
            map, RightHandSides(1), new DeflatedPreconditioner(KnownPairs.Of(Positive, 0, 5), 0), new(1e-10), cancellation: cancellation)[0];
        Assert.InRange(deflated.Products, 5, 32);
        Assert.InRange(plain.Products, deflated.Products + 10, 120);
    }

    [Fact]
    public void Two_steps_solve_two_eigenvalues_and_a_third_product_tells_the_residual()
    {
        // diag(2, 2, 5)⁻¹ (2, 4, 5) = (1, 2, 1).
        var map = new MatrixMap(SymmetricMatrices.Diagonal(2, 2, 5));
        foreach (Solution solution in BothOf(map, new Matrix(1, 3, [2, 4, 5])))
        {
            Assert.Equal(3, solution.Products);
            Assert.All(solution.Vector.Zip([1.0, 2, 1]), pair => Assert.Equal(pair.Second, pair.First, 1e-14));
            Assert.Null(solution.Reason);
        }
    }

    [Fact]
    public void An_order_of_1_and_a_right_hand_side_of_zeros_are_solved()
    {
        foreach (Solution solution in BothOf(new MatrixMap(new Matrix(1, 1, [4])), new Matrix(1, 1, [2])))
            Assert.Equal(0.5, solution.Vector[0]);
        foreach (Solution solution in BothOf(new MatrixMap(Positive), new Matrix(1, Order)))
        {
            Assert.Equal(new double[Order], solution.Vector);
            Assert.Equal((0, 0, true), (solution.Products, solution.RelativeResidual, solution.IsConverged));
        }
    }

    [Fact]
    public void A_direction_of_negative_curvature_is_said_with_its_curvature()
    {
        Solution solution = ConjugateGradients.Solve(
            new MatrixMap(SymmetricMatrices.Diagonal(1, -3)), new Matrix(1, 2, [0, 2]), null, new(), cancellation: TestContext.Current.CancellationToken)[0];
        Assert.StartsWith("The matrix is not positive definite: a direction has the curvature -3; take", solution.Reason, StringComparison.Ordinal);
        Assert.Equal(1, solution.RelativeResidual);
        solution = ConjugateGradients.Solve(
            new MatrixMap(new Matrix(3, 3)), new Matrix(1, 3, [0, 2, 1]), null, new(), cancellation: TestContext.Current.CancellationToken)[0];
        Assert.Contains("has the curvature 0", solution.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_singular_matrix_is_solved_in_its_range_and_nowhere_else()
    {
        var map = new MatrixMap(SymmetricMatrices.Diagonal(0, 2, -1));
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        ImmutableArray<Solution> solutions = Minres.Solve(map, new Matrix(3, 3, [0, 2, 1, 1, 0, 0, 1, 2, 1]), null, new(), cancellation: cancellation);
        Assert.Equal([0, 1, -1], solutions[0].Vector.Select(x => Math.Round(x, 12)));
        Assert.Contains("singular", solutions[1].Reason, StringComparison.Ordinal);
        // A third of the square of (1, 2, 1) cannot be had: √(1/6) of its length is left.
        Assert.Contains("singular", solutions[2].Reason, StringComparison.Ordinal);
        Assert.Equal(Math.Sqrt(1 / 6.0), solutions[2].RelativeResidual, 1e-6);
        Assert.Contains("singular", Minres.Solve(new MatrixMap(new Matrix(2, 2)), new Matrix(1, 2, [1, 2]), null, new(), cancellation: cancellation)[0].Reason);
    }

    [Fact]
    public void Too_few_products_and_products_that_are_too_rough_are_said_with_the_true_residual()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Matrix sides = RightHandSides(2);
        foreach (Solution solution in Minres.Solve(new MatrixMap(Indefinite), sides, null, new(1e-10, MaxProducts: 9), cancellation: cancellation))
        {
            Assert.Equal(9, solution.Products);
            Assert.Contains("After 9 products", solution.Reason, StringComparison.Ordinal);
        }

        foreach (Solution solution in Minres.Solve(new Rough(Indefinite), sides, null, new(1e-12), cancellation: cancellation))
        {
            Assert.Contains("compute in float64", solution.Reason, StringComparison.Ordinal);
            Assert.InRange(solution.RelativeResidual, 1e-10, 1e-3);
        }

        Assert.Equal(1, Minres.Solve(new MatrixMap(Indefinite), sides, null, new(1e-10, MaxProducts: 1), cancellation: cancellation)[0].RelativeResidual);
    }

    [Fact]
    public void Results_have_the_same_bits_for_any_number_of_threads_and_of_right_hand_sides()
    {
        Matrix sides = RightHandSides(3);
        double[][] expected = Solve(1, sides);
        Assert.Equal(expected, Solve(3, sides));
        Assert.Equal(expected[0], Solve(2, RightHandSides(1))[0]);

        static double[][] Solve(int count, Matrix sides)
        {
            using var threads = new HostThreads(count);
            var preconditioner = new DeflatedPreconditioner(KnownPairs.Of(Indefinite, 2, 3), 0, threads);
            return [.. Minres.Solve(new MatrixMap(Indefinite), sides, preconditioner, new(1e-6)).Select(solution => solution.Vector)];
        }
    }

    [Fact]
    public void What_is_out_of_range_is_refused_and_a_stop_is_a_stop()
    {
        var map = new MatrixMap(Positive);
        Assert.Throws<ArgumentOutOfRangeException>(() => Minres.Solve(map, RightHandSides(1), null, new(0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Minres.Solve(map, RightHandSides(1), null, new(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Minres.Solve(map, RightHandSides(1), null, new(0.1, 0)));
        Assert.Throws<MatrixException>(() => Minres.Solve(map, new Matrix(1, 3), null, new()));
        Assert.Throws<MatrixException>(() => Minres.Solve(map, new Matrix(1, Order, [.. Enumerable.Repeat(double.NaN, Order)]), null, new()));
        foreach (double bad in new[] { double.NaN, double.PositiveInfinity })
        {
            var broken = new MatrixMap(SymmetricMatrices.Diagonal(1, bad));
            Assert.Throws<MatrixException>(() => Minres.Solve(broken, new Matrix(1, 2, [1, 1]), null, new()));
            Assert.Throws<MatrixException>(() => ConjugateGradients.Solve(broken, new Matrix(1, 2, [1, 1]), null, new()));
        }

        Assert.Throws<MatrixException>(() => new DeflatedPreconditioner(KnownPairs.Of(Positive, 1, 1), double.NaN));
        Assert.Throws<OperationCanceledException>(() => Minres.Solve(map, RightHandSides(1), null, new(), null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void The_preconditioner_is_the_inverse_it_says()
    {
        // diag(−2, 1, 5, 10) with the pairs −2 and 10 and the shift 1: 1 and 11 there, in units of 11.
        var preconditioner = new DeflatedPreconditioner(KnownPairs.Of(SymmetricMatrices.Diagonal(-2, 1, 5, 10), 1, 1), shift: 1);
        var vectors = new Matrix(2, 4, [1, 1, 1, 1, 0, 0, 0, 22]);
        preconditioner.Apply(vectors);
        Assert.All(vectors.Values.Zip([11, 1, 1, 1, 0, 0, 0, 22]), pair => Assert.Equal(pair.Second, pair.First, 1e-14));
        Assert.Equal(11, preconditioner.Scale);
        // The two largest of all: 5 and 10 in units of 5.
        Eigenpairs all = SymmetricEigenvectors.Compute(
            SymmetricMatrices.Diagonal(-2, 1, 5, 10), .., SymmetricMatrices.Threads, cancellation: TestContext.Current.CancellationToken);
        vectors = new Matrix(1, 4, [1, 1, 1, 1]);
        DeflatedPreconditioner.OfLargest(all, 2).Apply(vectors);
        Assert.All(vectors.Values.Zip([1, 1, 1, 0.5]), pair => Assert.Equal(pair.Second, pair.First, 1e-15));
        DeflatedPreconditioner.OfLargest(all, 9).Apply(vectors);
        Assert.All(vectors.Values.Zip([1, 1, 0.2, 0.05]), pair => Assert.Equal(pair.Second, pair.First, 1e-15));
        // Without pairs, and with those of a matrix of zeros, it is the identity.
        foreach (var pairs in new[] { KnownPairs.None(2), KnownPairs.Of(new Matrix(2, 2), 1, 0) })
        {
            var same = new Matrix(1, 2, [3, -4]);
            new DeflatedPreconditioner(pairs, 0).Apply(same);
            Assert.Equal([3, -4], same.Values);
        }
    }

    private static double[] Bulk(double least) => [.. Enumerable.Range(0, Order - 5).Select(i => least * (1 + (4.0 * i / (Order - 6))))];

    private static IEnumerable<Solution> BothOf(MatrixMap map, Matrix sides)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        return [Minres.Solve(map, sides, null, new(), null, cancellation)[0], ConjugateGradients.Solve(map, sides, null, new(), null, cancellation)[0]];
    }

    private static Matrix RightHandSides(int count)
    {
        var sides = new Matrix(count, Order);
        for (int row = 0; row < count; row++)
            NormalVectors.Fill(seed: 9, (ulong)row, sides.Row(row));
        return sides;
    }

    private static Matrix Shifted(Matrix matrix, double shift)
        => SymmetricMatrices.Of(matrix.Rows, (i, j) => matrix[i, j] + (i == j ? shift : 0));

    private static void AssertSolved(Matrix matrix, ImmutableArray<Solution> solutions, double tolerance)
    {
        Matrix sides = RightHandSides(solutions.Length);
        var dense = Matrix<double>.Build.Dense(Order, Order, (i, j) => matrix[i, j]);
        for (int row = 0; row < solutions.Length; row++)
        {
            Solution solution = solutions[row];
            var side = Vector<double>.Build.DenseOfArray(sides.Row(row).ToArray());
            var expected = dense.Solve(side);
            var found = Vector<double>.Build.DenseOfArray(solution.Vector);
            Assert.Null(solution.Reason);
            Assert.InRange(solution.RelativeResidual, 0, tolerance);
            Assert.Equal(((dense * found) - side).L2Norm(), solution.Residual, 1e-12 * side.L2Norm());
            // |x − x*| ≤ |r|/min|λ|, and no eigenvalue is nearer to 0 than 0.05.
            Assert.InRange((found - expected).L2Norm(), 0, tolerance * side.L2Norm() / 0.05);
        }
    }

    // Products in single precision.
    private sealed class Rough(Matrix matrix) : ILinearMap
    {
        public int Order => matrix.Rows;

        public double UnitRoundoff => Spectrum.SingleRoundoff;

        public void Multiply(Matrix directions, Matrix products, CancellationToken cancellation = default)
        {
            new MatrixMap(matrix).Multiply(directions, products, cancellation);
            for (int i = 0; i < products.Values.Length; i++)
                products.Values[i] = (float)products.Values[i];
        }
    }
}
