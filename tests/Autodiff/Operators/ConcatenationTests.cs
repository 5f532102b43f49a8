using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class ConcatenationTests
{
    private static readonly Shape[] Shapes = [new(1, 2), new(2, 2), new(4, 2)];

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives(string device) => OperatorCheck.Passes(device, Case([0, 1, 2]));

    [Fact]
    public void Passes_are_derivatives_in_any_order()
    {
        foreach (int[] order in (int[][])[[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
            OperatorCheck.Passes(TestDevices.Cpu, Case(order));
    }

    [Fact]
    public void Other_dimensions_must_agree()
        => Assert.Contains(
            "[1, 2], [1, 4]", Assert.Throws<NetworkException>(() => new Concatenation(Shapes[0], new Shape(1, 4))).Message, StringComparison.Ordinal);

    private static OperatorCase Case(int[] order)
        => new(new Concatenation([.. order.Select(i => Shapes[i])]), (x, _) => [.. x.SelectMany(block => block)]);
}
