using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>
/// Completes a symmetric square of blocks of which each is symmetric in itself, from the upper triangles of those on and above the diagonal: what lies below a block's own diagonal becomes what lies above it,
/// and the block across the diagonal, its transpose, becomes a copy. A part is some rows of all blocks of one block row, cut as finely as a block is mirrored.
/// </summary>
/// <param name="matrix">The matrix.</param>
/// <param name="offset">Its row and column where the first block on the diagonal begins.</param>
/// <param name="size">Rows of a block.</param>
/// <param name="blocks">Blocks beside each other.</param>
/// <param name="largest">Receives max |M_ij| of each part; not finite if an element is not.</param>
internal readonly struct MirrorBlocks(Matrix matrix, int offset, int size, int blocks, double[] largest) : IPartitionedWork
{
    // Two squares of doubles, one from each side, stay in the first-level cache.
    private const int Square = 32;

    private int Stretches => Shares(size);

    /// <summary>Parts of so many blocks of a size.</summary>
    public static int Parts(int size, int blocks) => blocks * Shares(size);

    public void Run(int part)
    {
        (int c, int stretch) = Math.DivRem(part, Stretches);
        int first = stretch * Square, count = Math.Min(Square, size - first), top = offset + (c * size);
        double most = 0;
        for (int other = c; other < blocks; other++)
        {
            int left = offset + (other * size);
            MirrorInside(top, left, first, count);
            most = Math.Max(most, LargestOf(top, left, first, count));
            if (other > c)
                CopyAcross(top, left, first, count);
        }

        largest[part] = most;
    }

    private static int Shares(int size) => (size + Square - 1) / Square;

    // Columns first, first + 1, … of a block to its rows of the same numbers.
    private void MirrorInside(int top, int left, int first, int count)
    {
        for (int i = 0; i < first; i += Square)
            Transposition.Copy(matrix, top + i, left + first, top + first, left + i, Square, count);
        for (int i = first; i < first + count; i++)
        {
            for (int j = first; j < i; j++)
                matrix[top + i, left + j] = matrix[top + j, left + i];
        }
    }

    private double LargestOf(int top, int left, int first, int count)
    {
        double most = 0;
        for (int i = first; i < first + count; i++)
            most = Math.Max(most, Magnitude.Largest(matrix.Row(top + i).Slice(left, size)));
        return most;
    }

    private void CopyAcross(int top, int left, int first, int count)
    {
        for (int i = first; i < first + count; i++)
            matrix.Row(top + i).Slice(left, size).CopyTo(matrix.Row(left + i).Slice(top, size));
    }
}
