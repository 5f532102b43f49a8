using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class TransposeTests
{
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives(string device)
        => OperatorCheck.Passes(device, new(new Transpose(new Shape(2, 3, 5), 2, 0, 1), (x, _) =>
            [.. from k in Enumerable.Range(0, 5) from i in Enumerable.Range(0, 2) from j in Enumerable.Range(0, 3) select x[0][(((i * 3) + j) * 5) + k]]));

    [Fact]
    public void The_shape_is_turned_as_well()
        => Assert.Equal(new Shape(5, 2, 3), new Transpose(new Shape(2, 3, 5), 2, 0, 1).Output);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 2)]
    [InlineData(1)]
    [InlineData(-1, 0)]
    public void Axes_that_are_not_each_dimension_once_are_refused(params int[] axes)
        => Assert.Contains(
            $"the axes 0 to 1, each once; got [{string.Join(", ", axes)}]",
            Assert.Throws<NetworkException>(() => new Transpose(new Shape(2, 3), [.. axes])).Message,
            StringComparison.Ordinal);
}
