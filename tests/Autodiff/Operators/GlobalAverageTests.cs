using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class GlobalAverageTests
{
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives(string device)
    {
        OperatorCheck.Passes(device, Case(new Shape(3, 5, 2)));
        OperatorCheck.Passes(device, Case(new Shape(2, 7)));
        OperatorCheck.Passes(device, Case(new Shape(4)));
    }

    private static OperatorCase Case(Shape shape)
    {
        int pixels = shape.Size / shape.Dimensions[0];
        return new(new GlobalAverage(shape), (x, _) => [.. x[0].Chunk(pixels).Select(channel => channel.Sum() / pixels)]);
    }
}
