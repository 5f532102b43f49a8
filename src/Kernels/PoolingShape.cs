namespace BasinVolume.Kernels;

/// <summary>
/// The sizes of a pooling over square windows, as PyTorch counts them; incomplete windows at the end are left out. They are checked when the shape is made:
/// kernels take them as they are.
/// </summary>
/// <param name="Channels">Channels, pooled each for itself.</param>
/// <param name="InputHeight">Rows of the input image.</param>
/// <param name="InputWidth">Columns of the input image.</param>
/// <param name="Size">Rows and columns of a window, at least 1.</param>
/// <param name="Stride">Pixels from one window to the next, at least 1.</param>
/// <param name="Padding">
/// Rows and columns around the input image that never win; at most half of <paramref name="Size"/>, so that every window has a pixel.
/// </param>
/// <exception cref="ShapeException">
/// A size is below that or above 2²⁸, the padded image likewise, or an image has more elements than an array can have.
/// </exception>
public readonly record struct PoolingShape(int Channels, int InputHeight, int InputWidth, int Size, int Stride, int Padding = 0)
{
    /// <summary>Channels, pooled each for itself.</summary>
    public int Channels { get; } = Sizes.Within("number of channels", Channels, 0);

    /// <summary>Rows of the input image.</summary>
    public int InputHeight { get; } = Sizes.Within("image's height", InputHeight, 0);

    /// <summary>Columns of the input image.</summary>
    public int InputWidth { get; } = Sizes.Within("image's width", InputWidth, 0);

    /// <summary>Rows and columns of a window.</summary>
    public int Size { get; } = Sizes.Within("window's side", Size, 1);

    /// <summary>Pixels from one window to the next.</summary>
    public int Stride { get; } = Sizes.Within("stride", Stride, 1);

    /// <summary>Rows and columns around the input image that never win.</summary>
    public int Padding { get; } = Sizes.Within("padding", Padding, 0, Size / 2);

    /// <summary>Rows of the output image; 0 when no window fits on the padded image.</summary>
    public int OutputHeight { get; } = Sizes.Windows(InputHeight, Size, Stride, Padding);

    /// <summary>Columns of the output image; 0 likewise.</summary>
    public int OutputWidth { get; } = Sizes.Windows(InputWidth, Size, Stride, Padding);

    /// <summary>Elements of one channel of the input.</summary>
    public int InputPlane { get; } = Sizes.Product("channel of the image", InputHeight, InputWidth);

    /// <summary>Elements of one channel of the output.</summary>
    public int OutputPlane { get; } = Sizes.Product(
        "channel of the output", Sizes.Windows(InputHeight, Size, Stride, Padding), Sizes.Windows(InputWidth, Size, Stride, Padding));
}
