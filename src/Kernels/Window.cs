namespace BasinVolume.Kernels;

/// <summary>
/// How windows (a kernel's, or a pool's) are laid along one side of an image, as PyTorch counts it: window o begins at pixel
/// o · <paramref name="Stride"/> − <paramref name="Before"/> and takes <paramref name="Size"/> pixels from there on,
/// <paramref name="Dilation"/> apart. It is checked where a shape takes it.
/// </summary>
/// <param name="Size">Pixels of a window.</param>
/// <param name="Stride">Pixels from one window to the next.</param>
/// <param name="Before">Pixels of padding above the image, or to its left.</param>
/// <param name="After">Pixels of padding below the image, or to its right.</param>
/// <param name="Dilation">Pixels from one of a window to its next.</param>
public readonly record struct Window(int Size, int Stride = 1, int Before = 0, int After = 0, int Dilation = 1)
{
    /// <summary>
    /// Whether a last window counts as well that ends behind the padding, if it begins on the image or on the padding before it: PyTorch's ceil_mode.
    /// </summary>
    public bool Ceil { get; init; }

    /// <summary>Pixels from a window's first to its last one, both counted.</summary>
    public long Span => Size == 0 ? 0 : ((long)Dilation * (Size - 1)) + 1;

    /// <summary>The same windows with as many pixels of padding on both ends.</summary>
    /// <param name="padding">How many.</param>
    public Window Padded(int padding) => this with { Before = padding, After = padding };
}
