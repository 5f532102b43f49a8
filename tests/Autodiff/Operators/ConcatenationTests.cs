using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class ConcatenationTests
{
    private static readonly Shape[] Shapes = [new(1, 3), new(2, 3), new(4, 3)];

    /// <summary>Devices times orders of three inputs of different depths.</summary>
    public static TheoryData<string, int[]> Orders
        => [.. TestDevices.Names.SelectMany(name => (int[][])[[0, 1, 2], [2, 0, 1], [1, 2, 0]], (name, order) => new TheoryDataRow<string, int[]>(name, order))];

    [Theory]
    [MemberData(nameof(Orders))]
    public void Passes_are_derivatives(string device, int[] order)
        => OperatorCheck.Passes(device, new(new Concatenation([.. order.Select(i => Shapes[i])]), (x, _) => [.. x.SelectMany(block => block)]));

    [Fact]
    public void Other_dimensions_must_agree()
        => Assert.Contains("[1, 3], [1, 4]", Assert.Throws<NetworkException>(() => new Concatenation(Shapes[0], new Shape(1, 4))).Message, StringComparison.Ordinal);
}
