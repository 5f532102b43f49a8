using BasinVolume.Autodiff.Operators;
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
