using System.Numerics;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Kernels.Tests.Contracts;

/// <summary>What holds for every kernel: the tests of a kernel derive from this and say how it is called for some entries of a fixed batch.</summary>
public abstract class KernelTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected const int BatchEntries = 7;

    public static TheoryData<string> Devices => TestDevices.Names;

    [Theory]
    [MemberData(nameof(Devices))]
    public void A_member_alone_has_the_bits_it_has_in_a_batch(string device)
    {
        using var lab = new Lab<T>(device);
        T[] batch = Run(lab, 0, BatchEntries);
        T[] alone = Run(lab, BatchEntries - 1, 1);
        Assert.NotEmpty(alone);
        Assert.Equal(batch[^alone.Length..], alone);
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void The_same_input_gives_the_same_bits(string device)
    {
        using var lab = new Lab<T>(device);
        Assert.Equal(Run(lab, 0, BatchEntries), Run(lab, 0, BatchEntries));
    }

    /// <summary>
    /// Runs the kernel for entries <paramref name="first"/> … <paramref name="first"/> + <paramref name="count"/> − 1 of a fixed batch of
    /// <see cref="BatchEntries"/>.
    /// </summary>
    protected abstract T[] Run(Lab<T> lab, int first, int count);

    /// <summary>The part of values, one entry each <paramref name="size"/>, that belongs to those entries.</summary>
    private protected static T[] Entries(T[] values, int size, int first, int count) => values[(first * size)..((first + count) * size)];
}
