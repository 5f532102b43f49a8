using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Pointwise;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class LeakyReluTests
{
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives(string device) => PointwiseCheck.PassesAwayFromZero<LeakyRelu>(device, x => x > 0 ? x : x / 100);

    // As PyTorch has it: negative_slope at 0 too.
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void The_derivative_at_zero_is_that_of_the_left(string device)
    {
        using var rig = new OperatorRig<double>(
            new Pointwise<LeakyRelu>(new Shape(3)), TestDevices.Get(device), Surroundings.Alone, 1, network => ArraySamples.Random(network, 1, 1));
        Assert.Equal([0.01, 0.01, 1], rig.Adjoint([-1, 0, 1], [1, 1, 1]));
    }
}
