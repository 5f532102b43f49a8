using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Pointwise;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class EluTests
{
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives(string device) => PointwiseCheck.PassesAwayFromZero<Elu>(device, x => x > 0 ? x : Math.Exp(x) - 1);

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Far_from_zero_it_saturates(string device)
        => PointwiseCheck.Values<Elu>(
            device, [-PointwiseCheck.Huge, -1e3, 1e3, PointwiseCheck.Huge], [-1, -1, 1e3, PointwiseCheck.Huge], [0, 0, 1, 1], [0, 0, 0, 0]);

    // As PyTorch has it: f′ is 1 from both sides, f″ jumps from 1 to 0.
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void The_second_derivative_at_zero_is_that_of_the_right(string device) => PointwiseCheck.Values<Elu>(device, [0], [0], [1], [0]);
}
