using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Pointwise;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class SoftplusTests
{
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives(string device) => PointwiseCheck.Passes<Softplus>(device, x => Math.Log(1 + Math.Exp(x)));

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Far_from_zero_it_saturates(string device)
        => PointwiseCheck.Values<Softplus>(
            device, [-PointwiseCheck.Huge, -1e3, 1e3, PointwiseCheck.Huge], [0, 0, 1e3, PointwiseCheck.Huge], [0, 0, 1, 1], [0, 0, 0, 0]);
}
