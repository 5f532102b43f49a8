using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class ReshapeTests
{
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives(string device) => OperatorCheck.Passes(device, new(new Reshape(new Shape(3, 2, 5), new Shape(5, 6)), (x, _) => x[0]));

    [Fact]
    public void Another_number_of_elements_is_refused()
        => Assert.Contains("6 elements", Assert.Throws<NetworkException>(() => new Reshape(new Shape(2, 3), new Shape(5))).Message, StringComparison.Ordinal);
}
