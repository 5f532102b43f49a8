using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Tests.Devices;
using CsCheck;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class AveragePoolTests
{
    /// <summary>Pools of any sizes that fit.</summary>
    internal static readonly Gen<PoolingShape> AnyShape = Gen.Select(Gen.Int[1, 3], Gen.Int[1, 7], Gen.Int[1, 7], Gen.Int[1, 4], Gen.Int[1, 4], Gen.Int[0, 2])
        .Select(sizes => new PoolingShape(sizes.Item1, sizes.Item2, sizes.Item3, sizes.Item4, sizes.Item5, Math.Min(sizes.Item6, sizes.Item4 / 2)))
        .Where(shape => shape.OutputHeight > 0 && shape.OutputWidth > 0);

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives(string device) => OperatorCheck.Passes(device, Case(new PoolingShape(2, 6, 5, 3, 2, 1)));

    [Fact]
    public void Passes_are_derivatives_for_random_shapes()
        => Gen.Select(AnyShape, Gen.Int[0, 1000]).Sample(
            (shape, seed) => OperatorCheck.Passes<double>(TestDevices.Get(TestDevices.Cpu), Case(shape), seed), iter: 30, threads: 1);

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives_with_uneven_windows(string device)
        => OperatorCheck.Passes(device, Case(new(2, 5, 6, new Window(2, Stride: 2) { Ceil = true }, new Window(3, Stride: 2, Before: 1, After: 2))));

    // torch.nn.functional.avg_pool2d of PyTorch 1.13 of ones in double: how much of a window counts, with its last rows behind the padding.
    [Theory]
    [InlineData(true, 4.0 / 9, 6.0 / 9, 4.0 / 9, 6.0 / 9, 9.0 / 9, 6.0 / 9, 2.0 / 6, 3.0 / 6, 2.0 / 6)]
    [InlineData(false, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0)]
    public void A_window_counts_the_padding_or_not_and_never_what_lies_behind_it(bool countPadding, params double[] expected)
    {
        Window rows = new Window(3, Stride: 2).Padded(1) with { Ceil = true }, columns = new Window(3, Stride: 2).Padded(1);
        Network network = new NetworkBuilder(new Shape(1, 4, 5)).Bias("b").AveragePool(rows, columns, countPadding).Flatten().MeanSquaredLoss().Build();
        using var plan = new Plan<double>(network, TestDevices.Get(TestDevices.Cpu), new PlanBudget(1, 0));
        plan.SetParameters(new double[1]);
        double[] ones = [.. Enumerable.Repeat(1.0, 20)], outputs = Evaluation.Outputs(plan, new ArraySamples(ones, new double[9], [1.0])).Values;
        Assert.All(expected.Zip(outputs), pair => Assert.Equal(pair.First, pair.Second, 4e-16));
    }

    // PyTorch's count_include_pad: a window of 9 with 4 pixels of the image is a ninth of their sum.
    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void The_padding_counts(string device)
    {
        using var rig = new OperatorRig<double>(
            new AveragePool(new PoolingShape(1, 2, 2, 3, 1, 1)), TestDevices.Get(device), Surroundings.Alone, 1, network => ArraySamples.Random(network, 1, 1));
        Assert.All(rig.Forward([9, 9, 9, 9]), value => Assert.Equal(4, value, 1e-14));
    }

    private static OperatorCase Case(PoolingShape shape)
        => new(new AveragePool(shape), (x, _) => Images.Pool(shape, x[0], (pixels, all) => pixels.Sum() / all));
}
