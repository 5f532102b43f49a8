using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class BiasTests
{
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives_on_images(string device)
        => OperatorCheck.Passes(device, new(new Bias("b", new Shape(3, 5)), (x, w) => [.. x[0].Select((value, i) => value + w[0][i / 5])]));

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives_on_the_last_dimension(string device)
        => OperatorCheck.Passes(
            device, new(Bias.OnLast("b", new Shape(2, 3, 5), 1), (x, w) => [.. x[0].Select((value, i) => value + w[0][i % 5])]));

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives_of_positions(string device)
        => OperatorCheck.Passes(device, new(Bias.Positions("b", new Shape(2, 3)), (x, w) => [.. x[0].Zip(w[0], (value, b) => value + b)]));

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives_on_vectors(string device)
        => OperatorCheck.Passes(device, new(new Bias("b", new Shape(5)), (x, w) => [.. x[0].Zip(w[0], (value, b) => value + b)]));
}
