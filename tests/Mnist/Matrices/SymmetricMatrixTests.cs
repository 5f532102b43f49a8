using System.Numerics;
using System.Runtime.InteropServices;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Dense;
using BasinVolume.Interop;
using BasinVolume.Interop.Arrays;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;
using BasinVolume.Mnist.Matrices;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Tests.Matrices;

/// <summary>How exact anyone's matrix is: by the type of its elements, or by what is said of it.</summary>
public sealed class SymmetricMatrixTests : IDisposable
{
    private const int Order = 72, Rank = 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_matrix_of_low_rank_has_its_inertia_in_every_type()
    {
        double[] elements = LowRank();
        Assert.Equal(new Inertia(Rank, Order - Rank, 0), InertiaOf(Written(elements)));
        Assert.Equal(new Inertia(Rank, Order - Rank, 0), InertiaOf(Written(Array.ConvertAll(elements, x => (float)x))));
        Assert.Equal(new Inertia(Rank, Order - Rank, 0), InertiaOf(Written(Array.ConvertAll(elements, x => (Half)x))));
        // As what it is not, the same float32 matrix has rounding for eigenvalues.
        Assert.NotEqual(0, InertiaOf(Written(Array.ConvertAll(elements, x => (float)x)), new(MatrixPrecision.Float64)).Negative);
    }

    [Fact]
    public void The_type_of_an_array_in_an_archive_counts_as_well()
    {
        string path = _folder.PathOf("a.npz");
        Npz.Write<float>(path, [new("a", [2, 2])], [1, 0, 0, 1]);
        Assert.Equal(MatrixPrecision.Float32, Read(path, new()).Precision);
    }

    [Fact]
    public void Whole_numbers_are_exact()
    {
        // [[1, 1], [1, 1]] and 2³⁰ times the unit matrix beside it: zero is told from 1.
        SymmetricMatrix read = Read(Written([1, 0, 0, 1 << 30]), new());
        Assert.Equal((MatrixPrecision.Float64, new Exactness(Spectrum.DoubleRoundoff)), (read.Precision, read.Exactness));
    }

    [Theory]
    [InlineData(1e-7)]
    [InlineData(1.5e-7)]
    public void Float32_may_be_as_asymmetric_as_its_rounding(double asymmetry)
    {
        SymmetricMatrix read = Read(Written<float>([1, (float)asymmetry, 0, 1]), new());
        Assert.Equal((float)asymmetry, read.Asymmetry);
        Assert.Equal(2 * Spectrum.SingleRoundoff, read.AsymmetryTolerance);
        Assert.Equal([1, (float)asymmetry / 2.0, (float)asymmetry / 2.0, 1], read.Matrix.Values);
        Assert.Contains("float32, its asymmetry", read.Statement, StringComparison.Ordinal);
        // The same numbers in float64 are not rounding.
        TestFiles.AssertExplained<DataException>(
            () => Read(Written([1, asymmetry, 0, 1]), new()),
            "not symmetric: element (0, 1) is 1", "and element (1, 0) is 0", "at most 4.44e-16, order times rounding in float64");
        Assert.Equal(asymmetry, Read(Written([1, asymmetry, 0, 1]), new(MatrixPrecision.Float32)).Asymmetry);
    }

    [Fact]
    public void A_tolerance_for_asymmetry_takes_more_and_what_symmetrising_moved_is_not_told_from_zero()
    {
        // 2⁻³² is 2.33e-10.
        double difference = Math.ScaleB(1, -32);
        string path = Written([1, 0.5 + difference, 0.5, 1]);
        TestFiles.AssertExplained<DataException>(
            () => Read(path, new()), "by 2.33e-10 of the largest element", "--asymmetry-tolerance 3E-10, else check how it was made");
        TestFiles.AssertExplained<DataException>(() => Read(path, new(AsymmetryTolerance: 1e-10)), "where --asymmetry-tolerance allows 1e-10");
        SymmetricMatrix read = Read(path, new(AsymmetryTolerance: 3e-10));
        Assert.Equal(new Exactness(difference / 2), read.Exactness);
        Assert.Equal(1e-5, Read(path, new(AsymmetryTolerance: 1e-9, ZeroTolerance: 1e-5)).Exactness.ZeroTolerance(2));
    }

    [Fact]
    public void Of_several_pairs_the_worst_is_named_and_a_single_triangle_recognised()
    {
        TestFiles.AssertExplained<DataException>(
            () => Read(Written([1, 2, 3, 2.5, 1, 4, 5, 4, 1.0]), new()),
            "element (0, 2) is 3 and element (2, 0) is 5, the pair that differs most, by 0.4 of the largest element");
        TestFiles.AssertExplained<DataException>(
            () => Read(Written([1.0, 0, 2, 1]), new()), "only its lower triangle is filled, so save A + Aᵀ − diag(A) instead");
        TestFiles.AssertExplained<DataException>(() => Read(Written([1.0, 2, 0, 1]), new()), "only its upper triangle is filled");
        TestFiles.AssertExplained<DataException>(() => Read(Written([1.0, 2, -2, 1]), new()), "by 2 of the largest element", "check how it was made");
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1.0f)]
    public void What_is_done_with_a_matrix_must_fit_before_it_is_read<T>(T element)
        where T : unmanaged, INumber<T>
        // Of whatever type, a number takes eight bytes in every copy: 10¹⁵ copies of 128 bytes of header and a number or two.
        => TestFiles.AssertExplained<DataException>(
            () => SymmetricMatrix.Read(Written([element]), new(), copies: 1e15),
            $"has {128 + Marshal.SizeOf<T>()} bytes, and to read it", "of memory, of which");

    [Fact]
    public void Where_a_type_runs_out_of_digits_its_smallest_step_is_the_rounding()
    {
        // Half precision ends at 2⁻²⁴; a largest element of 2⁻²⁰ is known to a sixteenth.
        Assert.Equal(new Exactness(1.0 / 16), Read(Written([(Half)Math.ScaleB(1, -20)]), new()).Exactness);
    }

    private static SymmetricMatrix Read(string path, StatedExactness stated) => SymmetricMatrix.Read(path, stated, copies: 4);

    private static Inertia InertiaOf(string path, StatedExactness? stated = null)
    {
        using var threads = new HostThreads(1);
        SymmetricMatrix read = Read(path, stated ?? new());
        return new Spectrum(SymmetricEigenvalues.Compute(read.Matrix, threads, cancellation: TestContext.Current.CancellationToken), read.Exactness).Inertia;
    }

    // B Bᵀ of a random B [n, r].
    private static double[] LowRank()
    {
        var random = new Random(3);
        var b = new Matrix(Order, Rank, [.. Enumerable.Range(0, Order * Rank).Select(_ => random.NextDouble() - 0.5)]);
        double[] product = new double[Order * Order];
        for (int i = 0; i < Order; i++)
        {
            for (int j = 0; j < Order; j++)
                product[(i * Order) + j] = Enumerable.Range(0, Rank).Sum(k => b[i, k] * b[j, k]);
        }

        return product;
    }

    private string Written<T>(T[] elements)
        where T : unmanaged, INumber<T>
    {
        string path = _folder.PathOf("a.npy");
        int n = (int)Math.Sqrt(elements.Length);
        Npy.Write<T>(path, [n, n], elements);
        return path;
    }
}
