using System.Numerics;

namespace BasinVolume.Kernels.Tests.Contracts;

public sealed class CopyInSingle : CopyTests<float>;

public sealed class CopyInDouble : CopyTests<double>;

public abstract class CopyTests<T> : KernelTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int V = 3;
    private const int Length = 11;
    private const int Row = 15;

    [Theory]
    [MemberData(nameof(Devices))]
    public void Rows_go_into_longer_rows_and_nothing_else_changes(string device)
    {
        for (int variant = 0; variant < 4; variant++)
        {
            using var lab = new Lab<T>(device);
            int xStride = (variant & 1) != 0 ? 0 : Length;
            bool accumulate = (variant & 2) != 0;
            T[] x = Numbers.Random<T>(1, V * Length), y = Numbers.Random<T>(2, V * Row);
            View<T> result = lab.Put(y);
            lab.Kernels.Copy(V, Length, new(lab.Put(x), xStride), new(result.Slice(2, y.Length - 2), Row), accumulate);

            T[] expected = [.. y];
            for (int v = 0; v < V; v++)
            {
                for (int i = 0; i < Length; i++)
                    expected[(v * Row) + 2 + i] = x[(v * xStride) + i] + (accumulate ? expected[(v * Row) + 2 + i] : T.Zero);
            }

            Assert.Equal(expected, lab.Read(result));
        }
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void A_copy_of_nothing_changes_nothing(string device)
    {
        using var lab = new Lab<T>(device);
        T[] values = Numbers.Random<T>(1, Length);
        View<T> y = lab.Put(values);
        lab.Kernels.Copy(0, Length, default, new(y, Length), accumulate: false);
        lab.Kernels.Copy(V, 0, default, new(y, 0), accumulate: true);
        Assert.Equal(values, lab.Read(y));
    }

    protected override T[] Run(Lab<T> lab, int first, int count)
    {
        View<T> x = lab.Put(Entries(Numbers.Random<T>(1, BatchEntries * Length), Length, first, count));
        View<T> y = lab.Put(Entries(Numbers.Random<T>(2, BatchEntries * Length), Length, first, count));
        lab.Kernels.Copy(count, Length, new(x, Length), new(y, Length), accumulate: true);
        return lab.Read(y);
    }
}
