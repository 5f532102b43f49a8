using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Products;

/// <summary>
/// Rows of c from one block of k: a part packs <see cref="PartRows"/> rows of the left-hand operand and multiplies them with some strips of the right-hand one,
/// or takes them as they lie if there are few strips.
/// Row r of the tall product is row r mod M of entry r div M. That all operands lie inside their views was checked before.
/// </summary>
internal readonly struct BlockProduct<T>(MatrixBatch<T> a, MatrixBatch<T> c, ArraySegment<T> packed, int k, int depth, int rows, bool accumulate)
    : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // A multiple of the tile's rows; with KBlock terms a packed block stays in the second-level cache.
    private const int PartRows = 48;

    // Strips of a part; fewer where rows alone do not make parts enough for a few threads.
    private const int MostStrips = 32;
    private const int EnoughParts = 8;

    // So few strips do not repay the packing of rows.
    private const int StripsInPlace = 2;

    private readonly MatrixBatch<T> _a = a;
    private readonly MatrixBatch<T> _c = c;
    private readonly HostView<T> _left = new(a.Data);
    private readonly TileTarget<T> _target = new(c.Data, c.Columns, c.ColumnStride);

    /// <summary>Number of parts.</summary>
    public int Parts => RowParts * StripParts;

    private int RowParts => Shares(rows, PartRows);

    private int Strips => Shares(_c.Columns, Tile<T>.Columns);

    private int StripsOfPart => Math.Min(MostStrips, Shares(Strips, Shares(EnoughParts, RowParts)));

    private int StripParts => Shares(Strips, StripsOfPart);

    // How many shares of a size there are, the last one perhaps smaller.
    private static int Shares(int whole, int size) => (whole + size - 1) / size;

    public void Run(int part)
    {
        int firstRow = part / StripParts * PartRows;
        int count = Math.Min(PartRows, rows - firstRow);
        int firstStrip = part % StripParts * StripsOfPart;
        int endStrip = Math.Min(Strips, firstStrip + StripsOfPart);
        if (StripsOfPart <= StripsInPlace)
            MultiplyInPlace(firstRow, count, firstStrip, endStrip);
        else
            MultiplyPacked(firstRow, count, firstStrip, endStrip);
    }

    private void MultiplyPacked(int firstRow, int count, int firstStrip, int endStrip)
    {
        Span<T> left = PackedOperand<T>.Own(PartRows * MatrixProduct.KBlock);
        Span<int> starts = stackalloc int[PartRows];
        PlaceRows(_a, firstRow, starts[..count]);
        bool sideBySide = _a.RowStride == 1 && (firstRow % _a.Rows) + count <= _a.Rows;
        int packedRows = sideBySide ? PackSideBySide(starts[0], count / Tile<T>.Rows, left) : 0;
        for (int row = packedRows; row < count; row += Tile<T>.Rows)
            PackStrip(starts[row..Math.Min(count, row + Tile<T>.Rows)], left.Slice(row * depth, Tile<T>.Rows * depth));
        PlaceRows(_c, firstRow, starts[..count]);
        for (int strip = firstStrip; strip < endStrip; strip++)
        {
            ReadOnlySpan<T> right = packed.AsSpan(strip * Tile<T>.Columns * depth, Tile<T>.Columns * depth);
            for (int row = 0; row < count; row += Tile<T>.Rows)
                _target.Multiply(
                    TileRows<T>.Packed(left.Slice(row * depth, Tile<T>.Rows * depth)), right, depth,
                    starts[row..Math.Min(count, row + Tile<T>.Rows)], strip * Tile<T>.Columns, 0, accumulate);
        }
    }

    // Where rows are missing the last one is taken once more; what comes of it goes nowhere.
    private void MultiplyInPlace(int firstRow, int count, int firstStrip, int endStrip)
    {
        Span<int> starts = stackalloc int[PartRows], leftStarts = stackalloc int[PartRows];
        PlaceRows(_a, firstRow, leftStarts[..count]);
        PlaceRows(_c, firstRow, starts[..count]);
        leftStarts[count..].Fill(leftStarts[count - 1]);
        ref T data = ref Unsafe.Add(ref MemoryMarshal.GetReference(_left.Span), k * _a.ColumnStride);
        for (int strip = firstStrip; strip < endStrip; strip++)
        {
            ReadOnlySpan<T> right = packed.AsSpan(strip * Tile<T>.Columns * depth, Tile<T>.Columns * depth);
            for (int row = 0; row < count; row += Tile<T>.Rows)
            {
                var rows = TileRows<T>.InPlace(ref data, leftStarts.Slice(row, Tile<T>.Rows), _a.ColumnStride);
                _target.Multiply(rows, right, depth, starts[row..Math.Min(count, row + Tile<T>.Rows)], strip * Tile<T>.Columns, 0, accumulate);
            }
        }
    }

    // Where rows of the tall matrix begin.
    private static void PlaceRows(in MatrixBatch<T> batch, int first, Span<int> starts)
    {
        (int entry, int row) = Math.DivRem(first, batch.Rows);
        for (int i = 0; i < starts.Length; i++)
        {
            starts[i] = (entry * batch.BatchStride) + (row * batch.RowStride);
            if (++row == batch.Rows)
                (entry, row) = (entry + 1, 0);
        }
    }

    // Strips of rows that lie next to each other in memory; gives how many rows these are. A term of all of them is in a few cache lines, which strip by strip
    // would be fetched again for each strip.
    private int PackSideBySide(int start, int strips, Span<T> left)
    {
        ref T data = ref Unsafe.Add(ref MemoryMarshal.GetReference(_left.Span), (k * _a.ColumnStride) + start);
        ref T target = ref MemoryMarshal.GetReference(left);
        for (int n = 0; n < depth; n++)
        {
            ref T term = ref Unsafe.Add(ref data, n * _a.ColumnStride);
            for (int strip = 0; strip < strips; strip++)
                CopyTerm(ref Unsafe.Add(ref term, strip * Tile<T>.Rows), ref Unsafe.Add(ref target, ((strip * depth) + n) * Tile<T>.Rows));
        }

        return strips * Tile<T>.Rows;
    }

    // One term of a tile's rows, by whole vectors: how many bytes these are is known when this is compiled.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyTerm(ref T source, ref T target)
        => Unsafe.CopyBlockUnaligned(ref Unsafe.As<T, byte>(ref target), ref Unsafe.As<T, byte>(ref source), (uint)(Tile<T>.Rows * Unsafe.SizeOf<T>()));

    // A strip of Tile.Rows rows, k by k; missing rows as zeros.
    private void PackStrip(ReadOnlySpan<int> starts, Span<T> strip)
    {
        ref T data = ref Unsafe.Add(ref MemoryMarshal.GetReference(_left.Span), k * _a.ColumnStride);
        if (starts.Length == Tile<T>.Rows)
        {
            PackSixRows<T>.Run(ref data, starts, _a.ColumnStride, depth, ref MemoryMarshal.GetReference(strip));
            return;
        }

        strip.Clear();
        for (int i = 0; i < starts.Length; i++)
        {
            for (int n = 0; n < depth; n++)
                strip[(n * Tile<T>.Rows) + i] = Unsafe.Add(ref data, starts[i] + (n * _a.ColumnStride));
        }
    }
}
