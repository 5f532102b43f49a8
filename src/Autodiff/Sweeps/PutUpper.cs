using System.Numerics;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>Puts the upper triangles of square blocks, one after the other, into blocks of a matrix that lie side by side; a part is some rows of one block.</summary>
/// <param name="blocks">[P, size, size].</param>
/// <param name="size">Rows of a block.</param>
/// <param name="matrix">The matrix.</param>
/// <param name="firstRow">The first row of the blocks in the matrix.</param>
/// <param name="firstColumn">The first column of the first of them.</param>
/// <param name="accumulate">Whether they are added to what is there.</param>
internal readonly struct PutUpper<T>(ReadOnlyMemory<T> blocks, int size, Matrix matrix, int firstRow, int firstColumn, bool accumulate) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int RowsOfPart = 16;

    /// <summary>Parts of one block.</summary>
    public int PartsOfBlock => (size + RowsOfPart - 1) / RowsOfPart;

    public void Run(int part)
    {
        (int block, int number) = Math.DivRem(part, PartsOfBlock);
        int end = Math.Min(size, (number + 1) * RowsOfPart);
        for (int i = number * RowsOfPart; i < end; i++)
        {
            ReadOnlySpan<T> row = blocks.Span.Slice(((block * size) + i) * size, size)[i..];
            Span<double> place = matrix.Row(firstRow + i).Slice(firstColumn + (block * size), size)[i..];
            if (accumulate)
                Chunks.Add(row, place);
            else
                Chunks.Set(row, place);
        }
    }
}
