using System.Collections.Immutable;
using BasinVolume.Curvature.Dense;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;
using CsCheck;
using MathNet.Numerics.LinearAlgebra;

namespace BasinVolume.Curvature.Tests.Dense;

public class SymmetricEigenvectorsTests
{
    [Fact]
    public void Order_0_and_1()
    {
        Assert.Equal(0, Compute(new Matrix(0, 0)).Count);
        Eigenpairs one = Compute(SymmetricMatrices.Diagonal(-2.5));
        Assert.Equal((-2.5, 1.0), (one.Value(0), Math.Abs(one.Vector(0)[0])));
    }

    /// <summary>
    /// Kinds of matrices with a norm that is known, and their eigenvalues where they are known exactly or by construction (else MathNet says them).
    /// </summary>
    public static TheoryData<string> Kinds => [.. MatrixKinds.All.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_matrix_has_right_values_and_orthogonal_vectors(string name)
    {
        MatrixKind kind = MatrixKinds.All.Single(k => k.Name == name);
        Matrix matrix = kind.Matrix();
        Eigenpairs pairs = Compute(matrix);
        double[] expected = kind.Eigenvalues ?? MathNetEigenvalues(matrix);
        double norm = expected.Max(Math.Abs);
        double tolerance = matrix.Rows * Spectrum.DoubleRoundoff * norm;
        Assert.Equal(matrix.Rows, pairs.Count);
        foreach ((double e, double a) in expected.Order().Zip(pairs.Eigenvalues))
            Assert.Equal(e, a, tolerance);
        foreach ((double e, double a) in expected.Order().Zip(SymmetricMatrices.Eigenvalues(matrix)))
            Assert.Equal(e, a, tolerance);
        AssertEigenpairs(matrix, pairs, norm);
        // A few are found another way than all are.
        AssertEnds(matrix, pairs, norm);
    }

    // Orders from which on vectors are passed down through several joins.
    [Fact]
    public void A_few_vectors_of_a_large_matrix_are_right_and_orthogonal()
    {
        Matrix random = SymmetricMatrices.Random(400, seed: 4);
        // Sixteen times Wilkinson's W21+, hardly joined: its large eigenvalues come 32 times, within 1e-8.
        Matrix glued = SymmetricMatrices.Of(336, (i, j) => i == j ? Math.Abs(10 - (i % 21)) : Math.Abs(i - j) != 1 ? 0 : Math.Max(i, j) % 21 == 0 ? 1e-8 : 1);
        foreach (Matrix matrix in new[] { random, glued })
        {
            Eigenpairs all = Compute(matrix);
            AssertEnds(matrix, all, Math.Max(-all.Eigenvalues[0], all.Eigenvalues[^1]));
            AssertEigenpairs(matrix, SymmetricEigenvectors.Compute(matrix, ..130, SymmetricMatrices.Threads), all.Eigenvalues[^1]);
        }
    }

    [Fact]
    public void Small_whole_numbers_with_their_many_repetitions_come_out_right() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[0, 1000]).Sample(
            (order, seed) =>
            {
                var random = new Random(seed);
                var matrix = new Matrix(order, order);
                for (int i = 0; i < order; i++)
                    for (int j = i; j < order; j++)
                        matrix[i, j] = matrix[j, i] = random.Next(3) - 1;
                Eigenpairs pairs = Compute(matrix);
                AssertEigenpairs(matrix, pairs, Math.Max(Math.Abs(pairs.Eigenvalues[0]), Math.Abs(pairs.Eigenvalues[^1])));
            },
            iter: 100);

    [Theory]
    [InlineData(-1000)] // elements near 1e-301
    [InlineData(990)] // elements near 1e298
    public void A_power_of_two_scales_every_eigenvalue_exactly_and_no_vector(int exponent)
    {
        Matrix matrix = SymmetricMatrices.Random(50, seed: 5);
        Eigenpairs expected = Compute(matrix);
        Eigenpairs scaled = Compute(SymmetricMatrices.Of(50, (i, j) => Math.ScaleB(matrix[i, j], exponent)));
        Assert.Equal(expected.Eigenvalues.Select(x => Math.ScaleB(x, exponent)), scaled.Eigenvalues);
        Assert.Equal(expected.Vectors.Values, scaled.Vectors.Values);
    }

