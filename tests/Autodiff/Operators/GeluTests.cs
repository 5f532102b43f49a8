using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Pointwise;
using BasinVolume.Kernels.Tests.Devices;
using MathNet.Numerics;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class GeluTests
{
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives(string device) => PointwiseCheck.Passes<Gelu>(device, x => x / 2 * (1 + SpecialFunctions.Erf(x / Math.Sqrt(2))));

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Far_from_zero_it_saturates(string device)
        => PointwiseCheck.Values<Gelu>(
            device, [-PointwiseCheck.Huge, -1e3, 1e3, PointwiseCheck.Huge], [0, 0, 1e3, PointwiseCheck.Huge], [0, 0, 1, 1], [0, 0, 0, 0]);
}
