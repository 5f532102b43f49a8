using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Host.Products;
using BasinVolume.Kernels.Host.Registers;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Tests.Host;

public class HostKernelsTests
{
    [Fact]
    public void Kernels_work_on_arrays_in_place()
    {
        using var threads = new HostThreads(2);
        // [[1, 2], [3, 4]] · [[5], [6]] = [[17], [39]], added to [[100], [200]].
        double[] result = [100, 200];
        HostKernels.Doubles(threads).MatrixProduct(
            1,
            MatrixBatch<double>.RowMajor(HostKernels.Over([1, 2, 3, 4]), 2, 2),
            MatrixBatch<double>.RowMajor(HostKernels.Over([5, 6]), 2, 1),
            MatrixBatch<double>.RowMajor(HostKernels.Over(result), 2, 1),
            accumulate: true);
        Assert.Equal([117, 239], result);
    }

    // Rows with indices of their own and rows that share them; one index, and a run of them, that ends one element behind the row.
    [Fact]
    public void Indices_outside_a_row_are_refused()
    {
        using var device = new HostDevice(2);
        IKernels<double> kernels = device.Kernels<double>();
        View<double> x = HostKernels.Over(new double[10]), y = HostKernels.Over(new double[10]);
        View<int> index = device.Allocate<int>(10).View;
        foreach (int stride in (int[])[0, 5])
        {
            foreach (int[] row in (int[][])[[0, 5, 1, -1, 2], [1, 2, 3, 4, 5], [0, 1, 2, 3, int.MaxValue]])
            {
                index.Write([.. row, .. row]);
                var shape = new GatherShape(1, 2, 5, 5, 0, stride);
                Assert.ThrowsAny<SystemException>(() => kernels.Gather(shape, index, Batch<double>.Shared(x), y));
                Assert.ThrowsAny<SystemException>(() => kernels.ScatterAdd(shape, index, Batch<double>.Shared(y), x, accumulate: false));
            }
        }
    }

    [Fact]
    public void Workspace_for_packed_operands_begins_at_a_cache_line()
    {
        var workspace = new PackedOperand<float>();
        foreach (int length in (int[])[1, 16, 1000, 100_000])
            AssertAtCacheLine(workspace.Shared(length), length);
        ArraySegment<double> doubles = new PackedOperand<double>().Shared(77);
        AssertAtCacheLine(doubles, 77);
    }

    [Fact]
    public void Subnormal_numbers_alone_become_zero()
    {
        AssertWithoutSubnormal(
            [
                0, -0.0f, 1.17549435e-38f, -1.17549435e-38f, float.BitDecrement(1.17549435e-38f), float.Epsilon, -float.Epsilon, -1e-40f, 1,
                float.NaN, float.NegativeInfinity,
            ],
            float.IsSubnormal);
        AssertWithoutSubnormal(
            [
                0, -0.0, 2.2250738585072014e-308, -2.2250738585072014e-308, double.BitDecrement(2.2250738585072014e-308), double.Epsilon, -double.Epsilon,
                -1e-310, 1, double.NaN, double.NegativeInfinity,
            ],
            double.IsSubnormal);
    }

    private static void AssertWithoutSubnormal<T>(T[] values, Func<T, bool> isSubnormal)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        foreach (T value in values)
        {
            T expected = isSubnormal(value) ? T.Zero : value;
            Assert.Equal(expected, Simd.WithoutSubnormal(value));
            Assert.Equal(expected, Simd.WithoutSubnormal(new System.Numerics.Vector<T>(value))[0]);
            Assert.Equal(expected, System.Runtime.Intrinsics.Vector512.GetElement(Simd.WithoutSubnormal(System.Runtime.Intrinsics.Vector512.Create(value)), 0));
        }
    }

    // A sure network's second derivative has products of probabilities that float cannot hold in full;
    // sums with them would take a hundred times as long on some processors.
    [Fact]
    public void Subnormal_products_do_not_reach_the_sums()
    {
        using var device = new HostDevice(1);
        IKernels<float> kernels = device.Kernels<float>();
        View<float> p = Put([1, 1e-30f, 0]), one = Put([1]), y = Put(new float[3]);
        kernels.SoftmaxCurvature(1, 1, 3, p, one, Put([0, 1e-9f, 0]), y);
        // ⟨p, x⟩ = 1e-39, which is lost in x − ⟨p, x⟩ = 1e-9; y = (−1e-39, 1e-39, 0).
        Assert.Equal([0, 0, 0], Values(y));
        View<float> gram = Put(new float[4]);
        // Two samples, (1, 1) with weight 1e-39 and (1, 0.5) with weight 2.
        kernels.WeightedGram(2, MatrixBatch<float>.RowMajor(Put([1e-39f, 2]), 2, 1), Put([1, 1, 1, 0.5f]), gram);
        Assert.Equal([2, 1, 0.5f], [Values(gram)[0], Values(gram)[1], Values(gram)[3]]);
        kernels.WeightedGram(2, MatrixBatch<float>.RowMajor(Put([1e-39f]), 1, 1), Put([1, 1]), gram);
        Assert.Equal([0, 0, 0], [Values(gram)[0], Values(gram)[1], Values(gram)[3]]);

        View<float> Put(float[] values)
        {
            View<float> view = device.Allocate<float>(values.Length).View;
            view.Write(values);
            return view;
        }

        float[] Values(View<float> view) => view.Elements().ToArray();
    }

    private static void AssertAtCacheLine<T>(ArraySegment<T> workspace, int length)
    {
        Assert.True(workspace.Count >= length);
        Assert.Equal(0, System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(workspace.Array!, workspace.Offset) % 64);
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
