using System.Globalization;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Lanczos;

/// <summary>How large the space of a search may become, and what of it is kept.</summary>
/// <param name="Ends">The pairs that are asked for.</param>
/// <param name="Width">Directions of a block.</param>
/// <param name="Most">The most rows of the space.</param>
internal sealed record SpaceSizes(Ends Ends, int Width, int Most)
{
    /// <summary>More rows than this, and twice the pairs, save fewer products than solving for so many Ritz pairs costs.</summary>
    private const int EnoughRows = 400;

    /// <summary>Blocks besides the space: the next one, its product, and a place for it while others are multiplied.</summary>
    private const int OtherBlocks = 3;

    /// <summary>
    /// The share of the rows beyond those asked for and a block that a restart keeps. For second differences and spectra like those of networks, in spaces of
    /// two to ten blocks, half of them took the fewest products; none of them takes up to ten times as many.
    /// </summary>
    private const double KeptShare = 0.5;

    /// <summary>What memory allows, up to what is of use.</summary>
    /// <exception cref="LanczosException">It does not allow for the pairs, a block beside them, and a block to come.</exception>
    public static SpaceSizes Of(EndsWanted wanted, Ends ends, int order, int dimension)
    {
        int width = Math.Min(wanted.Width, dimension);
        long memory = wanted.MemoryBytes ?? EndsWanted.UsualMemory, row = (long)order * sizeof(double), others = (OtherBlocks * (long)width) + ends.Count;
        long allowed = (memory / row) - others, least = Math.Min(dimension, ends.Count + (2L * width));
        if (allowed < least)
            throw new LanczosException(string.Create(
                CultureInfo.InvariantCulture,
                $"{ends.Count} eigenpairs of order {order} by blocks of {width} directions need {ByteSize.Of((double)row * (least + others))} for vectors, "
                + $"and {ByteSize.Of(memory)} are allowed; allow more memory, or ask for fewer pairs or a smaller width."));
        return new(ends, width, (int)Math.Min(Math.Min(dimension, allowed), Math.Max(least, EnoughRows + (2L * ends.Count))));
    }

    /// <summary>How many Ritz vectors of each end are kept: those asked for and a share of the rest, split by what has not converged.</summary>
    /// <param name="count">Ritz vectors that there are.</param>
    /// <param name="openLower">How many of the lower end's have not converged.</param>
    /// <param name="openUpper">How many of the upper end's.</param>
    public (int Lower, int Upper) Kept(int count, int openLower, int openUpper)
    {
        int beyond = Math.Max(0, Math.Min((int)(KeptShare * (Most - Ends.Count - Width)), count - Ends.Count));
        int shares = openLower + openUpper;
        // Half of them as the pairs are split, as values beside those that have converged say how far the rest of the spectrum is.
        double asked = (double)Ends.Lower / Ends.Count, lower = shares == 0 ? asked : (asked + ((double)openLower / shares)) / 2;
        int below = (int)Math.Round(beyond * lower);
        return (Ends.Lower + below, Ends.Upper + beyond - below);
    }
}
