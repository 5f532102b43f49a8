using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Tests.Devices;
using MathNet.Numerics;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class GeluTests
{
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives(string device) => PointwiseCheck.Passes(device, shape => new Gelu(shape), x => x / 2 * (1 + SpecialFunctions.Erf(x / Math.Sqrt(2))));

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Far_from_zero_it_saturates(string device) => PointwiseCheck.Values(device, shape => new Gelu(shape), [-PointwiseCheck.Huge, -1e3, 1e3, PointwiseCheck.Huge], [0, 0, 1e3, PointwiseCheck.Huge], [0, 0, 1, 1], [0, 0, 0, 0]);
}
