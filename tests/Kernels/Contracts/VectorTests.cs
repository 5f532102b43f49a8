using System.Numerics;

namespace BasinVolume.Kernels.Tests.Contracts;

public sealed class VectorInSingle : VectorTests<float>;

public sealed class VectorInDouble : VectorTests<double>;

/// <summary>Axpy, scale and fill.</summary>
public abstract class VectorTests<T> : KernelTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Length = 23;

    private static readonly T A = T.CreateTruncating(0.7);

    [Theory]
    [MemberData(nameof(Devices))]
    public void Axpy_agrees_with_the_reference(string device)
    {
        using var lab = new Lab<T>(device);
        T[] x = Numbers.Random<T>(1, Length), y = Numbers.Random<T>(2, Length);
        View<T> result = lab.Put(y);
        lab.Kernels.Axpy(Length, A, lab.Put(x), result);

        Expected[] expected = [.. y.Select(value => Expected.Of(Numbers.Double(value)))];
        for (int i = 0; i < Length; i++)
            expected[i].Add(Numbers.Double(A) * Numbers.Double(x[i]));
        Expected.AssertNear(expected, lab.Read(result));
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Scale_and_fill_do_what_they_say(string device)
    {
        using var lab = new Lab<T>(device);
        T[] values = Numbers.Random<T>(1, Length);
        View<T> scaled = lab.Put(values), filled = lab.Blank(Length);
        lab.Kernels.Scale(Length, A, scaled);
        lab.Kernels.Fill(Length, A, filled);
        Assert.Equal([.. values.Select(value => value * A)], lab.Read(scaled));
        Assert.All(lab.Read(filled), value => Assert.Equal(A, value));
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void Nothing_is_done_to_what_lies_beyond_the_length(string device)
    {
        using var lab = new Lab<T>(device);
        T[] values = Numbers.Random<T>(1, Length);
        View<T> x = lab.Put(values), y = lab.Put(values);
        lab.Kernels.Axpy(0, A, x, y);
        lab.Kernels.Scale(0, A, y);
        lab.Kernels.Fill(0, A, y);
        lab.Kernels.Fill(2, T.Zero, y);
        Assert.Equal([T.Zero, T.Zero, .. values[2..]], lab.Read(y));
    }

    protected override T[] Run(Lab<T> lab, int first, int count)
    {
        View<T> x = lab.Put(Entries(Numbers.Random<T>(1, BatchEntries * 5), 5, first, count));
        View<T> y = lab.Put(Entries(Numbers.Random<T>(2, BatchEntries * 5), 5, first, count));
        lab.Kernels.Axpy(count * 5, A, x, y);
        lab.Kernels.Scale(count * 5, A, y);
        return lab.Read(y);
    }
}
