namespace BasinVolume.Kernels;

/// <summary>
/// The sizes of a two-dimensional convolution as PyTorch counts them: images are [channel, height, width], weights are
/// [output channel, input channel, kernel height, kernel width], one group.
/// </summary>
/// <param name="InputChannels">Channels of the input image.</param>
/// <param name="InputHeight">Rows of the input image.</param>
/// <param name="InputWidth">Columns of the input image.</param>
/// <param name="OutputChannels">Channels of the output image.</param>
/// <param name="KernelHeight">Rows of the kernel.</param>
/// <param name="KernelWidth">Columns of the kernel.</param>
/// <param name="Stride">Pixels from one output to the next, in both directions.</param>
/// <param name="Padding">Rows and columns of zeros around the input image.</param>
/// <param name="Dilation">Pixels from one element of the kernel to the next, in both directions.</param>
public readonly record struct ConvolutionShape(
    int InputChannels, int InputHeight, int InputWidth, int OutputChannels, int KernelHeight, int KernelWidth, int Stride = 1, int Padding = 0, int Dilation = 1)
{
    /// <summary>Rows of the output image.</summary>
    public int OutputHeight { get; } = OutputLength(InputHeight, KernelHeight, Stride, Padding, Dilation);

    /// <summary>Columns of the output image.</summary>
    public int OutputWidth { get; } = OutputLength(InputWidth, KernelWidth, Stride, Padding, Dilation);

    /// <summary>Elements of one input image.</summary>
    public int InputSize => InputChannels * InputHeight * InputWidth;

    /// <summary>Elements of one output image.</summary>
    public int OutputSize => OutputChannels * OutputHeight * OutputWidth;

    /// <summary>Elements of the weights.</summary>
    public int WeightSize => OutputChannels * InputChannels * KernelHeight * KernelWidth;

    private static int OutputLength(int input, int kernel, int stride, int padding, int dilation)
    {
        // The room that the kernel can move in; below 0 when it is larger than the padded image.
        int room = input + (2 * padding) - (dilation * (kernel - 1)) - 1;
        return room < 0 || stride < 1 ? 0 : (room / stride) + 1;
    }
}
