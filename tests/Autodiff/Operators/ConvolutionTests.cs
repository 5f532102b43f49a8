using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Tests.Harness;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Tests.Devices;
using CsCheck;

namespace BasinVolume.Autodiff.Tests.Operators;

public sealed class ConvolutionTests
{
    // Odd sizes, with pixels left over at the end: of 2 x 6 x 5 to 3 x 2 x 2.
    private static readonly ConvolutionShape Odd = new(2, 6, 5, 3, 3, 2, stride: 2, padding: 1, dilation: 2);

    private static readonly Gen<ConvolutionShape> AnyShape = Gen.Select(
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 7], Gen.Int[1, 7]), Gen.Select(Gen.Int[1, 3], Gen.Int[1, 4], Gen.Int[1, 4]), Gen.Select(
            Gen.Int[1, 3], Gen.Int[0, 2], Gen.Int[1, 2]),
        (image, kernel, steps) => new ConvolutionShape(
            image.Item1, image.Item2, image.Item3, kernel.Item1, kernel.Item2, kernel.Item3, steps.Item1, steps.Item2, steps.Item3))
        .Where(shape => shape.OutputHeight > 0 && shape.OutputWidth > 0);

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives(string device) => OperatorCheck.Passes(device, Case(Odd, bias: true));

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives_without_bias(string device) => OperatorCheck.Passes(device, Case(new ConvolutionShape(1, 4, 3, 2, 2, 2), bias: false));

    [Fact]
    public void Passes_are_derivatives_for_random_shapes()
        => Gen.Select(AnyShape, Gen.Bool, Gen.Int[0, 1000]).Sample(
            (shape, bias, seed) => OperatorCheck.Passes<double>(TestDevices.Get(TestDevices.Cpu), Case(shape, bias), seed), iter: 30, threads: 1);

    [Fact]
    public void One_hot_tangents_are_copies()
    {
        OperatorCheck.OneHotTangentsAreCopies(new Convolution("a", Odd));
        AnyShape.Sample(shape => OperatorCheck.OneHotTangentsAreCopies(new Convolution("a", shape)), iter: 20, threads: 1);
    }

    /// <summary>Both sides for themselves, and groups: 4 x 5 x 6 to 6 x 3 x 4 in two, and depthwise with two outputs for each channel.</summary>
    private static readonly ConvolutionShape[] Uneven =
    [
        new(4, 5, 6, 6, new Window(3, Stride: 2, After: 2), new Window(2, Before: 1, After: 1, Dilation: 4), groups: 2),
        new(3, 4, 5, 6, new Window(3).Padded(1), new Window(2, Stride: 2, Before: 1), groups: 3),
    ];

    private static readonly Gen<ConvolutionShape> AnyUneven = Gen.Select(
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 2], Gen.Int[1, 2]), Gen.Int[1, 6], Gen.Int[1, 7], AnyWindow(), AnyWindow())
        .Select(parts => (Channels: parts.Item1, Height: parts.Item2, Width: parts.Item3, Rows: parts.Item4, Columns: parts.Item5))
        .Select(parts => new ConvolutionShape(
            parts.Channels.Item1 * parts.Channels.Item2,
            parts.Height,
            parts.Width,
            parts.Channels.Item1 * parts.Channels.Item3,
            parts.Rows,
            parts.Columns,
            parts.Channels.Item1))
        .Where(shape => shape.OutputHeight > 0 && shape.OutputWidth > 0);

    [Theory]
    [MemberData(nameof(TestDevices.Names), MemberType = typeof(TestDevices))]
    public void Passes_are_derivatives_with_uneven_sides_and_groups(string device)
    {
        foreach (ConvolutionShape shape in Uneven)
            OperatorCheck.Passes(device, Case(shape, bias: true));
    }

    [Fact]
    public void Passes_are_derivatives_for_random_uneven_sides_and_groups()
        => Gen.Select(AnyUneven, Gen.Bool, Gen.Int[0, 1000]).Sample(
            (shape, bias, seed) => OperatorCheck.Passes<double>(TestDevices.Get(TestDevices.Cpu), Case(shape, bias), seed), iter: 30, threads: 1);

    [Fact]
    public void One_hot_tangents_are_copies_with_uneven_sides_and_groups()
    {
        Assert.All(Uneven, shape => OperatorCheck.OneHotTangentsAreCopies(new Convolution("a", shape)));
        AnyUneven.Sample(shape => OperatorCheck.OneHotTangentsAreCopies(new Convolution("a", shape)), iter: 20, threads: 1);
    }

    private static Gen<Window> AnyWindow()
        => Gen.Select(Gen.Int[1, 4], Gen.Int[1, 3], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[1, 2])
            .Select(sizes => new Window(sizes.Item1, sizes.Item2, sizes.Item3, sizes.Item4, sizes.Item5));

    private static OperatorCase Case(ConvolutionShape shape, bool bias)
    {
        int plane = shape.OutputHeight * shape.OutputWidth;
        return new(
            new Convolution("a", shape, bias), (x, w) => [.. Images.Convolve(shape, x[0], w[0]).Select((value, at) => value + (bias ? w[1][at / plane] : 0))]);
    }
}
