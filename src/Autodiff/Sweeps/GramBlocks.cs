using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>Where Gram matrices belong in a symmetric matrix: blocks on and above the diagonal of a square of blocks. They are put there in parts, each some rows of the upper triangle of one block.</summary>
/// <param name="Matrix">The matrix.</param>
/// <param name="Offset">Its row and column where the square begins.</param>
/// <param name="Size">Rows of a block.</param>
/// <param name="Places">Block row and block column of each Gram matrix.</param>
internal readonly record struct GramBlocks(Matrix Matrix, int Offset, int Size, IReadOnlyList<(int Row, int Column)> Places)
{
    /// <summary>Rows of a part: two squares of so many doubles, one from each side of a diagonal, stay in the first-level cache.</summary>
    public const int RowsOfPart = 32;

    /// <summary>Number of parts.</summary>
    public int Parts => Places.Count * PartsOfBlock;

    private int PartsOfBlock => (Size + RowsOfPart - 1) / RowsOfPart;

    /// <summary>The rows of a part.</summary>
    public GramRows Rows(int part)
    {
        (int block, int number) = Math.DivRem(part, PartsOfBlock);
        int first = number * RowsOfPart;
        return new(block, Offset + (Places[block].Row * Size), Offset + (Places[block].Column * Size), first, Math.Min(first + RowsOfPart, Size));
    }

    /// <summary>Row <paramref name="i"/> of the block that begins at (<paramref name="top"/>, <paramref name="left"/>), from the block's diagonal on.</summary>
    public Span<double> Upper(int top, int left, int i) => Matrix.Row(top + i).Slice(left, Size)[i..];
}
