using System.Numerics;

namespace BasinVolume.Kernels.Host;

/// <summary>
/// Rows of c from one block of k: a part packs <see cref="PartRows"/> rows of the left-hand operand and multiplies them with some strips of the right-hand one.
/// Row r of the tall product is row r mod M of member r div M.
/// </summary>
internal readonly struct BlockProduct<T>(MatrixBatch<T> a, MatrixBatch<T> c, T[] packed, int k, int depth, int rows, bool accumulate) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // A multiple of the tile's rows; with KBlock terms a packed block stays in the second-level cache.
    private const int PartRows = 96;
    private const int PartStrips = 32;

    private readonly MatrixBatch<T> _a = a;
    private readonly MatrixBatch<T> _c = c;
    private readonly HostView<T> _left = new(a.Data);
    private readonly HostView<T> _result = new(c.Data);

    /// <summary>Number of parts.</summary>
    public int Parts => RowParts * StripParts;

    private int RowParts => (rows + PartRows - 1) / PartRows;

    private int Strips => (_c.Columns + Tile<T>.Columns - 1) / Tile<T>.Columns;

    private int StripParts => (Strips + PartStrips - 1) / PartStrips;

    public void Run(int part)
    {
        int firstRow = part / StripParts * PartRows;
        int count = Math.Min(PartRows, rows - firstRow);
        int firstStrip = part % StripParts * PartStrips;
        int endStrip = Math.Min(Strips, firstStrip + PartStrips);
        T[] left = PackedOperand<T>.Left(PartRows * MatrixProduct.KBlock);
        PackLeft(firstRow, count, left);
        for (int strip = firstStrip; strip < endStrip; strip++)
        {
            ReadOnlySpan<T> right = packed.AsSpan(strip * Tile<T>.Columns * depth, Tile<T>.Columns * depth);
            for (int row = 0; row < count; row += Tile<T>.Rows)
                MultiplyTile(left.AsSpan(row * depth, Tile<T>.Rows * depth), right, firstRow + row, Math.Min(Tile<T>.Rows, count - row), strip * Tile<T>.Columns);
        }
    }

    // Strip by strip of Tile.Rows rows, inside a strip k by k; missing rows as zeros.
    private void PackLeft(int firstRow, int count, Span<T> left)
    {
        ReadOnlySpan<T> data = _left.Span;
        if (depth == 0)
            return;
        for (int row = 0; row < count; row += Tile<T>.Rows)
        {
            Span<T> strip = left.Slice(row * depth, Tile<T>.Rows * depth);
            for (int i = 0; i < Tile<T>.Rows; i++)
            {
                if (row + i < count)
                    PackRow(data, Place(_a, firstRow + row + i) + (k * _a.ColumnStride), strip[i..]);
                else
                    ClearRow(strip[i..]);
            }
        }
    }

    private void PackRow(ReadOnlySpan<T> data, int start, Span<T> target)
    {
        for (int n = 0; n < depth; n++)
            target[n * Tile<T>.Rows] = data[start + (n * _a.ColumnStride)];
    }

    private void ClearRow(Span<T> target)
    {
        for (int n = 0; n < depth; n++)
            target[n * Tile<T>.Rows] = T.Zero;
    }

    private void MultiplyTile(ReadOnlySpan<T> left, ReadOnlySpan<T> right, int firstRow, int rowCount, int firstColumn)
    {
        Span<T> tile = stackalloc T[Tile<T>.Rows * Tile<T>.Columns];
        Tile<T>.Multiply(left, right, depth, tile);
        int columnCount = Math.Min(Tile<T>.Columns, _c.Columns - firstColumn);
        Span<T> result = _result.Span;
        for (int i = 0; i < rowCount; i++)
        {
            ReadOnlySpan<T> row = tile.Slice(i * Tile<T>.Columns, columnCount);
            int start = Place(_c, firstRow + i) + (firstColumn * _c.ColumnStride);
            if (_c.ColumnStride == 1)
                StoreRow(row, result.Slice(start, columnCount));
            else
                StoreStrided(row, result, start);
        }
    }

    private void StoreRow(ReadOnlySpan<T> row, Span<T> target)
    {
        if (!accumulate)
        {
            row.CopyTo(target);
            return;
        }

        for (int j = 0; j < row.Length; j++)
            target[j] += row[j];
    }

    private void StoreStrided(ReadOnlySpan<T> row, Span<T> result, int start)
    {
        for (int j = 0; j < row.Length; j++)
        {
            ref T target = ref result[start + (j * _c.ColumnStride)];
            target = accumulate ? target + row[j] : row[j];
        }
    }

    // Where row r of the tall matrix begins.
    private int Place(in MatrixBatch<T> batch, int row) => (row / _c.Rows * batch.BatchStride) + (row % _c.Rows * batch.RowStride);
}
