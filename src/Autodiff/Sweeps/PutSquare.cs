using System.Numerics;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>
/// Puts the upper triangles of Gram matrices into their blocks for the last time and completes the square: a block is symmetric in itself, so what lies above its diagonal is mirrored below it, and the block
/// across the square's diagonal, its transpose, becomes a copy. Each part goes on with the rows that it has just put, while they are in the cache, and needs nobody else's.
/// </summary>
/// <param name="upper">What puts the upper triangles.</param>
/// <param name="largest">Receives max |M_ij| of each part; not finite if an element is not.</param>
internal readonly struct PutSquare<T>(PutUpper<T> upper, double[] largest) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private GramBlocks Blocks => upper.Blocks;

    public void Run(int part)
    {
        upper.Run(part);
        GramRows rows = Blocks.Rows(part);
        largest[part] = Largest(rows);
        Mirror(rows, rows.Top, rows.Left);
        if (rows.Top == rows.Left)
            return;
        Copy(rows);
        Mirror(rows, rows.Left, rows.Top);
    }

    private double Largest(GramRows rows)
    {
        double most = 0;
        for (int i = rows.First; i < rows.End; i++)
            most = Math.Max(most, Magnitude.Largest(Blocks.Upper(rows.Top, rows.Left, i)));
        return most;
    }

    // The rows to the block across the diagonal.
    private void Copy(GramRows rows)
    {
        for (int i = rows.First; i < rows.End; i++)
            Blocks.Upper(rows.Top, rows.Left, i).CopyTo(Blocks.Upper(rows.Left, rows.Top, i));
    }

    // The rows to the columns of the same numbers in the block that begins at (top, left).
    private void Mirror(GramRows rows, int top, int left)
    {
        for (int j = rows.End; j < Blocks.Size; j += GramBlocks.RowsOfPart)
            Transpose(rows, rows.First, j, rows.End - rows.First, Math.Min(GramBlocks.RowsOfPart, Blocks.Size - j), top, left);
        MirrorDiagonal(rows, top, left);
    }

    // The square on the block's diagonal: strips of columns down to the small squares on the diagonal, and these element by element.
    private void MirrorDiagonal(GramRows rows, int top, int left)
    {
        for (int j = rows.First; j < rows.End; j += Transposition.Square)
        {
            int end = Math.Min(j + Transposition.Square, rows.End);
            if (j > rows.First)
                Transpose(rows, rows.First, j, j - rows.First, end - j, top, left);
            for (int column = j + 1; column < end; column++)
            {
                for (int i = j; i < column; i++)
                    Blocks.Matrix[top + column, left + i] = Blocks.Matrix[rows.Top + i, rows.Left + column];
            }
        }
    }

    // Elements from (i, j) of the rows' block on to (j, i) of the block that begins at (top, left).
    private void Transpose(GramRows rows, int i, int j, int height, int width, int top, int left)
    {
        Matrix matrix = Blocks.Matrix;
        Transposition.Copy(
            matrix.Values.AsSpan(((rows.Top + i) * matrix.Columns) + rows.Left + j), matrix.Columns, matrix.Values.AsSpan(((top + j) * matrix.Columns) + left + i), matrix.Columns, height, width);
    }
}
