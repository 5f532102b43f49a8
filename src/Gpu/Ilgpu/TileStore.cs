using System.Numerics;
using BasinVolume.Kernels;
using ILGPU;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>Where the sums of tiles go: rows of one entry, or of all entries numbered through.</summary>
internal struct TileStore<T>
    where T : unmanaged, INumberBase<T>
{
    public ArrayView<T> Elements;
    public int Rows;
    public int RowsPerEntry;
    public int Columns;
    public int BatchStride;
    public int RowStride;
    public int ColumnStride;

    /// <summary>1 where four neighbours of a row may be moved at once.</summary>
    public int Wide;

    public int Accumulate;

    /// <param name="elements">The elements, in the layout of <paramref name="c"/>.</param>
    /// <param name="c">The matrices.</param>
    /// <param name="rows">Rows of one of them, or of all.</param>
    /// <param name="accumulate">Whether the sums are added.</param>
    public static TileStore<T> Of(ArrayView<T> elements, in MatrixBatch<T> c, int rows, bool accumulate) => new()
    {
        Elements = elements,
        Rows = rows,
        RowsPerEntry = c.Rows,
        Columns = c.Columns,
        BatchStride = c.BatchStride,
        RowStride = c.RowStride,
        ColumnStride = c.ColumnStride,
        Wide = c.ColumnStride == 1 && c.Columns % 4 == 0 && c.RowStride % 4 == 0 && c.BatchStride % 4 == 0 && c.Data.Offset % 4 == 0 ? 1 : 0,
        Accumulate = accumulate ? 1 : 0,
    };

    /// <summary>Puts, or adds, a thread's sums where they belong.</summary>
    public readonly void Store(int target, int row, int column, RegisterTile<T> sums)
    {
        Store(target, row, column, sums.R0);
        Store(target, row + 1, column, sums.R1);
        Store(target, row + 2, column, sums.R2);
        Store(target, row + 3, column, sums.R3);
        Store(target, row + 4, column, sums.R4);
        Store(target, row + 5, column, sums.R5);
        Store(target, row + 6, column, sums.R6);
        Store(target, row + 7, column, sums.R7);
    }

    private readonly void Store(int target, int row, int column, Four<T> sums)
    {
        if (row >= Rows)
            return;
        int place = target + (row / RowsPerEntry * BatchStride) + (row % RowsPerEntry * RowStride) + (column * ColumnStride);
        if (Wide != 0 && column < Columns)
        {
            ArrayView<Four<T>> fours = Elements.Cast<Four<T>>();
            fours[place / 4] = Accumulate != 0 ? sums.Plus(fours[place / 4]) : sums;
        }
        else
        {
            Store(place, column, sums.X);
            Store(place + ColumnStride, column + 1, sums.Y);
            Store(place + (2 * ColumnStride), column + 2, sums.Z);
            Store(place + (3 * ColumnStride), column + 3, sums.W);
        }
    }

    private readonly void Store(int place, int column, T sum)
    {
        if (column < Columns)
            Elements[place] = Accumulate != 0 ? Elements[place] + sum : sum;
    }
}
