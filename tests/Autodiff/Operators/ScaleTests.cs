using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class ScaleTests
{
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives_on_images(string device)
        => OperatorCheck.Passes(device, new(new Scale("s", new Shape(3, 5)), (x, w) => [.. x[0].Select((value, i) => value * w[0][i / 5])]));

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives_on_the_last_dimensions(string device)
        => OperatorCheck.Passes(
            device, new(Scale.OnLast("s", new Shape(2, 3, 5), 2), (x, w) => [.. x[0].Select((value, i) => value * w[0][i % 15])]));

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives_on_vectors(string device)
        => OperatorCheck.Passes(device, new(new Scale("s", new Shape(5)), (x, w) => [.. x[0].Zip(w[0], (value, s) => value * s)]));
}
