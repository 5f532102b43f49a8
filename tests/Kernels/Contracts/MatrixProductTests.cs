using System.Numerics;

namespace BasinVolume.Kernels.Tests.Contracts;

public sealed class MatrixProductInSingle : MatrixProductTests<float>;

public sealed class MatrixProductInDouble : MatrixProductTests<double>;

public abstract class MatrixProductTests<T> : KernelTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly (int M, int K, int N)[] Sizes = [(1, 1, 1), (3, 5, 2), (7, 4, 9), (2, 17, 3), (5, 1, 6), (2, 270, 3)];

    [Theory]
    [MemberData(nameof(Devices))]
    public void Products_of_all_layouts_agree_with_the_reference(string device)
    {
        foreach ((int m, int k, int n) in Sizes)
        {
            for (int variant = 0; variant < 32; variant++)
            {
                Check(
                    device,
                    m,
                    k,
                    n,
                    transposeA: (variant & 1) != 0,
                    transposeB: (variant & 2) != 0,
                    shareA: (variant & 4) != 0,
                    shareB: (variant & 8) != 0,
                    accumulate: (variant & 16) != 0);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Sides_longer_than_a_block_agree_with_the_reference(string device)
    {
        // Entries of 10 rows lie across tiles and parts of the tall product; 261 terms are more than one block of the sum.
        Check(device, 10, 261, 35, transposeA: true, transposeB: false, shareA: false, shareB: true, accumulate: false);
        Check(device, 53, 9, 18, transposeA: false, transposeB: true, shareA: true, shareB: true, accumulate: true);
    }

    // Columns for no more than one vector of the tiles, for one and a part, for a tile, and for more; rows that end inside a tile and a part.
    [Fact]
    public void Widths_around_those_of_tiles_agree_with_the_reference_on_the_processor()
    {
        foreach (int n in (int[])[2, 4, 7, 8, 9, 10, 15, 16, 17, 31, 32, 33, 41])
        {
            for (int variant = 0; variant < 8; variant++)
            {
                Check(
                    Tests.Devices.TestDevices.Cpu,
                    19,
                    21,
                    n,
                    transposeA: (variant & 1) != 0,
                    transposeB: (variant & 2) != 0,
                    shareA: false,
                    shareB: true,
                    accumulate: (variant & 4) != 0);
            }
        }

        Check(Tests.Devices.TestDevices.Cpu, 101, 300, 10, transposeA: false, transposeB: true, shareA: false, shareB: true, accumulate: false);
        Check(Tests.Devices.TestDevices.Cpu, 10, 300, 101, transposeA: true, transposeB: false, shareA: true, shareB: false, accumulate: true);
    }

    // The host multiplies such entries one by one and others that share their left operand all at once; 261 terms are more than one block of the sum.
    [Fact]
    public void Large_entries_that_share_the_left_operand_have_the_bits_of_each_alone_on_the_processor()
    {
        Check(Tests.Devices.TestDevices.Cpu, 150, 261, 118, transposeA: false, transposeB: true, shareA: true, shareB: false, accumulate: true);
        const int V = 2, K = 261;
        foreach ((int m, int n) in ((int, int)[])[(150, 118), (10, 1700), (1700, 10), (140, 117)])
        {
            using var lab = new Lab<T>(Tests.Devices.TestDevices.Cpu);
            MatrixBatch<T> a = Stored(lab.Put(Numbers.Random<T>(1, m * K)), m, K, transposed: true, shared: true);
            View<T> b = lab.Put(Numbers.Random<T>(2, V * K * n)), together = lab.Blank(V * m * n), alone = lab.Blank(V * m * n);
            MatrixBatch<T> each = Stored(b, K, n, transposed: true, shared: false);
            lab.Kernels.MatrixProduct(V, a, each, MatrixBatch<T>.RowMajor(together, m, n, m * n), accumulate: false);
            for (int v = 0; v < V; v++)
            {
                MatrixBatch<T> right = Stored(b.Slice(v * K * n, K * n), K, n, transposed: true, shared: true);
                lab.Kernels.MatrixProduct(1, a, right, MatrixBatch<T>.RowMajor(alone.Slice(v * m * n, m * n), m, n), accumulate: false);
            }

            Assert.Equal(lab.Read(alone), lab.Read(together));
        }
    }

    // Element (i, j) is number i + 2j.
    [Theory]
    [MemberData(nameof(Devices))]
    public void Columns_that_overlap_in_memory_agree_with_the_reference(string device)
    {
        using var lab = new Lab<T>(device);
        T[] b = Numbers.Random<T>(2, 9 + (2 * 18));
        View<T> overlapping = lab.Put(b), apart = lab.Put([.. Enumerable.Range(0, 9 * 19).Select(i => b[(i / 19) + (2 * (i % 19))])]);
        View<T> actual = lab.Blank(7 * 19), expected = lab.Blank(7 * 19);
        MatrixBatch<T> a = MatrixBatch<T>.RowMajor(lab.Put(Numbers.Random<T>(1, 7 * 9)), 7, 9);
        lab.Kernels.MatrixProduct(1, a, new(overlapping, 9, 19, 1, 2, 0), MatrixBatch<T>.RowMajor(actual, 7, 19), accumulate: false);
        lab.Kernels.MatrixProduct(1, a, MatrixBatch<T>.RowMajor(apart, 9, 19), MatrixBatch<T>.RowMajor(expected, 7, 19), accumulate: false);
        Assert.Equal(lab.Read(expected), lab.Read(actual));
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void An_empty_inner_side_gives_zeros(string device)
    {
        using var lab = new Lab<T>(device);
        View<T> c = lab.Blank(6);
        lab.Kernels.MatrixProduct(
            1, MatrixBatch<T>.RowMajor(default, 2, 0), MatrixBatch<T>.RowMajor(default, 0, 3), MatrixBatch<T>.RowMajor(c, 2, 3), accumulate: false);
        Assert.All(lab.Read(c), value => Assert.Equal(T.Zero, value));
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Sizes_of_zero_do_nothing(string device)
    {
        using var lab = new Lab<T>(device);
        View<T> two = lab.Put(Numbers.Random<T>(1, 2));
        lab.Kernels.MatrixProduct(
            0, MatrixBatch<T>.RowMajor(two, 1, 2), MatrixBatch<T>.RowMajor(two, 2, 1), MatrixBatch<T>.RowMajor(two, 1, 1), accumulate: false);
        lab.Kernels.MatrixProduct(
            1, MatrixBatch<T>.RowMajor(default, 0, 2), MatrixBatch<T>.RowMajor(two, 2, 1), MatrixBatch<T>.RowMajor(default, 0, 1), accumulate: false);
        Assert.Equal(Numbers.Random<T>(1, 2), lab.Read(two));
    }

    protected override T[] Run(Lab<T> lab, int first, int count)
    {
        const int M = 3, K = 11, N = 5;
        View<T> a = lab.Put(Entries(Numbers.Random<T>(1, BatchEntries * M * K), M * K, first, count));
        View<T> b = lab.Put(Entries(Numbers.Random<T>(2, BatchEntries * K * N), K * N, first, count));
        View<T> c = lab.Blank(count * M * N);
        lab.Kernels.MatrixProduct(
            count,
            MatrixBatch<T>.RowMajor(a, M, K, M * K),
            MatrixBatch<T>.RowMajor(b, K, N, K * N),
            MatrixBatch<T>.RowMajor(c, M, N, M * N),
            accumulate: false);
        return lab.Read(c);
    }

    private static void Check(string device, int m, int k, int n, bool transposeA, bool transposeB, bool shareA, bool shareB, bool accumulate)
    {
        const int V = 3;
        using var lab = new Lab<T>(device);
        T[] a = Numbers.Random<T>(1, V * m * k), b = Numbers.Random<T>(2, V * k * n), c = Numbers.Random<T>(3, V * m * n);
        MatrixBatch<T> left = Stored(lab.Put(a), m, k, transposeA, shareA);
        MatrixBatch<T> right = Stored(lab.Put(b), k, n, transposeB, shareB);
        View<T> result = accumulate ? lab.Put(c) : lab.Blank(c.Length);
        lab.Kernels.MatrixProduct(V, left, right, MatrixBatch<T>.RowMajor(result, m, n, m * n), accumulate);

        var expected = new Expected[V * m * n];
        for (int i = 0; i < expected.Length; i++)
        {
            int entry = i / (m * n), row = i / n % m, column = i % n;
            var sum = accumulate ? Expected.Of(Numbers.Double(c[i])) : default;
            for (int inner = 0; inner < k; inner++)
                sum.Add(At(a, left, entry, row, inner) * At(b, right, entry, inner, column));
            expected[i] = sum;
        }

        Expected.AssertNear(expected, lab.Read(result));
    }

    private static MatrixBatch<T> Stored(View<T> data, int rows, int columns, bool transposed, bool shared)
    {
        int stride = shared ? 0 : rows * columns;
        return transposed ? MatrixBatch<T>.RowMajor(data, columns, rows, stride).Transpose() : MatrixBatch<T>.RowMajor(data, rows, columns, stride);
    }

    private static double At(T[] values, MatrixBatch<T> matrices, int entry, int row, int column)
        => Numbers.Double(values[(entry * matrices.BatchStride) + (row * matrices.RowStride) + (column * matrices.ColumnStride)]);
}
