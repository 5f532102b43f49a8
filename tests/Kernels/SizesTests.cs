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
        var shape = new ConvolutionShape(2, 28, 20, 3, 3, 5, Stride: 2, Padding: 1, Dilation: 2);
        Assert.Equal((13, 7), (shape.OutputHeight, shape.OutputWidth));
        Assert.Equal((2 * 28 * 20, 3 * 13 * 7, 3 * 2 * 3 * 5), (shape.InputSize, shape.OutputSize, shape.WeightSize));
        var none = new ConvolutionShape(1, 4, 4, 1, 5, 5);
        Assert.Equal((0, 0, 0), (none.OutputHeight, none.OutputWidth, none.OutputSize));
        Assert.Equal(1, new ConvolutionShape(1, 4, 4, 1, 1, 1, Stride: Sizes.Most).OutputHeight);
    }

    [Fact]
    public void A_convolution_with_sizes_that_cannot_be_counted_is_refused_when_its_shape_is_made()
    {
        // 2 (2³¹ − 1) = −2 and 32 · 2²⁷ = 0 in 32 bits: such kernels would seem to fit.
        Refused("dilation is 2147483647", () => new ConvolutionShape(1, 28, 28, 1, 3, 3, Dilation: Huge));
        Refused("window over the image is 4294967297", () => new ConvolutionShape(1, 14, 14, 1, 33, 33, Dilation: 1 << 27));
        Refused("dilation is 1073741824", () => new ConvolutionShape(1, 14, 14, 1, 5, 5, Dilation: 1 << 30));
        Refused("stride is 2147483647", () => new ConvolutionShape(1, 14, 14, 1, 3, 3, Stride: Huge));
        Refused("padding is 2147483647", () => new ConvolutionShape(1, 14, 14, 1, 3, 3, Padding: Huge));
        Refused("padded image's side is", () => new ConvolutionShape(1, 14, 14, 1, 3, 3, Padding: Sizes.Most));
        Refused("stride is 0", () => new ConvolutionShape(1, 14, 14, 1, 3, 3, Stride: 0));
        Refused("dilation is 0", () => new ConvolutionShape(1, 14, 14, 1, 3, 3, Dilation: 0));
        Refused("padding is -1", () => new ConvolutionShape(1, 14, 14, 1, 3, 3, Padding: -1));
        Refused("number of input channels is -1", () => new ConvolutionShape(-1, 14, 14, 1, 3, 3));
        Refused("kernel has 65536 x 1 x 65536 x 1 elements", () => new ConvolutionShape(1, 65536, 1, 65536, 65536, 1));
        Refused("input image has 65536 x 65536 x 1 elements", () => new ConvolutionShape(65536, 65536, 1, 1, 1, 1));
        Refused("output image has 1 x 65537 x 65537 elements", () => new ConvolutionShape(1, 1, 1, 1, 1, 1, Padding: 32768));
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
