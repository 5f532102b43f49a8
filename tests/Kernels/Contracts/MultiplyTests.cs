using System.Numerics;

namespace BasinVolume.Kernels.Tests.Contracts;

public sealed class MultiplyInSingle : MultiplyTests<float>;

public sealed class MultiplyInDouble : MultiplyTests<double>;

public abstract class MultiplyTests<T> : KernelTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int V = 3;
    private const int Length = 11;

    [Theory]
    [MemberData(nameof(Devices))]
    public void Products_agree_with_the_reference(string device)
    {
        for (int variant = 0; variant < 8; variant++)
        {
            using var lab = new Lab<T>(device);
            int aStride = (variant & 1) != 0 ? 0 : Length, xStride = (variant & 2) != 0 ? 0 : Length;
            bool accumulate = (variant & 4) != 0;
            T[] a = Numbers.Random<T>(1, V * Length), x = Numbers.Random<T>(2, V * Length), y = Numbers.Random<T>(3, V * Length);
            View<T> result = accumulate ? lab.Put(y) : lab.Blank(y.Length);
            lab.Kernels.Multiply(V, Length, new(lab.Put(a), aStride), new(lab.Put(x), xStride), result, accumulate);

            Expected[] expected = accumulate ? [.. y.Select(value => Expected.Of(Numbers.Double(value)))] : new Expected[y.Length];
            for (int i = 0; i < y.Length; i++)
                expected[i].Add(Numbers.Double(a[(i / Length * aStride) + (i % Length)]) * Numbers.Double(x[(i / Length * xStride) + (i % Length)]));
            Expected.AssertNear(expected, lab.Read(result));
        }
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void The_result_may_take_the_place_of_either_factor(string device)
    {
        using var lab = new Lab<T>(device);
        T[] a = Numbers.Random<T>(1, Length), x = Numbers.Random<T>(2, Length);
        T[] product = [.. a.Zip(x, (left, right) => left * right)];
        View<T> first = lab.Put(a), second = lab.Put(x);
        lab.Kernels.Multiply(1, Length, Batch<T>.Shared(first), Batch<T>.Shared(second), second, accumulate: false);
        Assert.Equal(product, lab.Read(second));
        second.Write(x);
        lab.Kernels.Multiply(1, Length, Batch<T>.Shared(first), Batch<T>.Shared(second), first, accumulate: false);
        lab.Kernels.Multiply(0, Length, default, default, default, accumulate: false);
        Assert.Equal(product, lab.Read(first));
    }

    protected override T[] Run(Lab<T> lab, int first, int count)
    {
        View<T> x = lab.Put(Entries(Numbers.Random<T>(1, BatchEntries * Length), Length, first, count));
        lab.Kernels.Multiply(count, Length, Batch<T>.Shared(lab.Put(Numbers.Random<T>(2, Length))), new(x, Length), x, accumulate: false);
        return lab.Read(x);
    }
}
