namespace BasinVolume.Gpu.Ilgpu;

/// <summary>How a convolution, or one of its transposes, is computed.</summary>
internal enum ConvolutionWay
{
    /// <summary>One thread an element of the result.</summary>
    Elements,

    /// <summary>Patches of <see cref="TallPatch"/>.</summary>
    Tall,

    /// <summary>Patches of <see cref="FlatPatch"/>.</summary>
    Flat,
}

/// <summary>
/// The rule by which the way is chosen: by sizes alone, and no bit depends on it.
/// <code>
/// tall patches      three quarters of them are filled
/// flat patches      half of them is filled
/// else              one thread an element
/// </code>
/// It was measured on PoCL with two busy cores (ratios of rates, medians of five), and on no card yet. Forward and in the image, flat patches are 1.2 to
/// 6 times as fast as a thread an element at 8 to 32 channels and 27 to 288 terms, and 3 to 9 times at 16 terms; a quarter filled (4 channels) they are
/// 0.2 to 1.2 times as fast. Full tall patches (64 channels) are 1.5 times as fast as flat ones in float64 and 0.6 times in float32, half filled ones 0.4
/// to 0.8 times. In the weights patches are 0.4 to 2.8 times as fast as a thread an element, which PoCL makes vectors for along a row of pixels; on a
/// card such a thread waits for two loads a term.
/// </summary>
internal static class ConvolutionChoice
{
    // Terms below which fetching what a patch needs and finding its places takes longer than multiplying.
    private const int FewestTerms = 16;

    /// <summary>The way for a product of these sizes.</summary>
    /// <param name="rows">Rows of the product that <see cref="ConvolutionForm{T}"/> makes of a convolution, for one group of channels.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="terms">Terms of each sum.</param>
    public static ConvolutionWay Of(long rows, long columns, long terms)
    {
        if (terms < FewestTerms)
            return ConvolutionWay.Elements;
        if (4 * rows * columns >= 3 * Padded<TallPatch>(rows, columns))
            return ConvolutionWay.Tall;
        return 2 * rows * columns >= Padded<FlatPatch>(rows, columns) ? ConvolutionWay.Flat : ConvolutionWay.Elements;
    }

    // Elements of whole patches.
    private static long Padded<TPatch>(long rows, long columns)
        where TPatch : struct, IPatch
        => Padded(rows, TPatch.Rows) * Padded(columns, TPatch.Columns);

    private static long Padded(long length, int part) => (length + part - 1) / part * part;
}
