namespace BasinVolume.Kernels.Host.Convolutions.Tiled;

/// <summary>
/// One side of a convolution's transpose in the image. With y + padding = u·s + a, pixel y meets element p of the kernel if p·d mod s = a, in output
/// u − ⌊p·d / s⌋. Pixels s apart have neighbouring u and the same a: they are a phase. Outputs are laid out from the first one that any pixel meets on.
/// </summary>
/// <param name="Pixels">Pixels of the image, at least 1.</param>
/// <param name="Kernel">Elements of the kernel.</param>
/// <param name="Stride">s.</param>
/// <param name="Dilation">d.</param>
/// <param name="Padding">Zeros before the first pixel.</param>
internal readonly record struct AdjointSide(int Pixels, int Kernel, int Stride, int Dilation, int Padding)
{
    /// <summary>Phases that have pixels; the number of a phase is its first pixel.</summary>
    public int Phases => Math.Min(Stride, Pixels);

    /// <summary>The outputs as they are laid out, zeros where there is none.</summary>
    public LaidSide Laid => new(1, 1, Lead - (Padding / Stride), ((Pixels - 1 + Padding) / Stride) + 1 - (Padding / Stride) + Lead);

    // How far before u the outputs reach.
    private int Lead => (Kernel - 1) * Dilation / Stride;

    /// <summary>The elements of the kernel that meet the pixels of a phase.</summary>
    public IEnumerable<int> ElementsOf(int phase)
    {
        (int stride, int dilation, int padding) = (Stride, Dilation, Padding);
        return Enumerable.Range(0, Kernel).Where(p => p * dilation % stride == (phase + padding) % stride);
    }

    /// <summary>How far from a position the output lies that an element of the kernel meets.</summary>
    public int PlaceOf(int element) => Lead - (element * Dilation / Stride);

    /// <summary>The output that an element of the kernel meets at a phase's first pixel; below 0 where there is none.</summary>
    public int FirstOutput(int phase, int element) => ((phase + Padding) / Stride) - (element * Dilation / Stride);

    /// <summary>How many pixels a phase has.</summary>
    public int Count(int phase) => (Pixels - phase + Stride - 1) / Stride;

    /// <summary>The position of a phase's first pixel.</summary>
    public int FirstPlace(int phase) => ((phase + Padding) / Stride) - (Padding / Stride);
}
