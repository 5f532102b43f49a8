using BasinVolume.Kernels.Tests.Devices;
using BasinVolume.Kernels.Tests.Contracts;

namespace BasinVolume.Kernels.Tests;

/// <summary>Sizes near the ends of their ranges: refused where a shape is made, or where a kernel is called, and never counted wrongly.</summary>
public sealed class SizesTests
{
    private const int Huge = int.MaxValue;

    public static TheoryData<string> Devices => TestDevices.Names;

    [Fact]
    public void A_convolution_counts_its_outputs_as_PyTorch_does()
    {
        // By hand: floor((H + 2p − d (k − 1) − 1) / s) + 1.
        var shape = new ConvolutionShape(2, 28, 20, 3, 3, 5, stride: 2, padding: 1, dilation: 2);
        Assert.Equal((13, 7), (shape.OutputHeight, shape.OutputWidth));
        Assert.Equal((2 * 28 * 20, 3 * 13 * 7, 3 * 2 * 3 * 5), (shape.InputSize, shape.OutputSize, shape.WeightSize));
        var none = new ConvolutionShape(1, 4, 4, 1, 5, 5);
        Assert.Equal((0, 0, 0), (none.OutputHeight, none.OutputWidth, none.OutputSize));
        Assert.Equal(1, new ConvolutionShape(1, 4, 4, 1, 1, 1, stride: Sizes.Most).OutputHeight);
    }

    [Fact]
    public void A_convolution_with_sizes_that_cannot_be_counted_is_refused_when_its_shape_is_made()
    {
        // 2 (2³¹ − 1) = −2 and 32 · 2²⁷ = 0 in 32 bits: such kernels would seem to fit.
        Refused("dilation is 2147483647", () => new ConvolutionShape(1, 28, 28, 1, 3, 3, dilation: Huge));
        Refused("window over the image is 4294967297", () => new ConvolutionShape(1, 14, 14, 1, 33, 33, dilation: 1 << 27));
        Refused("dilation is 1073741824", () => new ConvolutionShape(1, 14, 14, 1, 5, 5, dilation: 1 << 30));
        Refused("stride is 2147483647", () => new ConvolutionShape(1, 14, 14, 1, 3, 3, stride: Huge));
        Refused("padding is 2147483647", () => new ConvolutionShape(1, 14, 14, 1, 3, 3, padding: Huge));
        Refused("padded image's side is", () => new ConvolutionShape(1, 14, 14, 1, 3, 3, padding: Sizes.Most));
        Refused("stride is 0", () => new ConvolutionShape(1, 14, 14, 1, 3, 3, stride: 0));
        Refused("dilation is 0", () => new ConvolutionShape(1, 14, 14, 1, 3, 3, dilation: 0));
        Refused("padding is -1", () => new ConvolutionShape(1, 14, 14, 1, 3, 3, padding: -1));
        Refused("number of input channels is -1", () => new ConvolutionShape(-1, 14, 14, 1, 3, 3));
        Refused("kernel has 65536 x 1 x 65536 x 1 elements", () => new ConvolutionShape(1, 65536, 1, 65536, 65536, 1));
        Refused("input image has 65536 x 65536 x 1 elements", () => new ConvolutionShape(65536, 65536, 1, 1, 1, 1));
        Refused("output image has 1 x 65537 x 65537 elements", () => new ConvolutionShape(1, 1, 1, 1, 1, 1, padding: 32768));
    }

