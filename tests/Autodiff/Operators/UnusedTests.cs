using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class UnusedTests
{
    // Differences of what does not depend on the tensor are exactly zero, and so must its adjoint and its tangent-adjoint be:
    // everything is not a number before the passes.
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives(string device) => OperatorCheck.Passes(device, new(new Unused("extra", new Shape(2, 3), new Shape(5)), (x, _) => x[0]));

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void The_tensors_adjoint_is_exactly_zero(string device)
    {
        using var rig = new OperatorRig<double>(
            new Unused("extra", new Shape(2), new Shape(1)), TestDevices.Get(device), Surroundings.Alone, 1, network => ArraySamples.Random(network, 1, 1));
        Assert.Equal([3, 0, 0], rig.Adjoint([1, 7, 8], [3]));
        Assert.Equal([5, 0, 0], rig.Directions([1, 7, 8], [3], [[1, 1, 1]], [[5]]).TangentAdjoints[0]);
    }
}