    [Fact]
    public void Denormal_elements_are_scaled_and_not_lost()
    {
        // Elements of 30 bits or fewer, near 2^-1040; the same numbers times 2^1040 are ordinary.
        Matrix random = SymmetricMatrices.Random(20, seed: 6);
        Matrix denormal = SymmetricMatrices.Of(20, (i, j) => Math.ScaleB(random[i, j], -1040));
        Eigenpairs expected = Compute(SymmetricMatrices.Of(20, (i, j) => Math.ScaleB(denormal[i, j], 1040)));
        Eigenpairs actual = Compute(denormal);
        Assert.Equal(expected.Eigenvalues.Select(x => Math.ScaleB(x, -1040)), actual.Eigenvalues);
        Assert.Equal(expected.Vectors.Values, actual.Vectors.Values);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(57, 60)]
    [InlineData(10, 10)]
    [InlineData(20, 31)]
    public void A_range_is_a_stretch_of_all(int from, int to)
    {
        Matrix matrix = SymmetricMatrices.Random(60, seed: 8);
        Eigenpairs all = Compute(matrix);
        Eigenpairs some = SymmetricEigenvectors.Compute(matrix, from..to, SymmetricMatrices.Threads);
        Assert.Equal((from, to - from), (some.First, some.Count));
        Assert.Equal(all.Eigenvalues, some.Eigenvalues);
        for (int k = 0; k < some.Count; k++)
        {
            Assert.Equal(all.Value(from + k), some.Value(k));
            Assert.Equal(all.Vector(from + k), some.Vector(k));
        }
    }

    [Theory]
    [InlineData(50)]
    [InlineData(500)]
    public void The_bits_are_the_same_for_any_number_of_threads(int order)
    {
        Matrix matrix = SymmetricMatrices.Random(order, seed: 11);
        foreach (Range range in new[] { .., ^20.. })
        {
            Eigenpairs expected = With(1, range);
            foreach (int count in new[] { 2, 5 })
            {
                Eigenpairs actual = With(count, range);
                Assert.Equal(expected.Eigenvalues, actual.Eigenvalues);
                Assert.Equal(expected.Vectors.Values, actual.Vectors.Values);
            }
        }

        Eigenpairs With(int threads, Range range)
        {
            using var team = new HostThreads(threads);
            return SymmetricEigenvectors.Compute(matrix, range, team);
        }
    }

    // All vectors: themselves, the reflectors and half a square of packed rows. A few: the reflectors.
    // What is new for each join and each panel grows with n but for a logarithm, most of it short-lived.
    [Theory]
    [InlineData(1200, 2.5)]
    [InlineData(5, 1)]
    public void Memory_stays_within_some_squares(int vectors, double squares)
    {
        const int Order = 1200;
        Matrix matrix = SymmetricMatrices.Random(Order, seed: 3);
        using var team = new HostThreads(1);
        SymmetricEigenvectors.Compute(matrix, ^vectors.., team);
        long before = GC.GetAllocatedBytesForCurrentThread();
        SymmetricEigenvectors.Compute(matrix, ^vectors.., team);
        long doubles = (GC.GetAllocatedBytesForCurrentThread() - before) / sizeof(double);
        Assert.InRange(doubles, 0, (squares * Order * Order) + (1700 * Order));
    }

    [Fact]
    public void Progress_rises_to_1()
    {
        var values = new List<double>();
        SymmetricEigenvectors.Compute(SymmetricMatrices.Random(100, seed: 1), .., SymmetricMatrices.Threads, new Listener(values.Add));
        Assert.Equal(values.Order().Distinct(), values);
        Assert.Equal(1, values[^1]);
    }

