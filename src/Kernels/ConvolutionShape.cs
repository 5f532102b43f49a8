namespace BasinVolume.Kernels;

/// <summary>
/// The sizes of a two-dimensional convolution as PyTorch counts them: images are [channel, height, width], weights are
/// [output channel, input channel, kernel height, kernel width], one group. They are checked when the shape is made: kernels take them as they are.
/// </summary>
/// <param name="InputChannels">Channels of the input image.</param>
/// <param name="InputHeight">Rows of the input image.</param>
/// <param name="InputWidth">Columns of the input image.</param>
/// <param name="OutputChannels">Channels of the output image.</param>
/// <param name="KernelHeight">Rows of the kernel.</param>
/// <param name="KernelWidth">Columns of the kernel.</param>
/// <param name="Stride">Pixels from one output to the next, in both directions, at least 1.</param>
/// <param name="Padding">Rows and columns of zeros around the input image.</param>
/// <param name="Dilation">Pixels from one element of the kernel to the next, in both directions, at least 1.</param>
/// <exception cref="ShapeException">
/// A size is negative (stride and dilation: below 1) or above 2²⁸, the padded image or the dilated kernel likewise, or one of the three arrays has more
/// elements than an array can have.
/// </exception>
public readonly record struct ConvolutionShape(
    int InputChannels,
    int InputHeight,
    int InputWidth,
    int OutputChannels,
    int KernelHeight,
    int KernelWidth,
    int Stride = 1,
    int Padding = 0,
    int Dilation = 1)
{
    /// <summary>Channels of the input image.</summary>
    public int InputChannels { get; } = Sizes.Within("number of input channels", InputChannels, 0);

    /// <summary>Rows of the input image.</summary>
    public int InputHeight { get; } = Sizes.Within("image's height", InputHeight, 0);

    /// <summary>Columns of the input image.</summary>
    public int InputWidth { get; } = Sizes.Within("image's width", InputWidth, 0);

    /// <summary>Channels of the output image.</summary>
    public int OutputChannels { get; } = Sizes.Within("number of output channels", OutputChannels, 0);

    /// <summary>Rows of the kernel.</summary>
    public int KernelHeight { get; } = Sizes.Within("kernel's height", KernelHeight, 0);

    /// <summary>Columns of the kernel.</summary>
    public int KernelWidth { get; } = Sizes.Within("kernel's width", KernelWidth, 0);

    /// <summary>Pixels from one output to the next, in both directions.</summary>
    public int Stride { get; } = Sizes.Within("stride", Stride, 1);

    /// <summary>Rows and columns of zeros around the input image.</summary>
    public int Padding { get; } = Sizes.Within("padding", Padding, 0);

    /// <summary>Pixels from one element of the kernel to the next, in both directions.</summary>
    public int Dilation { get; } = Sizes.Within("dilation", Dilation, 1);

    /// <summary>Rows of the output image; 0 when the kernel does not fit on the padded image.</summary>
    public int OutputHeight { get; } = Outputs(InputHeight, KernelHeight, Stride, Padding, Dilation);

    /// <summary>Columns of the output image; 0 likewise.</summary>
    public int OutputWidth { get; } = Outputs(InputWidth, KernelWidth, Stride, Padding, Dilation);

    /// <summary>Elements of one input image.</summary>
    public int InputSize { get; } = Sizes.Product("input image", InputChannels, InputHeight, InputWidth);

    /// <summary>Elements of one output image.</summary>
    public int OutputSize { get; } = Sizes.Product("output image", OutputChannels, Outputs(InputHeight, KernelHeight, Stride, Padding, Dilation), Outputs(
        InputWidth, KernelWidth, Stride, Padding, Dilation));

    /// <summary>Elements of the weights.</summary>
    public int WeightSize { get; } = Sizes.Product("kernel", OutputChannels, InputChannels, KernelHeight, KernelWidth);

    private static int Outputs(int input, int kernel, int stride, int padding, int dilation)
        => Sizes.Windows(input, kernel == 0 ? 0 : ((long)dilation * (kernel - 1)) + 1, stride, padding);
}
