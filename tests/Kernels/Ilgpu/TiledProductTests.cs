using System.Numerics;
using BasinVolume.Gpu.Ilgpu;
using BasinVolume.Kernels.Tests.Devices;
using BasinVolume.Kernels.Tests.Contracts;
using ILGPU;

namespace BasinVolume.Kernels.Tests.Ilgpu;

public sealed class TiledProductInSingle : TiledProductTests<float>;

public sealed class TiledProductInDouble : TiledProductTests<double>;

/// <summary>
/// Tiles, with and without split sums, have the bits of one thread an element. What memory looks like decides how it is fetched:
/// sizes that are multiples of four, in place, go by 128 bits.
/// On the simulator with the smallest tile: barriers are slow there.
/// </summary>
public abstract class TiledProductTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int V = 3;

    // The last one crosses from one stretch of terms to the next, and the next.
    private static readonly (int M, int K, int N)[] Sizes = [(1, 1, 1), (5, 3, 2), (8, 4, 4), (20, 12, 8), (17, 9, 7), (4, 260, 4)];

    [Fact]
    public void Small_tiles_on_a_simulator_with_groups_of_32_threads()
    {
        TestDevices.SkipUnlessMeant(TestDevices.Simulator);
        using var device = IlgpuDevice.OpenSimulator(OptimizationLevel.O2, warps: SmallTile.Threads / 2, threads: 1);
        Check<SmallTile>(device);
    }

    [Fact]
    public void Broad_tiles_on_OpenCL() => Check<BroadTile>((IlgpuDevice)TestDevices.Get(TestDevices.Pocl));

    [Fact]
    public void Narrow_tiles_on_OpenCL() => Check<NarrowTile>((IlgpuDevice)TestDevices.Get(TestDevices.Pocl));

    [Fact]
    public void A_kernel_long_enough_for_tiles_has_the_same_bits_on_OpenCL()
    {
        var device = (IlgpuDevice)TestDevices.Get(TestDevices.Pocl);
        var single = new ElementProduct<T>(device);

        // Broad tiles, narrow ones, broad ones with split sums.
        foreach ((int m, int k, int n) in ((int, int, int)[])[(800, 5, 200), (4000, 7, 9), (120, 700, 130)])
        {
            using var lab = new AlignedLab(device);
            MatrixBatch<T> a = lab.Matrices(1, m, k, transposed: false, shared: false), b = lab.Matrices(2, k, n, transposed: false, shared: true);
            MatrixBatch<T> expected = lab.Matrices(3, m, n, transposed: false, shared: false), c = lab.Matrices(4, m, n, transposed: false, shared: false);
            single.Launch(V, a, b, expected, new(1, k, 0), device.Take(expected, V), false);
            device.Kernels<T>().MatrixProduct(V, a, b, c, false);
            AssertSame(expected, c, $"{m} x {k} x {n}");
        }
    }

    private static void Check<TTile>(IlgpuDevice device)
        where TTile : struct, ITile
    {
        var tiled = new TiledProduct<T, TTile>(device);
        var single = new ElementProduct<T>(device);
        foreach ((int m, int k, int n) in Sizes)
        {
            for (int variant = 0; variant < 32; variant++)
            {
                using var lab = new AlignedLab(device);
                MatrixBatch<T> a = lab.Matrices(1, m, k, transposed: (variant & 1) != 0, shared: (variant & 4) != 0);
                MatrixBatch<T> b = lab.Matrices(2, k, n, transposed: (variant & 2) != 0, shared: (variant & 8) != 0);
                MatrixBatch<T> expected = lab.Matrices(3, m, n, transposed: (variant & 16) != 0, shared: false);
                bool accumulate = variant % 3 == 0;
                single.Launch(V, a, b, expected, new(1, k, 0), device.Take(expected, V), accumulate);

                MatrixBatch<T> c = lab.Matrices(3, m, n, transposed: (variant & 16) != 0, shared: false);
                tiled.Launch(ProductForm<T>.Of(V, a, b, c), new(1, k, 0), device.Take(c, V), accumulate);
                AssertSame(expected, c, $"{m} x {k} x {n}, variant {variant}");

                c = lab.Matrices(3, m, n, transposed: false, shared: false);
                MatrixBatch<T> sums = lab.Splits(m, n, (k + MatrixProduct<T>.Stretch - 1) / MatrixProduct<T>.Stretch, out ProductSplit split);
                tiled.Launch(ProductForm<T>.Of(V, a, b, sums), split, device.Take(sums.Data, sums.Data.Length), false);
                single.LaunchSplits(V, device.Take(sums.Data, sums.Data.Length), c, split, accumulate);
                single.Launch(V, a, b, expected = lab.Matrices(3, m, n, transposed: false, shared: false), new(1, k, 0), device.Take(expected, V), accumulate);
                AssertSame(expected, c, $"{m} x {k} x {n} in {split.Count} splits, variant {variant}");
            }
        }
    }

    private static void AssertSame(MatrixBatch<T> expected, MatrixBatch<T> actual, string what)
    {
        T[] left = new T[expected.Data.Length], right = new T[actual.Data.Length];
        expected.Data.Read(left);
        actual.Data.Read(right);
        TestDevices.Failures.AssertNone();
        int different = Enumerable.Range(0, left.Length).FirstOrDefault(i => left[i] != right[i], -1);
        Assert.True(different < 0, $"{what}: element {different} differs from what one thread sums");
    }

    internal readonly struct SmallTile : ITile
    {
        public static int Rows => 64;

        public static int Columns => 16;

        public static int Threads => 32;
    }

    // Matrices at the beginning of buffers, where they are aligned.
    private sealed class AlignedLab(IlgpuDevice device) : IDisposable
    {
        private readonly List<DeviceBuffer<T>> _buffers = [];

        public MatrixBatch<T> Matrices(int seed, int rows, int columns, bool transposed, bool shared)
        {
            View<T> data = Put(Numbers.Random<T>(seed, V * rows * columns));
            int stride = shared ? 0 : rows * columns;
            return transposed ? MatrixBatch<T>.RowMajor(data, columns, rows, stride).Transpose() : MatrixBatch<T>.RowMajor(data, rows, columns, stride);
        }

        public MatrixBatch<T> Splits(int rows, int columns, int count, out ProductSplit split)
        {
            split = new(count, MatrixProduct<T>.Stretch, V * rows * columns);
            return MatrixBatch<T>.RowMajor(Put(new T[count * V * rows * columns]), rows, columns, rows * columns);
        }

        public void Dispose() => _buffers.ForEach(buffer => buffer.Dispose());

        private View<T> Put(T[] values)
        {
            DeviceBuffer<T> buffer = device.Allocate<T>(values.Length);
            _buffers.Add(buffer);
            buffer.View.Write(values);
            return buffer.View;
        }
    }
}
