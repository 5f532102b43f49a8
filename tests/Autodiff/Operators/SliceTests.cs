using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class SliceTests
{
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives(string device)
        => OperatorCheck.Passes(device, new(new Slice(new Shape(2, 5, 3), 1, 1, 2), (x, _) =>
            [.. from i in Enumerable.Range(0, 2) from j in Enumerable.Range(1, 2) from k in Enumerable.Range(0, 3) select x[0][(((i * 5) + j) * 3) + k]]));

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives_at_the_ends(string device)
    {
        OperatorCheck.Passes(device, new(new Slice(new Shape(4, 3), 0, 3, 1), (x, _) => x[0][9..]));
        OperatorCheck.Passes(device, new(new Slice(new Shape(2, 3), 1, 0, 3), (x, _) => x[0]));
    }

    [Theory]
    [InlineData(2, 0, 1, "has the axis 2")]
    [InlineData(-1, 0, 1, "has the axis -1")]
    [InlineData(1, 2, 2, "indices 0 to 2")]
    [InlineData(1, 0, 0, "indices 0 to 2")]
    [InlineData(1, -1, 1, "indices 0 to 2")]
    [InlineData(1, 1, int.MaxValue, "indices 0 to 2")]
    public void What_is_no_part_is_refused(int axis, int first, int count, string because)
        => Assert.Contains(
            because, Assert.Throws<NetworkException>(() => new Slice(new Shape(2, 3), axis, first, count)).Message, StringComparison.Ordinal);
}
