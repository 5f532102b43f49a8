using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class LinearTests
{
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives(string device) => OperatorCheck.Passes(device, Case(5, 3, bias: true));

    internal static OperatorCase Case(int inputs, int outputs, bool bias) => new(new Linear("a", inputs, outputs, bias), (x, w) =>
        [.. Enumerable.Range(0, outputs).Select(o => (bias ? w[1][o] : 0) + Enumerable.Range(0, inputs).Sum(i => w[0][(o * inputs) + i] * x[0][i]))]);
}
