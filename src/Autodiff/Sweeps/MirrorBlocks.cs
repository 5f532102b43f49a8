using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>
/// Completes square blocks above the diagonal of a matrix of which each is symmetric in itself: what lies below a block's own diagonal becomes what lies above it. A part is one row of one block row's
/// blocks, cut as finely as a block is mirrored.
/// </summary>
/// <param name="matrix">The matrix.</param>
/// <param name="offset">Its row and column where the first block on the diagonal begins.</param>
/// <param name="size">Rows of a block.</param>
/// <param name="blocks">Blocks beside each other.</param>
internal readonly struct MirrorBlocks(Matrix matrix, int offset, int size, int blocks) : IPartitionedWork
{
    // Two squares of doubles, one from each side, stay in the first-level cache.
    private const int Square = 32;

    /// <summary>Parts: stretches of columns of each row of blocks, the last of which has none above the diagonal.</summary>
    public int Parts => Math.Max(0, blocks - 1) * Stretches;

    private int Stretches => (size + Square - 1) / Square;

    public void Run(int part)
    {
        (int c, int stretch) = Math.DivRem(part, Stretches);
        for (int other = c + 1; other < blocks; other++)
            Mirror(offset + (c * size), offset + (other * size), stretch * Square);
    }

    // Columns first, first + 1, … of one block to its rows of the same numbers.
    private void Mirror(int top, int left, int first)
    {
        int count = Math.Min(Square, size - first);
        for (int i = 0; i < first; i += Square)
            Transposition.Copy(matrix, top + i, left + first, top + first, left + i, Square, count);
        for (int i = first; i < first + count; i++)
        {
            for (int j = first; j < i; j++)
                matrix[top + i, left + j] = matrix[top + j, left + i];
        }
    }
}
