using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Pointwise;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class TanhTests
{
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives(string device) => PointwiseCheck.Passes<Tanh>(device, Math.Tanh);

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Far_from_zero_it_saturates(string device)
        => PointwiseCheck.Values<Tanh>(device, [-PointwiseCheck.Huge, -1e3, 1e3, PointwiseCheck.Huge], [-1, -1, 1, 1], [0, 0, 0, 0], [0, 0, 0, 0]);
}
