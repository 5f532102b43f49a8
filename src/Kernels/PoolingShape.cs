namespace BasinVolume.Kernels;

/// <summary>
/// The sizes of a pooling over windows, as PyTorch counts them. They are checked when the shape is made: kernels take them as they are, and every window
/// has a pixel of the image.
/// </summary>
public readonly record struct PoolingShape
{
    /// <summary>A pooling with windows of its own in each direction.</summary>
    /// <param name="channels">Channels, pooled each for itself.</param>
    /// <param name="inputHeight">Rows of the input image.</param>
    /// <param name="inputWidth">Columns of the input image.</param>
    /// <param name="rows">The windows' rows: at least 1, with padding on both ends together of at most a window.</param>
    /// <param name="columns">The windows' columns, likewise.</param>
    /// <exception cref="ShapeException">
    /// A size is below that or above 2²⁸, the padded image likewise, a window has no pixel of the image, or an image has more elements than an array can
    /// have.
    /// </exception>
    public PoolingShape(int channels, int inputHeight, int inputWidth, Window rows, Window columns)
    {
        Channels = Sizes.Within("number of channels", channels, 0);
        InputHeight = Sizes.Within("image's height", inputHeight, 0);
        InputWidth = Sizes.Within("image's width", inputWidth, 0);
        (Rows, Columns) = (Checked(rows), Checked(columns));
        OutputHeight = Sizes.Windows(inputHeight, rows);
        OutputWidth = Sizes.Windows(inputWidth, columns);
        CheckPixels(inputHeight, rows, OutputHeight);
        CheckPixels(inputWidth, columns, OutputWidth);
        InputPlane = Sizes.Product("channel of the image", InputHeight, InputWidth);
        OutputPlane = Sizes.Product("channel of the output", OutputHeight, OutputWidth);
    }

    /// <summary>A pooling over square windows; incomplete windows at the end are left out.</summary>
    /// <param name="channels">Channels, pooled each for itself.</param>
    /// <param name="inputHeight">Rows of the input image.</param>
    /// <param name="inputWidth">Columns of the input image.</param>
    /// <param name="size">Rows and columns of a window, at least 1.</param>
    /// <param name="stride">Pixels from one window to the next, at least 1.</param>
    /// <param name="padding">Rows and columns around the input image that never win; at most half of <paramref name="size"/>.</param>
    /// <exception cref="ShapeException">A size is not possible.</exception>
    public PoolingShape(int channels, int inputHeight, int inputWidth, int size, int stride, int padding = 0)
        : this(channels, inputHeight, inputWidth, new Window(size, stride).Padded(padding), new Window(size, stride).Padded(padding))
    {
    }

    /// <summary>Channels, pooled each for itself.</summary>
    public int Channels { get; }

    /// <summary>Rows of the input image.</summary>
    public int InputHeight { get; }

    /// <summary>Columns of the input image.</summary>
    public int InputWidth { get; }

    /// <summary>The windows' rows.</summary>
    public Window Rows { get; }

    /// <summary>The windows' columns.</summary>
    public Window Columns { get; }

    /// <summary>Rows of the output image; 0 when no window fits on the padded image.</summary>
    public int OutputHeight { get; }

    /// <summary>Columns of the output image; 0 likewise.</summary>
    public int OutputWidth { get; }

    /// <summary>Elements of one channel of the input.</summary>
    public int InputPlane { get; }

    /// <summary>Elements of one channel of the output.</summary>
    public int OutputPlane { get; }

    private static Window Checked(Window window)
    {
        Sizes.Within("window's side", window.Size, 1);
        Sizes.Within("stride", window.Stride, 1);
        Sizes.Within("dilation", window.Dilation, 1);
        if (window.Before == window.After)
            Sizes.Within("padding", window.Before, 0, (int)Math.Min(window.Span / 2, Sizes.Most));
        Sizes.Within("padding", window.Before, 0);
        Sizes.Within("padding", window.After, 0);
        Sizes.Within("padding of both ends together", (long)window.Before + window.After, 0, (int)Math.Min(window.Span, Sizes.Most));
        return window;
    }

    // Of the windows that begin before the image, those of equal remainder of the dilation meet the same pixels, so a few stand for all.
    private static void CheckPixels(int input, Window window, int windows)
    {
        for (int o = 0; o < Math.Min(windows, window.Dilation) && o * (long)window.Stride < window.Before; o++)
        {
            long start = (o * (long)window.Stride) - window.Before, skipped = (window.Dilation - 1 - start) / window.Dilation;
            if (skipped >= window.Size || start + (skipped * window.Dilation) >= input)
                throw new ShapeException($"window {o} of {window.Size} pixels, {window.Dilation} apart, has no pixel of a side of {input}");
        }

        if (windows > 0 && ((windows - 1L) * window.Stride) - window.Before >= input)
            throw new ShapeException($"window {windows - 1} of {window.Size} pixels has no pixel of a side of {input}");
    }
}
