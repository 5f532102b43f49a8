using System.Numerics;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Kernels.Tests.Contracts;

public sealed class AgreementInSingle : AgreementTests<float>;

public sealed class AgreementInDouble : AgreementTests<double>;

/// <summary>
/// Devices compared with each other. The kernels are those that the interface has, so that a new one fails here until somebody says how it is called.
/// </summary>
public abstract class AgreementTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TheoryData<string, string> KernelsOnDevices
        => [.. from kernel in Vocabulary.Kernels from device in TestDevices.Names where device.Data != TestDevices.Simulator select (kernel, device.Data)];

    [Theory]
    [MemberData(nameof(KernelsOnDevices))]
    public void A_device_says_what_the_simulator_says(string kernel, string device)
    {
        Invocation<T>[] invocations = [.. Invocations<T>.Of(kernel)];
        Assert.NotEmpty(invocations);
        foreach (Invocation<T> invocation in invocations)
        {
            using var lab = new Lab<T>(device);
            invocation.AssertAgrees(lab, device, invocation.Agreement);
        }
    }
}
