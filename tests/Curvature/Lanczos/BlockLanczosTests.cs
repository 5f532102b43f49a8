using BasinVolume.Curvature.Dense;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Maps;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Tests.Lanczos;

public sealed class BlockLanczosTests
{
    private static readonly HostThreads Threads = SymmetricMatrices.Threads;

    public static TheoryData<string> Kinds => [.. MatrixKinds.All.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_interval_of_a_hard_matrix_contains_its_eigenvalue(string name)
    {
        MatrixKind kind = MatrixKinds.All.Single(k => k.Name == name);
        Matrix matrix = kind.Matrix();
        RitzPairs pairs = Of(matrix, new(Largest: 6, Smallest: 5, Tolerance: 1e-9));
        Check(matrix, pairs, 6, 5);
        Assert.All(pairs.Pairs, pair => Assert.True(pair.IsConverged, pairs.Reason));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Every_interval_of_random_matrices_contains_its_eigenvalue(int kind)
    {
        for (int seed = 0; seed < 40; seed++)
        {
            Matrix matrix = Random(kind, seed);
            var random = new Random(seed);
            (int largest, int smallest) = (random.Next(0, 12), random.Next(1, 12));
            RitzPairs pairs = Of(matrix, new(largest, smallest, Tolerance: Math.Pow(10, -random.Next(3, 11)), Width: random.Next(8, 17), Seed: (ulong)seed));
            Check(matrix, pairs, largest, smallest);
            Assert.True(pairs.Reason is null, pairs.Reason);
        }
    }

    [Fact]
    public void As_many_equal_eigenvalues_as_a_block_has_directions_may_be_more()
    {
        double[] elements = [.. Enumerable.Range(0, 300).Select(i => i < 12 ? 5 : 3.0 * i / 300)];
        Assert.Contains("more of them may be missing", Of(SymmetricMatrices.Diagonal(elements), new(10, 0, Tolerance: 1e-8, Width: 8)).Reason);
        elements = [.. elements.Select((element, i) => i < 12 ? 5 + (0.1 * i) : element)];
        Assert.Null(Of(SymmetricMatrices.Diagonal(elements), new(10, 0, Tolerance: 1e-8, Width: 8)).Reason);
    }

    // The matrices are symmetric and small enough for their eigenvalues to be known in the head, or from the trace and the determinant.
    [Theory]
    [InlineData(new double[] { 1, 1, 1, 2 }, 8)]
    [InlineData(new double[] { 1, 1, 1, 2 }, 3)]
    [InlineData(new double[] { 1, 1, 1, 2 }, 1)]
    [InlineData(new double[] { 2, 2, 2, 2, 2 }, 12)]
    [InlineData(new double[] { 2, 2, 2, 2, 2 }, 1)]
    [InlineData(new double[] { 2e-6, 1e-6 }, 12)]
    [InlineData(new double[] { 0, 0, 0, 0, 0, 0, 0 }, 2)]
    [InlineData(new double[] { -7 }, 12)]
    public void A_small_diagonal_matrix_has_its_elements_for_pairs(double[] diagonal, int width)
    {
        double[] expected = [.. diagonal.Order()];
        double exact = 4 * Spectrum.DoubleRoundoff * diagonal.Max(Math.Abs);
        foreach ((int largest, int smallest) in new[] { (1, 0), (0, 1), (1, 1), (2, 2), (diagonal.Length, diagonal.Length), (10, 10) })
        {
            RitzPairs pairs = Of(SymmetricMatrices.Diagonal(diagonal), new(largest, smallest, Tolerance: 1e-12, width));
            int count = Math.Min(largest + smallest, diagonal.Length);
            Assert.Equal(count, pairs.Pairs.Length);
            Assert.All(pairs.Pairs, pair => Assert.True(pair.IsConverged));
            for (int i = 0; i < count; i++)
            {
                double value = i < pairs.FromBelow ? expected[i] : expected[^(count - i)];
                Assert.Equal(value, pairs.Pairs[i].Value, exact);
                Assert.True(pairs.Pairs[i].Interval.Contains(value));
                // A single direction sees a value once, so that no gap says anything: twice the tolerance to each side.
                Assert.InRange(pairs.Pairs[i].Interval.Width, 0, (20 * exact) + (width == 1 ? 4.001e-12 * diagonal.Max(Math.Abs) : 0));
            }
        }
    }

    [Fact]
    public void A_matrix_of_two_rows_has_the_roots_of_its_quadratic_for_pairs()
    {
        // λ² = 1 + 25, as the trace is 0.
        RitzPairs pairs = Of(new Matrix(2, 2, [1, 5, 5, -1]), new(1, 1, 1e-12));
        Assert.Equal(-Math.Sqrt(26), pairs.Pairs[0].Value, 1e-14);
        Assert.Equal(Math.Sqrt(26), pairs.Pairs[1].Value, 1e-14);
        Assert.Equal(1, pairs.FromBelow);
    }

    [Fact]
    public void Vectors_are_orthonormal_and_those_of_the_dense_solve()
    {
        Matrix matrix = SymmetricMatrices.Random(120, seed: 8);
        RitzPairs pairs = Of(matrix, new(4, 4, 1e-10));
        Eigenpairs dense = SymmetricEigenvectors.Compute(matrix, .., Threads, cancellation: TestContext.Current.CancellationToken);
        for (int i = 0; i < 8; i++)
        {
            for (int j = 0; j < 8; j++)
                Assert.Equal(i == j ? 1 : 0, DotProduct.InOrder(pairs.Vectors.Row(i), pairs.Vectors.Row(j)), 1e-13);
            Assert.Equal(1, Math.Abs(DotProduct.InOrder(pairs.Vectors.Row(i), dense.Vector(i < 4 ? i : 112 + i))), 1e-12);
        }
    }

    [Fact]
    public void Eigenvalues_that_are_equal_more_often_than_a_block_is_wide_are_found_where_the_space_is_invariant()
    {
        // Twelve ones are in the first invariant space, with twelve halves; the other eighteen come by the random directions that follow it.
        double[] eigenvalues = [.. Enumerable.Range(0, 90).Select(i => i < 30 ? 1 : i < 60 ? 0.5 : 0.2)];
        RitzPairs pairs = Of(SymmetricMatrices.Diagonal(eigenvalues), new(20, 0, 1e-9));
        Assert.All(pairs.Pairs, pair => Assert.Equal(1, pair.Value, 1e-13));
    }

    [Fact]
    public void Intervals_of_a_cluster_wider_than_a_block_are_those_of_the_residuals()
    {
        // 29 eigenvalues within 1e-9, of which blocks of eight see eight: a gap would say too much.
        var random = new Random(5);
        double[] eigenvalues = [.. Enumerable.Range(0, 87).Select(i => (i % 3) + (1e-9 * random.NextDouble()))];
        RitzPairs pairs = Of(SymmetricMatrices.Diagonal(eigenvalues), new(0, 20, 1e-9, Width: 8));
        Assert.All(pairs.Pairs, pair => Assert.Contains(eigenvalues, value => pair.Interval.Contains(value)));
    }

    [Theory]
    [InlineData(300, 4, 3, 1e-6)]
    [InlineData(400, 3, 0, 1e-5)]
    [InlineData(200, 0, 6, 1e-10)]
    public void Restarts_find_the_ends_of_the_second_difference(int order, int largest, int smallest, double tolerance)
    {
        // λ_j = 2 − 2 cos(jπ/(n + 1)), j = 1 … n; the ends lie about 10/n² apart.
        Matrix matrix = SymmetricMatrices.Of(order, (i, j) => i == j ? 2 : Math.Abs(i - j) == 1 ? -1 : 0);
        RitzPairs pairs = Of(matrix, new(largest, smallest, tolerance, Width: 8, MaxProducts: 100_000, MemoryBytes: 100L * order * sizeof(double)));
        Assert.True(pairs.Reason is null, pairs.Reason);
        Assert.True(pairs.Restarts > 0);
        Check(matrix, pairs, largest, smallest);
        for (int i = 0; i < pairs.Pairs.Length; i++)
        {
            int j = i < pairs.FromBelow ? i + 1 : order - pairs.Pairs.Length + i + 1;
            double exact = 2 - (2 * Math.Cos(j * Math.PI / (order + 1)));
            Assert.Equal(exact, pairs.Pairs[i].Value, pairs.Pairs[i].Interval.Width);
        }
    }

    private static Matrix Random(int kind, int seed)
    {
        var random = new Random(1000 + (100 * kind) + seed);
        int order = random.Next(1, 90);
        if (kind == 0)
            return SymmetricMatrices.Random(order, seed);
        double[] eigenvalues = [.. Enumerable.Range(0, order).Select(i => kind switch
        {
            1 => 1 + random.NextDouble(),
            2 => i < 5 ? random.NextDouble() - 0.3 : 0,
            3 => (i / 7) + (1e-9 * random.NextDouble()),
            4 => Math.Pow(10, -5 * random.NextDouble()) * (random.NextDouble() < 0.2 ? -0.1 : 1),
            _ => i / 5,
        })];
        return SymmetricMatrices.WithSpectrum(eigenvalues, seed);
    }

    private static RitzPairs Of(Matrix matrix, EndsWanted wanted)
        => BlockLanczos.Of(new MatrixMap(matrix), wanted, null, Threads, cancellation: TestContext.Current.CancellationToken);

    // Against the dense solve, which is right to about n 2⁻⁵²‖A‖ itself.
    private static void Check(Matrix matrix, RitzPairs pairs, int largest, int smallest)
    {
        double[] dense = SymmetricMatrices.Eigenvalues(matrix);
        int count = Math.Min(dense.Length, largest + smallest);
        Assert.Equal(count, pairs.Pairs.Length);
        Assert.Equal(count, pairs.Vectors.Rows);
        double exact = dense.Length * Spectrum.DoubleRoundoff * Math.Max(Math.Abs(dense[0]), Math.Abs(dense[^1]));
        for (int i = 0; i < count; i++)
        {
            RitzPair pair = pairs.Pairs[i];
            double expected = i < pairs.FromBelow ? dense[i] : dense[dense.Length - count + i];
            Assert.True(
                expected >= pair.Interval.Low - exact && expected <= pair.Interval.High + exact,
                $"pair {i} of {count}: {pair} where {expected:g17} is expected; {pairs.Reason}; {pairs.Products} products, order {dense.Length}");
            Assert.Equal(Residual(matrix, pairs.Vectors.Row(i), pair.Value), pair.Residual, 10 * exact);
        }
    }

    private static double Residual(Matrix matrix, ReadOnlySpan<double> vector, double value)
    {
        double[] product = new MatrixMap(matrix).Times(vector.ToArray());
        double largest = 0, sum = 0;
        for (int i = 0; i < product.Length; i++)
            largest = Math.Max(largest, Math.Abs(product[i] -= value * vector[i]));
        for (int i = 0; i < product.Length && largest > 0; i++)
            sum += product[i] / largest * (product[i] / largest);
        return largest * Math.Sqrt(sum);
    }
}
