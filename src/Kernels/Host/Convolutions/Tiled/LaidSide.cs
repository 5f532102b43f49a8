namespace BasinVolume.Kernels.Host.Convolutions.Tiled;

/// <summary>One side of a laid image: place i of phase a holds pixel i · stride + a − before.</summary>
/// <param name="Stride">Pixels from one place of a phase to the next.</param>
/// <param name="Phases">Phases that some element of the kernel reads.</param>
/// <param name="Before">Zeros before the first pixel; below 0 where so many pixels are left out.</param>
/// <param name="Length">Places of a phase.</param>
internal readonly record struct LaidSide(int Stride, int Phases, int Before, int Length)
{
    /// <summary>The places of a phase that hold pixels of an image with so many.</summary>
    public (int First, int End) Inside(int phase, int pixels)
    {
        int first = Math.Max(0, CeilingOf(Before - phase));
        int end = Math.Min(Length, CeilingOf(pixels + Before - phase));
        return (first, Math.Max(first, end));
    }

    /// <summary>The pixel at a place of a phase.</summary>
    public int PixelAt(int place, int phase) => (place * Stride) + phase - Before;

    // ⌈distance / stride⌉, also below 0.
    private int CeilingOf(int distance) => distance > 0 ? ((distance - 1) / Stride) + 1 : -(-distance / Stride);
}
