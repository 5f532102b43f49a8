namespace BasinVolume.Kernels;

/// <summary>
/// The sizes of a two-dimensional convolution as PyTorch counts them: images are [channel, height, width], weights are
/// [output channel, input channel of the group, kernel height, kernel width]. Channels are split into groups, in order, and an output channel sees the
/// input channels of its own group. The sizes are checked when the shape is made: kernels take them as they are.
/// </summary>
public readonly record struct ConvolutionShape
{
    /// <summary>A convolution with windows of its own in each direction.</summary>
    /// <param name="inputChannels">Channels of the input image.</param>
    /// <param name="inputHeight">Rows of the input image.</param>
    /// <param name="inputWidth">Columns of the input image.</param>
    /// <param name="outputChannels">Channels of the output image.</param>
    /// <param name="rows">The kernel's rows over the image's.</param>
    /// <param name="columns">The kernel's columns over the image's.</param>
    /// <param name="groups">Groups of channels, at least 1; both numbers of channels are multiples of it.</param>
    /// <exception cref="ShapeException">
    /// A size is negative (stride, dilation and groups: below 1) or above 2²⁸, the padded image or the dilated kernel likewise, the groups do not divide the
    /// channels, or one of the three arrays has more elements than an array can have.
    /// </exception>
    public ConvolutionShape(int inputChannels, int inputHeight, int inputWidth, int outputChannels, Window rows, Window columns, int groups = 1)
    {
        InputChannels = Sizes.Within("number of input channels", inputChannels, 0);
        InputHeight = Sizes.Within("image's height", inputHeight, 0);
        InputWidth = Sizes.Within("image's width", inputWidth, 0);
        OutputChannels = Sizes.Within("number of output channels", outputChannels, 0);
        KernelHeight = Sizes.Within("kernel's height", rows.Size, 0);
        KernelWidth = Sizes.Within("kernel's width", columns.Size, 0);
        RowStride = Sizes.Within("stride", rows.Stride, 1);
        ColumnStride = Sizes.Within("stride", columns.Stride, 1);
        Top = Sizes.Within("padding", rows.Before, 0);
        Left = Sizes.Within("padding", columns.Before, 0);
        Sizes.Within("padding", rows.After, 0);
        Sizes.Within("padding", columns.After, 0);
        RowDilation = Sizes.Within("dilation", rows.Dilation, 1);
        ColumnDilation = Sizes.Within("dilation", columns.Dilation, 1);
        Groups = Sizes.Within("number of groups", groups, 1);
        FilterChannels = Sizes.Divided("number of input channels", inputChannels, groups);
        GroupOutputs = Sizes.Divided("number of output channels", outputChannels, groups);
        OutputHeight = Sizes.Windows(inputHeight, rows);
        OutputWidth = Sizes.Windows(inputWidth, columns);
        InputSize = Sizes.Product("input image", InputChannels, InputHeight, InputWidth);
        OutputSize = Sizes.Product("output image", OutputChannels, OutputHeight, OutputWidth);
        WeightSize = Sizes.Product("kernel", OutputChannels, FilterChannels, KernelHeight, KernelWidth);
    }

    /// <summary>A convolution of one group with the same stride, padding and dilation in both directions.</summary>
    /// <param name="inputChannels">Channels of the input image.</param>
    /// <param name="inputHeight">Rows of the input image.</param>
    /// <param name="inputWidth">Columns of the input image.</param>
    /// <param name="outputChannels">Channels of the output image.</param>
    /// <param name="kernelHeight">Rows of the kernel.</param>
    /// <param name="kernelWidth">Columns of the kernel.</param>
    /// <param name="stride">Pixels from one output to the next, at least 1.</param>
    /// <param name="padding">Rows and columns of zeros around the input image.</param>
    /// <param name="dilation">Pixels from one element of the kernel to the next, at least 1.</param>
    /// <exception cref="ShapeException">A size is not possible.</exception>
    public ConvolutionShape(
        int inputChannels,
        int inputHeight,
        int inputWidth,
        int outputChannels,
        int kernelHeight,
        int kernelWidth,
        int stride = 1,
        int padding = 0,
        int dilation = 1)
        : this(
            inputChannels,
            inputHeight,
            inputWidth,
            outputChannels,
            new Window(kernelHeight, stride, padding, padding, dilation),
            new Window(kernelWidth, stride, padding, padding, dilation))
    {
    }

    /// <summary>Channels of the input image.</summary>
    public int InputChannels { get; }

    /// <summary>Rows of the input image.</summary>
    public int InputHeight { get; }

    /// <summary>Columns of the input image.</summary>
    public int InputWidth { get; }

    /// <summary>Channels of the output image.</summary>
    public int OutputChannels { get; }

    /// <summary>Rows of the kernel.</summary>
    public int KernelHeight { get; }

    /// <summary>Columns of the kernel.</summary>
    public int KernelWidth { get; }

    /// <summary>Rows of pixels from one output to the next.</summary>
    public int RowStride { get; }

    /// <summary>Columns of pixels from one output to the next.</summary>
    public int ColumnStride { get; }

    /// <summary>Rows of zeros above the input image.</summary>
    public int Top { get; }

    /// <summary>Columns of zeros to the left of the input image.</summary>
    public int Left { get; }

    /// <summary>Rows of pixels from one element of the kernel to the next.</summary>
    public int RowDilation { get; }

    /// <summary>Columns of pixels from one element of the kernel to the next.</summary>
    public int ColumnDilation { get; }

    /// <summary>Groups of channels.</summary>
    public int Groups { get; }

    /// <summary>Input channels of a group: those that one output channel sees.</summary>
    public int FilterChannels { get; }

    /// <summary>Output channels of a group: those that see one input channel.</summary>
    public int GroupOutputs { get; }

    /// <summary>Rows of the output image; 0 when the kernel does not fit on the padded image.</summary>
    public int OutputHeight { get; }

    /// <summary>Columns of the output image; 0 likewise.</summary>
    public int OutputWidth { get; }

    /// <summary>Elements of one input image.</summary>
    public int InputSize { get; }

    /// <summary>Elements of one output image.</summary>
    public int OutputSize { get; }

    /// <summary>Elements of the weights.</summary>
    public int WeightSize { get; }

    /// <summary>Elements of the weights of one output channel.</summary>
    public int FilterSize => FilterChannels * KernelHeight * KernelWidth;

    /// <summary>Multiplications of any of the three kernels: each output pixel is a sum over one filter.</summary>
    /// <param name="entries">Entries of the batch.</param>
    /// <param name="samples">Images of each.</param>
    internal long Multiplications(int entries, int samples) => (long)entries * samples * OutputSize * FilterSize;

    /// <summary>Whether neighbouring outputs lie over neighbouring pixels in both directions.</summary>
    internal bool HasUnitStrides => RowStride == 1 && ColumnStride == 1;

    /// <summary>The first input channel that an output channel sees.</summary>
    /// <param name="outputChannel">The output channel.</param>
    public int FirstChannel(int outputChannel) => outputChannel / GroupOutputs * FilterChannels;
}
