using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels.Tests.Devices;
using CsCheck;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class LinearTests
{
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives(string device) => OperatorCheck.Passes(device, Case(5, 3, bias: true));

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives_without_bias(string device) => OperatorCheck.Passes(device, Case(3, 2, bias: false));

    [Fact]
    public void Passes_are_derivatives_for_random_sizes()
        => Gen.Select(Gen.Int[1, 19], Gen.Int[1, 19], Gen.Bool, Gen.Int[0, 1000]).Sample(
            (inputs, outputs, bias, seed) => OperatorCheck.Passes<double>(TestDevices.Get(TestDevices.Cpu), Case(inputs, outputs, bias), seed),
            iter: 30,
            threads: 1);

    [Fact]
    public void One_hot_tangents_are_copies() => OperatorCheck.OneHotTangentsAreCopies(new Linear("a", 4, 3));

    private static OperatorCase Case(int inputs, int outputs, bool bias) => new(new Linear("a", inputs, outputs, bias), (x, w) =>
        [.. Enumerable.Range(0, outputs).Select(o => (bias ? w[1][o] : 0) + Enumerable.Range(0, inputs).Sum(i => w[0][(o * inputs) + i] * x[0][i]))]);
}
