using BasinVolume.Curvature.Dense;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;
using CsCheck;
using MathNet.Numerics.LinearAlgebra;

namespace BasinVolume.Curvature.Tests.Dense;

public class SymmetricEigenvaluesTests
{
    [Fact]
    public void A_matrix_of_order_0_has_none() => Assert.Empty(Compute(new Matrix(0, 0)));

    [Theory]
    [InlineData(0)]
    [InlineData(-2.5)]
    [InlineData(1e300)]
    [InlineData(5e-324)] // the smallest positive double
    public void A_matrix_of_order_1_is_its_own(double element) => Assert.Equal([element], Compute(SymmetricMatrices.Diagonal(element)));

    [Fact]
    public void Order_2_by_the_quadratic_formula()
    {
        // [[1, 2], [2, 4]]: determinant 0, trace 5. [[0, 1], [1, 0]]: ±1.
        AssertClose([0, 5], Compute(new Matrix(2, 2, [1, 2, 2, 4])), 5);
        AssertClose([-1, 1], Compute(new Matrix(2, 2, [0, 1, 1, 0])), 1);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public void A_zero_matrix_has_zeros(int order) => Assert.Equal(new double[order], Compute(new Matrix(order, order)));

    [Fact]
    public void A_diagonal_matrix_gives_its_diagonal_exactly()
    {
        double[] diagonal = [3, -1, 1e-9, 0.1, 3, -7, 0, 1e5];
        Assert.Equal(diagonal.Order(), Compute(SymmetricMatrices.Diagonal(diagonal)));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(33)] // one more than a panel
    [InlineData(400)]
    public void Second_difference_has_2_minus_2_cosines(int order)
    {
        Matrix matrix = SymmetricMatrices.Of(order, (i, j) => i == j ? 2 : Math.Abs(i - j) == 1 ? -1 : 0);
        // Closed form: 2 − 2 cos(kπ/(n + 1)), k = 1 … n.
        double[] expected = [.. Enumerable.Range(1, order).Select(k => 2 - (2 * Math.Cos(k * Math.PI / (order + 1))))];
        AssertClose(expected, Compute(matrix), 4);
    }

    [Fact]
    public void Wilkinsons_matrix_of_order_21_has_its_close_pairs()
    {
        double[] eigenvalues = Compute(SymmetricMatrices.Of(21, (i, j) => i == j ? Math.Abs(10 - i) : Math.Abs(i - j) == 1 ? 1 : 0));
        // Wilkinson, The Algebraic Eigenvalue Problem (1965), chapter 5, section 45: the two largest agree to 14 places, the smallest is −1.1254415.
        Assert.Equal(10.746194182903, eigenvalues[^1], 1e-12);
        Assert.Equal(10.746194182903, eigenvalues[^2], 1e-12);
        Assert.Equal(-1.1254415, eigenvalues[0], 1e-7);
    }

    [Fact]
    public void Eigenvalues_closer_than_rounding_can_tell_come_as_often_as_they_are()
    {
        // Wilkinson's matrix of order 201: the two largest differ by less than the numbers have places, and no off-diagonal element is small.
        double[] eigenvalues = Compute(SymmetricMatrices.Of(201, (i, j) => i == j ? Math.Abs(100 - i) : Math.Abs(i - j) == 1 ? 1 : 0));
        Assert.Equal(201, eigenvalues.Length);
        // Near the ends of the diagonal the matrix is that of order 21, moved up by 90: its largest eigenvalues there.
        Assert.Equal(100.746194182903, eigenvalues[^1], 1e-11);
        Assert.Equal(100.746194182903, eigenvalues[^2], 1e-11);
        // The trace, 2 (1 + … + 100).
        Assert.Equal(10100, eigenvalues.Sum(), 1e-10);
    }

    [Fact]
    public void Pivots_that_vanish_harm_nothing()
    {
        // 0 on the diagonal and 1 beside it: 2 cos(kπ/(n + 1)). At 0, where bisection begins, every other pivot is 0 or infinite.
        Matrix matrix = SymmetricMatrices.Of(101, (i, j) => Math.Abs(i - j) == 1 ? 1 : 0);
        double[] expected = [.. Enumerable.Range(1, 101).Select(k => 2 * Math.Cos(k * Math.PI / 102))];
        AssertClose(expected, Compute(matrix), 2);
    }

    [Theory]
    [InlineData(700)]
    [InlineData(1100)]
    public void A_larger_matrix_has_its_eigenvalues_to_a_few_units(int order)
    {
        double[] spectrum = [.. Enumerable.Range(0, order).Select(i => i < order / 2 ? Math.Cos(i) : 1e-6 * Math.Cos(i))];
        double[] eigenvalues = Compute(SymmetricMatrices.WithSpectrum(spectrum, seed: 5));
        // Rounding of the matrix itself and of n steps, each in its own direction.
        double tolerance = 8 * Math.Sqrt(order) * Spectrum.DoubleRoundoff;
        foreach ((double e, double a) in spectrum.Order().Zip(eigenvalues))
            Assert.Equal(e, a, tolerance);
    }

    [Fact]
    public void Hilberts_matrix_of_order_3()
    {
        double[] eigenvalues = Compute(SymmetricMatrices.Of(3, (i, j) => 1.0 / (i + j + 1)));
        // Symmetric functions of the eigenvalues by hand: trace 1 + 1/3 + 1/5, sum of the principal 2 × 2 minors, determinant 1/2160.
        Assert.Equal(23.0 / 15, eigenvalues.Sum(), 1e-14);
        Assert.Equal(
            (1.0 / 12) + (4.0 / 45) + (1.0 / 240),
            (eigenvalues[0] * eigenvalues[1]) + (eigenvalues[0] * eigenvalues[2]) + (eigenvalues[1] * eigenvalues[2]),
            1e-14);
        Assert.Equal(1.0 / 2160, eigenvalues[0] * eigenvalues[1] * eigenvalues[2], 1e-15);
    }

    [Fact]
    public void A_matrix_of_rank_one_has_one_eigenvalue_that_is_not_zero()
    {
        // u uᵀ with u_i = i + 1, n = 50: n(n + 1)(2n + 1)/6 = 42925 and 49 zeros.
        double[] eigenvalues = Compute(SymmetricMatrices.Of(50, (i, j) => (i + 1.0) * (j + 1)));
        AssertClose([.. new double[49], 42925], eigenvalues, 42925);
    }

    public static TheoryData<string, double[]> Spectra => new()
    {
        { "evenly spaced", [.. Enumerable.Range(0, 100).Select(i => i - 50.0)] },
        { "one value many times", [.. Enumerable.Repeat(3.0, 70), .. Enumerable.Repeat(-2.0, 30)] },
        { "clusters", [.. Enumerable.Range(0, 96).Select(i => (i % 4) + (1e-13 * i))] },
        { "many zeros", [.. new double[60], .. Enumerable.Range(1, 40).Select(i => 1.0 / i)] },
        { "graded", [.. Enumerable.Range(0, 65).Select(i => Math.Pow(10, -i / 4.0))] },
        { "graded, both signs", [.. Enumerable.Range(0, 64).Select(i => Math.Pow(-0.5, i))] },
        { "several parts of each product", [.. Enumerable.Range(0, 901).Select(i => Math.Sin(i))] },
    };

    [Theory]
    [MemberData(nameof(Spectra))]
    public void Any_spectrum_comes_back_from_a_random_orthogonal_similarity(string name, double[] spectrum)
    {
        Assert.NotEmpty(name);
        AssertClose(spectrum, Compute(SymmetricMatrices.WithSpectrum(spectrum, seed: 7)), spectrum.Max(Math.Abs));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(31)]
    [InlineData(65)]
    [InlineData(120)]
    public void Agrees_with_MathNet(int order)
    {
        Matrix matrix = SymmetricMatrices.Random(order, seed: order);
        double[] expected = [.. Matrix<double>.Build.Dense(order, order, (i, j) => matrix[i, j]).Evd(Symmetricity.Symmetric).EigenValues.Select(z => z.Real)];
        AssertClose(expected, Compute(matrix), expected.Max(Math.Abs));
    }

    [Theory]
    [InlineData(1e-160)]
    [InlineData(1e-140)]
    [InlineData(1e-300)]
    public void A_coupling_whose_square_underflows_harms_nothing(double coupling)
    {
        double[] rest = [.. Enumerable.Range(1, 40).Select(i => i / 40.0)];
        Matrix block = SymmetricMatrices.WithSpectrum(rest, seed: 3);
        Matrix matrix = SymmetricMatrices.Of(41, (i, j) => (i, j) switch
        {
            (0, 0) => 2,
            (0, _) or (_, 0) => coupling * (i + j),
            _ => block[i - 1, j - 1],
        });
        AssertClose([.. rest, 2], Compute(matrix), 2);
    }

    [Theory]
    [InlineData(-1000)] // elements near 1e-301
    [InlineData(990)] // elements near 1e298
    public void A_power_of_two_scales_every_eigenvalue_exactly(int exponent)
    {
        Matrix matrix = SymmetricMatrices.Random(50, seed: 5);
        Matrix scaled = SymmetricMatrices.Of(50, (i, j) => Math.ScaleB(matrix[i, j], exponent));
        Assert.Equal(Compute(matrix).Select(x => Math.ScaleB(x, exponent)), Compute(scaled));
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e300)]
    public void The_scale_of_the_matrix_does_not_matter(double scale)
    {
        double[] spectrum = [-3, -1, 0, 0, 1, 2, 5, 5, 8, 9];
        Matrix matrix = SymmetricMatrices.WithSpectrum(spectrum, seed: 2);
        double[] eigenvalues = Compute(SymmetricMatrices.Of(10, (i, j) => scale * matrix[i, j]));
        AssertClose(spectrum, [.. eigenvalues.Select(x => x / scale)], 9);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(900)] // three parts of each product, at first
    public void The_bits_are_the_same_for_any_number_of_threads(int order)
    {
        Matrix matrix = SymmetricMatrices.Random(order, seed: 11);
        double[] expected = Compute(matrix, threads: 1);
        foreach (int count in new[] { 2, 3, 7 })
            Assert.Equal(expected, Compute(matrix, count));
    }

