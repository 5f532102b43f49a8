using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Pointwise;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class GeluTanhTests
{
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives(string device)
        => PointwiseCheck.Passes<GeluTanh>(device, x => x / 2 * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))));

    // The cube of Huge does not fit into float any more.
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Far_from_zero_it_saturates(string device)
        => PointwiseCheck.Values<GeluTanh>(
            device, [-PointwiseCheck.Huge, -1e3, 1e3, PointwiseCheck.Huge], [0, 0, 1e3, PointwiseCheck.Huge], [0, 0, 1, 1], [0, 0, 0, 0]);
}
