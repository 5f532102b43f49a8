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

    [Fact]
    public void A_multiply_add_of_vectors_and_of_elements_rounds_alike()
    {
        // (1 + 2⁻³⁰)² − 1 is 2⁻²⁹ + 2⁻⁶⁰ with one rounding and 2⁻²⁹ with two: the vector must agree with the element either way.
        double a = 1 + Math.ScaleB(1, -30);
        System.Numerics.Vector<double> vector = Simd.MultiplyAdd(new System.Numerics.Vector<double>(a), new(a), new(-1.0));
        Assert.Equal(new System.Numerics.Vector<double>(Simd.MultiplyAdd(a, a, -1.0)), vector);
    }
}
