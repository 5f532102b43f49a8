using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Pointwise;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class ReluTests
{
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives(string device) => PointwiseCheck.PassesAwayFromZero<Relu>(device, x => Math.Max(x, 0));

    // Theano#3210, jax#37821: the derivative at exactly 0, which lies between 0 and 1, is taken as 0.
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void The_derivative_at_zero_is_zero(string device) => PointwiseCheck.Values<Relu>(device, [-1, 0, 1], [0, 0, 1], [0, 0, 1], [0, 0, 0]);
}
