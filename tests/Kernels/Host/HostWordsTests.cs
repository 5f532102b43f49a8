using BasinVolume.Kernels.Host;

namespace BasinVolume.Kernels.Tests.Host;

public class HostWordsTests
{
    [Fact]
    public void Words_work_on_arrays_in_place()
    {
        using var threads = new HostThreads(2);
        // [[1, 2], [3, 4]] · [[5], [6]] = [[17], [39]], added to [[100], [200]].
        double[] result = [100, 200];
        HostWords.Doubles(threads).MatrixProduct(
            1,
            MatrixBatch<double>.RowMajor(HostWords.Over([1, 2, 3, 4]), 2, 2),
            MatrixBatch<double>.RowMajor(HostWords.Over([5, 6]), 2, 1),
            MatrixBatch<double>.RowMajor(HostWords.Over(result), 2, 1),
            accumulate: true);
        Assert.Equal([117, 239], result);
    }

    // Rows with indices of their own and rows that share them; one index, and a run of them, that ends one element behind the row.
    [Fact]
    public void Indices_outside_a_row_are_refused()
    {
        using var device = new HostDevice(2);
        IKernels<double> words = device.Kernels<double>();
        View<double> x = HostWords.Over(new double[10]), y = HostWords.Over(new double[10]);
        View<int> index = device.Allocate<int>(10).View;
        foreach (int stride in (int[])[0, 5])
        {
            foreach (int[] row in (int[][])[[0, 5, 1, -1, 2], [1, 2, 3, 4, 5], [0, 1, 2, 3, int.MaxValue]])
            {
                index.Write([.. row, .. row]);
                var shape = new GatherShape(1, 2, 5, 5, 0, stride);
                Assert.ThrowsAny<SystemException>(() => words.Gather(shape, index, Batch<double>.Shared(x), y));
                Assert.ThrowsAny<SystemException>(() => words.ScatterAdd(shape, index, Batch<double>.Shared(y), x, accumulate: false));
            }
        }
    }

    [Fact]
    public void Room_for_packed_operands_begins_at_a_cache_line()
    {
        var room = new PackedOperand<float>();
        foreach (int length in (int[])[1, 16, 1000, 100_000])
            AssertAtCacheLine(room.Shared(length), length);
        ArraySegment<double> doubles = new PackedOperand<double>().Shared(77);
        AssertAtCacheLine(doubles, 77);
    }

    private static void AssertAtCacheLine<T>(ArraySegment<T> room, int length)
    {
        Assert.True(room.Count >= length);
        Assert.Equal(0, System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(room.Array!, room.Offset) % 64);
    }

    [Fact]
    public void A_multiply_add_of_vectors_and_of_elements_rounds_alike()
    {
        // (1 + 2⁻³⁰)² − 1 is 2⁻²⁹ + 2⁻⁶⁰ with one rounding and 2⁻²⁹ with two: the vector must agree with the element either way.
        double a = 1 + Math.ScaleB(1, -30);
        System.Numerics.Vector<double> vector = Simd.MultiplyAdd(new System.Numerics.Vector<double>(a), new(a), new(-1.0));
        Assert.Equal(new System.Numerics.Vector<double>(Simd.MultiplyAdd(a, a, -1.0)), vector);
    }
}