    [Fact]
    public void The_input_stays_as_it_is()
    {
        Matrix matrix = SymmetricMatrices.Random(40, seed: 1);
        double[] before = [.. matrix.Values];
        Compute(matrix);
        Assert.Equal(before, matrix.Values);
    }

    [Fact]
    public void Eigenvalues_of_any_matrix_are_ascending_and_have_its_trace_and_norm() =>
        AnySymmetric.Sample(matrix =>
        {
            double[] eigenvalues = Compute(matrix);
            // Compensated, as a plain sum of n² squares is itself off by up to n²/4 units.
            double norm = Math.Sqrt(CompensatedSum.Of(matrix.Values, x => x * x));
            // Each eigenvalue is found after n − 2 reflections from both sides, and each of these moves all eigenvalues by a unit or so of the norm;
            // the search adds a unit or two: up to about 4n units.
            double tolerance = 4 * matrix.Rows * Spectrum.DoubleRoundoff * norm;
            Assert.Equal(eigenvalues.Order(), eigenvalues);
            Assert.Equal(Enumerable.Range(0, matrix.Rows).Sum(i => matrix[i, i]), eigenvalues.Sum(), matrix.Rows * tolerance);
            Assert.Equal(norm, Math.Sqrt(CompensatedSum.Of(eigenvalues, x => x * x)), tolerance);
        });