    // PyTorch 1.13's shapes of Conv2d(4, 6, (3, 2), stride=(2, 1), dilation=(1, 3), groups=2) on 5 x 9 with F.pad (left 1, right 2, top 0, bottom 3).
    [Fact]
    public void A_convolution_counts_each_side_for_itself()
    {
        var shape = new ConvolutionShape(4, 5, 9, 6, new Window(3, Stride: 2, After: 3), new Window(2, Before: 1, After: 2, Dilation: 3), groups: 2);
        Assert.Equal((3, 9), (shape.OutputHeight, shape.OutputWidth));
        Assert.Equal((2, 3, 6 * 2 * 3 * 2), (shape.FilterChannels, shape.GroupOutputs, shape.WeightSize));
        Assert.Equal([0, 0, 0, 2, 2, 2], Enumerable.Range(0, 6).Select(o => shape.FirstChannel(o)));
        var one = new Window(1);
        Refused("number of input channels is 3, which 2 groups do not divide", () => new ConvolutionShape(3, 5, 5, 2, one, one, groups: 2));
        Refused("number of output channels is 3, which 2 groups do not divide", () => new ConvolutionShape(2, 5, 5, 3, one, one, groups: 2));
        Refused("number of groups is 0", () => new ConvolutionShape(2, 5, 5, 3, one, one, groups: 0));
        Refused("padding is -1", () => new ConvolutionShape(1, 5, 5, 1, new Window(1), new Window(1, After: -1)));
    }

    // torch.nn.functional.max_pool2d(torch.zeros(1, 1, n, 1), (k, 1), (s, 1), (p, 0), (d, 1), ceil_mode=True).shape[2] of PyTorch 1.13.
    [Theory]
    [InlineData(5, 2, 2, 0, 1, 3)]
    [InlineData(6, 3, 2, 0, 1, 3)]
    [InlineData(7, 3, 2, 1, 1, 4)]
    [InlineData(4, 2, 3, 1, 1, 2)]
    [InlineData(5, 2, 3, 1, 1, 2)]
    [InlineData(7, 2, 2, 0, 3, 3)]
    [InlineData(2, 3, 2, 0, 1, 1)]
    [InlineData(3, 1, 4, 0, 1, 1)]
    public void A_last_window_begins_on_the_image_or_the_padding_before_it(int input, int size, int stride, int padding, int dilation, int expected)
    {
        Window rows = new Window(size, stride, Dilation: dilation).Padded(padding) with { Ceil = true };
        Assert.Equal(expected, new PoolingShape(1, input, 1, rows, new Window(1)).OutputHeight);
    }

    [Fact]
    public void A_pool_has_a_pixel_in_every_window()
    {
        // 2 + 1 of 3 pixels, 2 apart: the first begins at −2, where the image's only pixel is its second.
        Assert.Equal(1, new PoolingShape(1, 3, 1, new Window(3, 2, 2, 1, 2), new Window(1)).OutputHeight);
        Refused("window 0 of 2 pixels, 3 apart, has no pixel of a side of 1", () => new PoolingShape(1, 1, 1, new Window(2, 1, 2, 2, 3), new Window(1)));
        Refused("window 0 of 2 pixels, 1 apart, has no pixel", () => new PoolingShape(1, 4, 1, new Window(2, 1, 2), new Window(1)));
        Refused("window 4 of 2 pixels has no pixel of a side of 4", () => new PoolingShape(1, 4, 1, new Window(2, 1, 0, 2), new Window(1)));
        Refused("padding of both ends together is 4, but must lie between 0 and 3", () => new PoolingShape(1, 4, 1, new Window(3, 1, 1, 3), new Window(1)));
    }

    [Fact]
    public void A_pooling_likewise()
    {
        // floor((H + 2p − k) / s) + 1.
        Assert.Equal((4, 3), (new PoolingShape(1, 7, 5, 3, 2, 1).OutputHeight, new PoolingShape(1, 7, 5, 3, 2, 1).OutputWidth));
        Refused("window's side is 2147483647", () => new PoolingShape(1, 28, 28, Huge, Huge, 1 << 30));
        Refused("stride is 2147483647", () => new PoolingShape(1, 28, 28, 5, Huge, 2));
        Refused("padding is 2, but must lie between 0 and 1", () => new PoolingShape(1, 28, 28, 3, 1, 2));
        Refused("window's side is 0", () => new PoolingShape(1, 28, 28, 0, 1));
        Refused("channel of the image has 65536 x 65536 elements", () => new PoolingShape(1, 65536, 65536, 1, 1));
    }

    [Fact]
    public void A_gather_and_a_matrix_likewise()
    {
        Refused("number of rows is -1", () => new GatherShape(1, -1, 1, 1, 0, 0));
        Refused("matrix has 65536 x 65536 elements", () => new Matrix(65536, 65536));
        Refused("is -1", () => new Matrix(-1, 1));
    }

