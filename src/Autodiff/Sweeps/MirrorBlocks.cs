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
internal readonly struct MirrorBlocks(Matrix matrix, int offset, int size, int blocks) : IPartitionedWork
{
    // Two squares of doubles, one from each side, stay in the first-level cache.
    private const int Square = 32;

    /// <summary>Parts.</summary>
    public int Parts => blocks * Stretches;

    private int Stretches => (size + Square - 1) / Square;

    public void Run(int part)
    {
        (int c, int stretch) = Math.DivRem(part, Stretches);
        int first = stretch * Square, count = Math.Min(Square, size - first), top = offset + (c * size);
        for (int other = c; other < blocks; other++)
        {
            int left = offset + (other * size);
            MirrorInside(top, left, first, count);
            if (other > c)
                CopyAcross(top, left, first, count);
        }
    }

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

    private void CopyAcross(int top, int left, int first, int count)
    {
        for (int i = first; i < first + count; i++)
            matrix.Row(top + i).Slice(left, size).CopyTo(matrix.Row(left + i).Slice(top, size));
    }
}
