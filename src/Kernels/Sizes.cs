namespace BasinVolume.Kernels;

/// <summary>
/// Checks sizes where a shape is made, in 64 bits, so that kernels can count in 32: no single size is above <see cref="Most"/>, no product above the elements
/// of an array, and what kernels add up to find a pixel, a few sizes at most, stays inside the range.
/// </summary>
internal static class Sizes
{
    /// <summary>The largest single size: a few of them together still fit into 32 bits.</summary>
    public const int Most = 1 << 28;

    /// <summary>A size that lies between <paramref name="least"/> and <paramref name="most"/>.</summary>
    /// <exception cref="ShapeException">It does not.</exception>
    public static int Within(string name, long size, int least, int most = Most)
        => size >= least && size <= most ? (int)size : throw new ShapeException($"the {name} is {size}, but must lie between {least} and {most}");

    /// <summary>Elements of an array with these sizes.</summary>
    /// <exception cref="ShapeException">They are more than an array holds.</exception>
    public static int Product(string name, params ReadOnlySpan<int> sizes)
    {
        long product = 1;
        foreach (int size in sizes)
        {
            product *= Within("number of elements along one side", size, 0, int.MaxValue);
            if (product > Array.MaxLength)
                throw new ShapeException($"the {name} has {string.Join(" x ", sizes.ToArray())} elements, but one array holds at most {Array.MaxLength}");
        }

        return (int)product;
    }

    /// <summary>Each of several groups' part of a number of channels.</summary>
    /// <exception cref="ShapeException">The groups do not divide it.</exception>
    public static int Divided(string name, int channels, int groups)
        => channels % groups == 0
            ? channels / groups
            : throw new ShapeException($"the {name} is {channels}, which {groups} groups do not divide");

    /// <summary>How many windows fit on a padded row of pixels: 0 when it is shorter than one that must fit.</summary>
    /// <param name="input">Pixels of the row.</param>
    /// <param name="window">How windows lie on it; the stride is at least 1.</param>
    /// <exception cref="ShapeException">The padded row or the window is too long.</exception>
    public static int Windows(int input, in Window window)
    {
        long padded = Within("padded image's side", (long)input + window.Before + window.After, 0);
        long left = padded - Within("side of the window over the image", window.Span, 0);
        if (window.Ceil)
            left += window.Stride - 1;
        if (left < 0)
            return 0;
        int last = (int)(left / window.Stride);
        return window.Ceil && (long)last * window.Stride >= (long)input + window.Before ? last : last + 1;
    }
}
