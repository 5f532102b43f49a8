using System.Numerics;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Kernels.Tests.Words;

/// <summary>What holds for every word: the tests of a word derive from this and say how it is spoken for some members of a fixed batch.</summary>
public abstract class WordTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected const int BatchMembers = 7;

    public static TheoryData<string> Devices => TestDevices.Names;

    [Theory]
    [MemberData(nameof(Devices))]
    public void A_member_alone_has_the_bits_it_has_in_a_batch(string device)
    {
        using var lab = new Lab<T>(device);
        T[] batch = Speak(lab, 0, BatchMembers);
        T[] alone = Speak(lab, BatchMembers - 1, 1);
        Assert.NotEmpty(alone);
        Assert.Equal(batch[^alone.Length..], alone);
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void The_same_input_gives_the_same_bits(string device)
    {
        using var lab = new Lab<T>(device);
        Assert.Equal(Speak(lab, 0, BatchMembers), Speak(lab, 0, BatchMembers));
    }

    /// <summary>Speaks the word for members <paramref name="first"/> … <paramref name="first"/> + <paramref name="count"/> − 1 of a fixed batch of <see cref="BatchMembers"/>.</summary>
    protected abstract T[] Speak(Lab<T> lab, int first, int count);

    /// <summary>The part of values, one member each <paramref name="size"/>, that belongs to those members.</summary>
    private protected static T[] Members(T[] values, int size, int first, int count) => values[(first * size)..((first + count) * size)];
}
