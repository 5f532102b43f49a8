using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class TanhTests
{
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives(string device) => PointwiseCheck.Passes(device, shape => new Tanh(shape), Math.Tanh);

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Far_from_zero_it_saturates(string device) => PointwiseCheck.Values(device, shape => new Tanh(shape), [-PointwiseCheck.Huge, -1e3, 1e3, PointwiseCheck.Huge], [-1, -1, 1, 1], [0, 0, 0, 0], [0, 0, 0, 0]);
}
