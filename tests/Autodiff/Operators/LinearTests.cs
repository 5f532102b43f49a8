using BasinVolume.Autodiff.Networks;
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

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives_on_the_last_dimension(string device) => OperatorCheck.Passes(device, Case(new Linear("a", new Shape(2, 3, 5), 4)));

    [Fact]
    public void Passes_are_derivatives_for_random_sizes()
        => Gen.Select(Gen.Int[1, 19], Gen.Int[1, 19], Gen.Bool, Gen.Int[0, 1000]).Sample(
            (inputs, outputs, bias, seed) => OperatorCheck.Passes<double>(TestDevices.Get(TestDevices.Cpu), Case(inputs, outputs, bias), seed),
            iter: 30,
            threads: 1);

    [Fact]
    public void One_hot_tangents_are_copies() => OperatorCheck.OneHotTangentsAreCopies(new Linear("a", 4, 3));

    [Fact]
    public void One_hot_tangents_are_copies_in_every_row() => OperatorCheck.OneHotTangentsAreCopies(new Linear("a", new Shape(2, 4), 3));

    [Fact]
    public void Rows_of_a_sample_have_no_block_of_outer_products()
    {
        Assert.True(new Linear("a", new Shape(1, 4), 3).MultipliesInput(0));
        Assert.False(new Linear("a", new Shape(2, 4), 3).MultipliesInput(0));
    }

    private static OperatorCase Case(int inputs, int outputs, bool bias) => Case(new Linear("a", inputs, outputs, bias));

    private static OperatorCase Case(Linear layer) => new(layer, (x, w) =>
        [.. x[0].Chunk(layer.InputCount).SelectMany(row => Enumerable.Range(0, layer.OutputCount).Select(
            o => (layer.HasBias ? w[1][o] : 0) + row.Select((value, i) => w[0][(o * layer.InputCount) + i] * value).Sum()))]);
}
