using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class SoftmaxLossTests
{
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives(string device) => LossCheck.Passes(device, new SoftmaxLoss(5), (o, label, _) => Math.Log(o.Sum(Math.Exp)) - o[label]);
}
