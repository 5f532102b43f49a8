using System.Numerics;
using ILGPU;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// Where the sums of a patch go. Columns are numbered through as those of <see cref="ImageLines"/>: (image · ImageRows + row) · ImageColumns + column;
/// rows are those of one entry, or of all.
/// </summary>
internal struct ImageStore<T>
    where T : unmanaged, INumberBase<T>
{
    public ArrayView<T> Elements;
    public int Rows;
    public int RowsPerEntry;
    public int EntryStride;
    public int RowStride;
    public int Columns;
    public int ImageRows;
    public int ImageColumns;
    public int ImageStride;
    public int ImageRowStride;
    public int PixelStride;
    public int First;
    public int BatchStride;
    public int GroupStride;
    public int SplitStride;

    /// <summary>1 where four neighbouring columns may be moved at once.</summary>
    public int Wide;

    public int Accumulate;

    /// <summary>The same, wide if everything lies at multiples of four.</summary>
    /// <param name="offset">Where the elements begin in their buffer.</param>
    public readonly ImageStore<T> Aligned(int offset)
    {
        bool gapless = PixelStride == 1 && ImageRowStride == ImageColumns && ImageRows * ImageColumns % 4 == 0;
        bool aligned = (offset | EntryStride | RowStride | ImageStride | First | BatchStride | GroupStride | SplitStride) % 4 == 0;
        return this with { Wide = gapless && aligned ? 1 : 0 };
    }

    /// <summary>Puts, or adds, a thread's sums where they belong.</summary>
    public readonly void Store(int target, int row, int column, RegisterTile<T> sums)
    {
        target += First;
        int p0 = Place(column), p1 = -1, p2 = -1, p3 = -1;
        if (Wide == 0)
        {
            p1 = Place(column + 1);
            p2 = Place(column + 2);
            p3 = Place(column + 3);
        }

        Store(target, row, p0, p1, p2, p3, sums.R0);
        Store(target, row + 1, p0, p1, p2, p3, sums.R1);
        Store(target, row + 2, p0, p1, p2, p3, sums.R2);
        Store(target, row + 3, p0, p1, p2, p3, sums.R3);
        Store(target, row + 4, p0, p1, p2, p3, sums.R4);
        Store(target, row + 5, p0, p1, p2, p3, sums.R5);
        Store(target, row + 6, p0, p1, p2, p3, sums.R6);
        Store(target, row + 7, p0, p1, p2, p3, sums.R7);
    }

    // Where a column is in the row 0, −1 outside of the result.
    private readonly int Place(int column)
    {
        int rest = column / ImageColumns;
        return column < Columns
            ? (rest / ImageRows * ImageStride) + (rest % ImageRows * ImageRowStride) + (column % ImageColumns * PixelStride)
            : -1;
    }

    private readonly void Store(int target, int row, int p0, int p1, int p2, int p3, Four<T> sums)
    {
        if (row >= Rows)
            return;
        int place = target + (row / RowsPerEntry * EntryStride) + (row % RowsPerEntry * RowStride);
        if (Wide == 0)
        {
            Store(place, p0, sums.X);
            Store(place, p1, sums.Y);
            Store(place, p2, sums.Z);
            Store(place, p3, sums.W);
        }
        else if (p0 >= 0)
        {
            ArrayView<Four<T>> fours = Elements.Cast<Four<T>>();
            int four = (place + p0) / 4;
            fours[four] = Accumulate != 0 ? sums.Plus(fours[four]) : sums;
        }
    }

    private readonly void Store(int place, int column, T sum)
    {
        if (column >= 0)
            Elements[place + column] = Accumulate != 0 ? Elements[place + column] + sum : sum;
    }
}
