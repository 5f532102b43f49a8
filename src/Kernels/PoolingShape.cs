namespace BasinVolume.Kernels;

/// <summary>The sizes of a pooling over square windows, as PyTorch counts them; incomplete windows at the end are left out.</summary>
/// <param name="Channels">Channels, pooled each for itself.</param>
/// <param name="InputHeight">Rows of the input image.</param>
/// <param name="InputWidth">Columns of the input image.</param>
/// <param name="Size">Rows and columns of a window.</param>
/// <param name="Stride">Pixels from one window to the next.</param>
/// <param name="Padding">Rows and columns around the input image that never win; at most half of <paramref name="Size"/>.</param>
public readonly record struct PoolingShape(int Channels, int InputHeight, int InputWidth, int Size, int Stride, int Padding = 0)
{
    /// <summary>Rows of the output image.</summary>
    public int OutputHeight { get; } = OutputLength(InputHeight, Size, Stride, Padding);

    /// <summary>Columns of the output image.</summary>
    public int OutputWidth { get; } = OutputLength(InputWidth, Size, Stride, Padding);

    /// <summary>Elements of one channel of the input.</summary>
    public int InputPlane => InputHeight * InputWidth;

    /// <summary>Elements of one channel of the output.</summary>
    public int OutputPlane => OutputHeight * OutputWidth;

    private static int OutputLength(int input, int size, int stride, int padding)
    {
        // The room that the window can move in; below 0 when it is larger than the padded image.
        int room = input + (2 * padding) - size;
        return room < 0 || stride < 1 ? 0 : (room / stride) + 1;
    }
}
