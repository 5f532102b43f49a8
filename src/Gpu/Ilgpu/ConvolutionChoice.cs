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

/// <summary>The rule by which the way is chosen: by sizes alone, and no bit depends on it.</summary>
internal static class ConvolutionChoice
{
    // Terms below which fetching what a patch needs and finding its places takes longer than multiplying.
    private const int FewestTerms = 32;

    /// <summary>Patches that are at least half full, the tall ones if they are; else one thread an element.</summary>
    /// <param name="rows">Rows of the product that <see cref="ConvolutionForm{T}"/> makes of it, of one group of channels.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="terms">Terms of each sum.</param>
    public static ConvolutionWay Of(long rows, long columns, long terms)
    {
        if (terms < FewestTerms)
            return ConvolutionWay.Elements;
        if (IsHalfFull<TallPatch>(rows, columns))
            return ConvolutionWay.Tall;
        return IsHalfFull<FlatPatch>(rows, columns) ? ConvolutionWay.Flat : ConvolutionWay.Elements;
    }

    private static bool IsHalfFull<TPatch>(long rows, long columns)
        where TPatch : struct, IPatch
        => 2 * rows * columns >= Padded(rows, TPatch.Rows) * Padded(columns, TPatch.Columns);

    private static long Padded(long length, int part) => (length + part - 1) / part * part;
}
