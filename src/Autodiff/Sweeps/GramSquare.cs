using System.Numerics;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>
/// How Gram matrices get into a symmetric matrix, where they are blocks on and above the diagonal of a square of blocks.
/// The work is cut into parts, each some rows of the upper triangle of one block.
/// <para>
/// At first the upper triangles alone are put or added there. With a shard's last samples the square's upper triangle is completed: a block is symmetric in
/// itself, so what lies above its diagonal is mirrored below it. With those of the last shard the sums that wait are added, and the block across the square's
/// diagonal, its transpose, becomes a copy. Each part goes on with the rows that it has just put, while they are in the cache, and needs no other part's.
/// </para>
/// </summary>
/// <param name="matrix">The matrix.</param>
/// <param name="offset">Its row and column where the square begins.</param>
/// <param name="size">Rows of a block.</param>
/// <param name="places">Block row and block column of each Gram matrix.</param>
/// <param name="grams">[places, size, size].</param>
/// <param name="accumulate">Whether they are added to what is there.</param>
internal readonly struct GramSquare<T>(
    Matrix matrix, int offset, int size, IReadOnlyList<(int Row, int Column)> places, ReadOnlyMemory<T> grams, bool accumulate)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Two squares of so many doubles, one from each side of a diagonal, stay in the first-level cache.
    private const int RowsOfPart = 32;

    private int Parts => places.Count * PartsOfBlock;

    private int PartsOfBlock => (size + RowsOfPart - 1) / RowsOfPart;

    /// <summary>Puts the upper triangles.</summary>
    public void PutUpper(HostThreads threads) => threads.Run(Parts, new UpperWork(this));

    /// <summary>Puts the upper triangles for the last time and completes the square's.</summary>
    public void PutTriangle(HostThreads threads) => threads.Run(Parts, new TriangleWork(this));

    /// <summary>Puts the upper triangles for the last time, adds what waits for them, and completes the square.</summary>
    /// <returns>max |M_ij| over what is there then; not finite if an element is not.</returns>
    public double Complete(WaitingSums waiting, HostThreads threads)
    {
        var largest = new double[Parts];
        threads.Run(Parts, new SquareWork(this, waiting, largest));
        return largest.Aggregate(0.0, Math.Max);
    }

    private Rows RowsOf(int part)
    {
        (int block, int number) = Math.DivRem(part, PartsOfBlock);
        int first = number * RowsOfPart;
        return new(block, offset + (places[block].Row * size), offset + (places[block].Column * size), first, Math.Min(first + RowsOfPart, size));
    }

    // Row i of the block that begins at (top, left), from the block's diagonal on.
    private Span<double> Upper(int top, int left, int i) => matrix.Row(top + i).Slice(left, size)[i..];

    private void Put(Rows rows)
    {
        for (int i = rows.First; i < rows.End; i++)
        {
            ReadOnlySpan<T> row = grams.Span.Slice(((rows.Block * size) + i) * size, size)[i..];
            Span<double> place = Upper(rows.Top, rows.Left, i);
            if (accumulate)
                Accumulation.Add(row, place);
            else
                Accumulation.Set(row, place);
        }
    }

    private void Add(WaitingSums waiting, Rows rows)
    {
        for (int i = rows.First; i < rows.End; i++)
            waiting.AddTo(rows.Top + i, rows.Left + i, Upper(rows.Top, rows.Left, i));
    }

    private double Largest(Rows rows)
    {
        double most = 0;
        for (int i = rows.First; i < rows.End; i++)
            most = Math.Max(most, Magnitude.Largest(Upper(rows.Top, rows.Left, i)));
        return most;
    }

    // The rows to the block across the diagonal.
    private void Copy(Rows rows)
    {
        for (int i = rows.First; i < rows.End; i++)
            Upper(rows.Top, rows.Left, i).CopyTo(Upper(rows.Left, rows.Top, i));
    }

    // The rows to the columns of the same numbers in the block that begins at (top, left).
    private void Mirror(Rows rows, int top, int left)
    {
        for (int j = rows.End; j < size; j += RowsOfPart)
            Transpose(rows, rows.First, j, rows.End - rows.First, Math.Min(RowsOfPart, size - j), top, left);
        MirrorDiagonal(rows, top, left);
    }

    // The square on the block's diagonal: strips of columns down to the small squares on the diagonal, and these element by element.
    private void MirrorDiagonal(Rows rows, int top, int left)
    {
        for (int j = rows.First; j < rows.End; j += Transposition.Square)
        {
            int end = Math.Min(j + Transposition.Square, rows.End);
            if (j > rows.First)
                Transpose(rows, rows.First, j, j - rows.First, end - j, top, left);
            for (int column = j + 1; column < end; column++)
            {
                for (int i = j; i < column; i++)
                    matrix[top + column, left + i] = matrix[rows.Top + i, rows.Left + column];
            }
        }
    }

    // Elements from (i, j) of the rows' block on to (j, i) of the block that begins at (top, left).
    private void Transpose(Rows rows, int i, int j, int height, int width, int top, int left)
    {
        int n = matrix.Columns;
        Span<double> values = matrix.Values.AsSpan();
        Transposition.Copy(values[(((rows.Top + i) * n) + rows.Left + j)..], n, values[(((top + j) * n) + left + i)..], n, height, width);
    }

    // A part: rows First to End − 1 of Gram matrix number Block, which lies at (Top, Left) of the matrix.
    private readonly record struct Rows(int Block, int Top, int Left, int First, int End);

    private readonly struct UpperWork(GramSquare<T> square) : IPartitionedWork
    {
        public void Run(int part) => square.Put(square.RowsOf(part));
    }

    private readonly struct TriangleWork(GramSquare<T> square) : IPartitionedWork
    {
        public void Run(int part)
        {
            Rows rows = square.RowsOf(part);
            square.Put(rows);
            if (rows.Top != rows.Left)
                square.Mirror(rows, rows.Top, rows.Left);
        }
    }

    private readonly struct SquareWork(GramSquare<T> square, WaitingSums waiting, double[] largest) : IPartitionedWork
    {
        public void Run(int part)
        {
            Rows rows = square.RowsOf(part);
            square.Put(rows);
            square.Add(waiting, rows);
            largest[part] = square.Largest(rows);
            square.Mirror(rows, rows.Top, rows.Left);
            if (rows.Top == rows.Left)
                return;
            square.Copy(rows);
            square.Mirror(rows, rows.Left, rows.Top);
        }
    }
}
