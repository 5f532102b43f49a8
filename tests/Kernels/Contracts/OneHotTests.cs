using System.Numerics;

namespace BasinVolume.Kernels.Tests.Contracts;

public sealed class OneHotInSingle : OneHotTests<float>;

public sealed class OneHotInDouble : OneHotTests<double>;

public abstract class OneHotTests<T> : KernelTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int C = 5;

    [Theory]
    [MemberData(nameof(Devices))]
    public void A_row_is_one_at_its_class_alone(string device)
    {
        using var lab = new Lab<T>(device);
        Assert.Equal(Rows([0, 4, 2]), Run(lab, [T.Zero, T.CreateTruncating(4), T.CreateTruncating(2)]));
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void What_is_no_class_is_a_row_of_zeros(string device)
    {
        using var lab = new Lab<T>(device);
        T[] none = [-T.One, T.CreateTruncating(5), T.CreateTruncating(1.5), T.NaN, T.PositiveInfinity, T.NegativeInfinity, T.CreateTruncating(1e30)];
        Assert.All(Run(lab, none), value => Assert.Equal(T.Zero, value));
    }

    protected override T[] Run(Lab<T> lab, int first, int count)
        => Run(lab, [.. Numbers.RandomIntegers(1, BatchEntries, 0, C)[first..(first + count)].Select(T.CreateTruncating)]);

    private static T[] Run(Lab<T> lab, T[] x)
    {
        View<T> y = lab.Blank(x.Length * C);
        lab.Kernels.OneHot(x.Length, C, lab.Put(x), y);
        lab.Kernels.OneHot(0, C, default, default);
        return lab.Read(y);
    }

    private static T[] Rows(int[] classes) => [.. classes.SelectMany(one => Enumerable.Range(0, C).Select(c => c == one ? T.One : T.Zero))];
}