    [Fact]
    public void Cancellation_stops_it() => Assert.Throws<OperationCanceledException>(
        () => SymmetricEigenvectors.Compute(
            SymmetricMatrices.Diagonal(1, 2), .., SymmetricMatrices.Threads, cancellation: new CancellationToken(canceled: true)));

    [Fact]
    public void A_range_outside_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => SymmetricEigenvectors.Compute(SymmetricMatrices.Diagonal(1, 2), ..3, SymmetricMatrices.Threads));

    [Fact]
    public void What_is_not_finite_is_refused() => Assert.Throws<MatrixException>(() => Compute(SymmetricMatrices.Diagonal(1, double.NaN)));

    [Fact]
    public void Stretches_chosen_by_the_eigenvalues_are_those_of_all()
    {
        Matrix matrix = SymmetricMatrices.Random(70, seed: 8);
        Eigenpairs all = Compute(matrix);
        int negative = all.Eigenvalues.Count(value => value < 0);
        ImmutableArray<Eigenpairs> ends = SymmetricEigenvectors.Compute(
            matrix, values => [new Range(0, values.Count(value => value < 0)), ^3..], SymmetricMatrices.Threads);
        Assert.Equal([(0, negative), (67, 3)], ends.Select(stretch => (stretch.First, stretch.Count)));
        foreach (Eigenpairs stretch in ends)
        {
            Assert.Equal(all.Eigenvalues, stretch.Eigenvalues);
            for (int k = 0; k < stretch.Count; k++)
                Assert.Equal(all.Vector(stretch.First + k).ToArray(), stretch.Vector(k).ToArray());
        }
    }

    internal static Eigenpairs Compute(Matrix matrix) => SymmetricEigenvectors.Compute(matrix, .., SymmetricMatrices.Threads);

    private static double[] MathNetEigenvalues(Matrix matrix) =>
        [.. Matrix<double>.Build.Dense(matrix.Rows, matrix.Rows, (i, j) => matrix[i, j]).Evd(Symmetricity.Symmetric).EigenValues.Select(z => z.Real)];

    private static void AssertEnds(Matrix matrix, Eigenpairs all, double norm)
    {
        int few = Math.Min(4, matrix.Rows / 8);
        foreach (Eigenpairs end in SymmetricEigenvectors.Compute(matrix, _ => [new Range(0, few), ^few..], SymmetricMatrices.Threads))
        {
            Assert.Equal(all.Eigenvalues, end.Eigenvalues);
            Assert.Equal(few, end.Count);
            AssertEigenpairs(matrix, end, norm);
        }
    }

    /// <summary>max |A v − λ v| and max |Vᵀ V − I| within 10 n ε, by plain loops.</summary>
    private static void AssertEigenpairs(Matrix matrix, Eigenpairs pairs, double norm)
    {
        int n = matrix.Rows;
        double tolerance = 10 * n * Spectrum.DoubleRoundoff;
        // Relative to the norm, so that squares neither overflow nor vanish.
        double unit = norm > 0 ? norm : 1;
        for (int k = 0; k < pairs.Count; k++)
        {
            ReadOnlySpan<double> v = pairs.Vector(k);
            double square = 0;
            for (int i = 0; i < n; i++)
            {
                double sum = -(pairs.Value(k) / unit) * v[i];
                for (int j = 0; j < n; j++)
                    sum += matrix[i, j] / unit * v[j];
                square += sum * sum;
            }

            Assert.InRange(Math.Sqrt(square), 0, tolerance);
            for (int other = 0; other <= k; other++)
            {
                double product = 0;
                for (int i = 0; i < n; i++)
                    product += v[i] * pairs.Vector(other)[i];
                Assert.Equal(other == k ? 1 : 0, product, tolerance);
            }
        }
    }

    private sealed class Listener(Action<double> then) : IProgress<double>
    {
        public void Report(double value) => then(value);
    }
}
