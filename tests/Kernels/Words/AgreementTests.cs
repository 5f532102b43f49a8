using System.Numerics;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Kernels.Tests.Words;

public sealed class AgreementInSingle : AgreementTests<float>;

public sealed class AgreementInDouble : AgreementTests<double>;

/// <summary>Devices compared with each other. The words are those that the interface has, so that a new one fails here until somebody says how it is spoken.</summary>
public abstract class AgreementTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TheoryData<string, string> WordsOnDevices
        => [.. from word in Vocabulary.Words from device in TestDevices.Names where device.Data != TestDevices.Simulator select (word, device.Data)];

    [Theory]
    [MemberData(nameof(WordsOnDevices))]
    public void A_device_says_what_the_simulator_says(string word, string device)
    {
        Invocation<T>[] invocations = [.. Invocations<T>.Of(word)];
        Assert.NotEmpty(invocations);
        foreach (Invocation<T> invocation in invocations)
        {
            using var lab = new Lab<T>(device);
            invocation.AssertAgrees(lab, device, invocation.Agreement);
        }
    }
}