    // Each needs 2³² elements or more, which is 0 or few in 32 bits.
    [Theory]
    [MemberData(nameof(Devices))]
    public void No_kernel_takes_more_than_its_views_have(string device)
    {
        using var lab = new Lab<float>(device);
        const int Wraps = 65536;
        View<float> few = lab.Blank(8);
        View<int> indices = lab.Put(new int[8]);
        Batch<float> shared = Batch<float>.Shared(few), apart = new(few, Wraps);
        IKernels<float> kernels = lab.Kernels;
        var one = new ConvolutionShape(1, 1, 1, 1, 1, 1);
        Action[] calls =
        [
            () => kernels.Multiply(Wraps, Wraps, shared, shared, few, false),
            () => kernels.Copy(Wraps + 1, 4, shared, apart, false),
            () => kernels.Copy(2, 4, shared, new(few, -4), false),
            () => kernels.AddBias(Wraps, Wraps, 1, 1, shared, few),
            () => kernels.SumToBias(Wraps + 1, 1, 1, 1, apart, new(few, 1), false),
            () => kernels.Convolve(Wraps, Wraps, one, shared, shared, few, false),
            () => kernels.ConvolveInputAdjoint(Wraps, Wraps, one, shared, shared, few, false),
            () => kernels.ConvolveWeightAdjoint(Wraps + 1, 1, one, apart, shared, apart, false),
            () => kernels.MaxPool(Wraps, new PoolingShape(Wraps, 1, 1, 1, 1), few, few, indices),
            () => kernels.Gather(new GatherShape(Wraps, Wraps, 1, 1, 0, 0), indices, shared, few),
            () => kernels.Gather(new GatherShape(2, 2, 1, 1, int.MaxValue, 2), indices, shared, few),
            () => kernels.ScatterAdd(new GatherShape(Wraps, Wraps, 1, 1, 0, 0), indices, shared, few, false),
            () => kernels.WeightedGram(Wraps, MatrixBatch<float>.RowMajor(few, 1, 1), few, few),
            () => kernels.MatrixProduct(
                1,
                MatrixBatch<float>.RowMajor(few, Wraps, 1),
                MatrixBatch<float>.RowMajor(few, 1, Wraps),
                MatrixBatch<float>.RowMajor(few, Wraps, Wraps),
                false),
            () => kernels.MatrixProduct(
                1, new MatrixBatch<float>(few, 2, 2, -2, 1, 0), MatrixBatch<float>.RowMajor(few, 2, 2), MatrixBatch<float>.RowMajor(few, 2, 2), false),
            () => kernels.SoftmaxLoss(Wraps, Wraps, few, indices, few, few),
            () => kernels.SoftmaxLossAdjoint(Wraps, Wraps, few, indices, few, few),
            () => kernels.SoftmaxCurvature(Wraps, 8, Wraps / 8, few, few, few, few),
            () => kernels.SoftmaxCurvature(Wraps, 1, Wraps, few, few, few, few),
            () => kernels.Softmax(Wraps, Wraps, few, few),
            () => kernels.AddSoftmaxSecondDerivative(Wraps, 8, Wraps / 8, few, few, few, few),
            () => kernels.Standardise(Wraps, Wraps, 1, few, few, few),
            () => kernels.StandardiseDerivative(Wraps, 8, Wraps / 8, few, few, few, few, false),
            () => kernels.AddStandardiseSecondDerivative(Wraps, 8, Wraps / 8, few, few, few, few, few),
            () => kernels.OneHot(Wraps, Wraps, few, few),
            () => kernels.Fill(9, 1, few),
            () => kernels.Axpy(int.MaxValue, 1, few, few),
        ];
        for (int i = 0; i < calls.Length; i++)
            Assert.True(Record.Exception(calls[i]) is ArgumentException, $"Kernel {i} took what is not there.");
        Assert.All(lab.Read(few), value => Assert.True(float.IsNaN(value)));
    }

    private static void Refused(string because, Func<object> make)
        => Assert.Contains(because, Assert.Throws<ShapeException>(make).Message, StringComparison.Ordinal);
}