    [Fact]
    public void Eigenvalues_of_a_leading_block_lie_between_those_of_the_matrix() =>
        AnySymmetric.Sample(matrix =>
        {
            // Cauchy's interlacing: λ_i ≤ μ_i ≤ λ_(i+1) when the last row and column are removed.
            double[] whole = Compute(matrix);
            double[] block = Compute(SymmetricMatrices.Of(matrix.Rows - 1, (i, j) => matrix[i, j]));
            double tolerance = matrix.Rows * Spectrum.DoubleRoundoff * whole.Max(Math.Abs);
            for (int i = 0; i < block.Length; i++)
                Assert.InRange(block[i], whole[i] - tolerance, whole[i + 1] + tolerance);
        });

    [Fact]
    public void Progress_rises_to_1()
    {
        var progress = new Reports();
        SymmetricEigenvalues.Compute(SymmetricMatrices.Random(100, seed: 1), SymmetricMatrices.Threads, progress, TestContext.Current.CancellationToken);
        Assert.Equal(progress.Values.Order().Distinct(), progress.Values);
        Assert.Equal(1, progress.Values[^1]);
        Assert.All(progress.Values, value => Assert.InRange(value, 0, 1));
    }

    [Fact]
    public void Cancellation_stops_it_between_panels()
    {
        using var source = new CancellationTokenSource();
        var progress = new Reports(source.Cancel);
        Assert.Throws<OperationCanceledException>(
            () => SymmetricEigenvalues.Compute(SymmetricMatrices.Random(100, seed: 1), SymmetricMatrices.Threads, progress, source.Token));
        Assert.Single(progress.Values);
    }

    [Fact]
    public void An_eigenvalue_beyond_the_range_of_a_double_is_refused()
    {
        // [[a, a], [a, a]] has 2a = 3.2e308; 2^1024 = 1.7977e308, so 2a = 1.78 · 2^1024.
        MatrixException error = Assert.Throws<MatrixException>(() => Compute(SymmetricMatrices.Of(2, (_, _) => 1.6e308)));
        Assert.Equal("Eigenvalue 1 of the matrix is 1.78 x 2^1024, beyond the largest double, 1.8e308: divide the matrix by its order first.", error.Message);
    }

    private static Gen<Matrix> AnySymmetric { get; } =
        from order in Gen.Int[1, 40]
        from values in Gen.Double[-10, 10].Array[order * order]
        select SymmetricMatrices.Of(order, (i, j) => values[(Math.Min(i, j) * order) + Math.Max(i, j)]);

    private static double[] Compute(Matrix matrix) => SymmetricMatrices.Eigenvalues(matrix);

    private static double[] Compute(Matrix matrix, int threads)
    {
        using var team = new HostThreads(threads);
        return SymmetricEigenvalues.Compute(matrix, team, cancellation: TestContext.Current.CancellationToken);
    }

    /// <summary>To n·ε·‖A‖, the error that the solver promises up to a small factor.</summary>
    private static void AssertClose(double[] expected, double[] actual, double norm)
    {
        Assert.Equal(expected.Length, actual.Length);
        double tolerance = expected.Length * Spectrum.DoubleRoundoff * norm;
        foreach ((double e, double a) in expected.Order().Zip(actual))
            Assert.Equal(e, a, tolerance);
    }

    private sealed class Reports(Action? then = null) : IProgress<double>
    {
        public List<double> Values { get; } = [];

        public void Report(double value)
        {
            Values.Add(value);
            then?.Invoke();
        }
    }
}
