using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Host.Arrays;

namespace BasinVolume.Kernels.Host.Products;

/// <summary>The matrix that tiles of a product go to. That they lie inside its view was checked before.</summary>
/// <param name="view">Where it lies.</param>
/// <param name="columns">Its columns; the first tile of a row may begin before them, and the last one reach beyond.</param>
/// <param name="columnStride">Elements from one column to the next.</param>
internal readonly struct TileTarget<T>(View<T> view, int columns, int columnStride)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostView<T> _view = new(view);

    /// <summary>The product of a tile's rows and a packed strip of columns, set or added.</summary>
    /// <param name="left">[depth, <see cref="Tile{T}.Rows"/>].</param>
    /// <param name="right">[depth, <see cref="Tile{T}.Columns"/>].</param>
    /// <param name="depth">Terms of each sum.</param>
    /// <param name="starts">Where in the view each row begins; fewer than a tile's rows at the lower edge.</param>
    /// <param name="firstColumn">The tile's first column.</param>
    /// <param name="wanted">The first column that is wanted; what lies before it may be left as it is.</param>
    /// <param name="accumulate">Whether the product is added.</param>
    public void Multiply(in TileRows<T> left, ReadOnlySpan<T> right, int depth, ReadOnlySpan<int> starts, int firstColumn, int wanted, bool accumulate)
    {
        int half = Tile<T>.HalfColumns;
        int first = Math.Max(wanted, 0) - firstColumn, end = columns - firstColumn;
        if (first < half && end > half)
            MultiplyWhole(left, right, depth, starts, firstColumn, accumulate);
        else if (first < half)
            MultiplyHalf(left, right, 0, depth, starts, firstColumn, accumulate);
        else
            MultiplyHalf(left, right, 1, depth, starts, firstColumn + half, accumulate);
    }

    private void MultiplyWhole(in TileRows<T> left, ReadOnlySpan<T> right, int depth, ReadOnlySpan<int> starts, int firstColumn, bool accumulate)
    {
        int width = Tile<T>.Columns;
        if (IsInside(starts, firstColumn, width))
        {
            Tile<T>.Multiply(left, right, depth, ref Unsafe.Add(ref MemoryMarshal.GetReference(_view.Span), firstColumn), starts, accumulate);
            return;
        }

        Span<T> tile = stackalloc T[Tile<T>.Rows * width];
        Tile<T>.Multiply(left, right, depth, ref MemoryMarshal.GetReference(tile), [0, width, 2 * width, 3 * width, 4 * width, 5 * width], false);
        PutPart(tile, width, starts, firstColumn, accumulate);
    }

    private void MultiplyHalf(in TileRows<T> left, ReadOnlySpan<T> right, int half, int depth, ReadOnlySpan<int> starts, int firstColumn, bool accumulate)
    {
        int width = Tile<T>.HalfColumns;
        if (IsInside(starts, firstColumn, width))
        {
            Tile<T>.MultiplyHalf(left, right, half, depth, ref Unsafe.Add(ref MemoryMarshal.GetReference(_view.Span), firstColumn), starts, accumulate);
            return;
        }

        Span<T> tile = stackalloc T[Tile<T>.Rows * width];
        Tile<T>.MultiplyHalf(left, right, half, depth, ref MemoryMarshal.GetReference(tile), [0, width, 2 * width, 3 * width, 4 * width, 5 * width], false);
        PutPart(tile, width, starts, firstColumn, accumulate);
    }

    // Whether a tile can be put where it belongs as it is.
    private bool IsInside(ReadOnlySpan<int> starts, int firstColumn, int width)
        => starts.Length == Tile<T>.Rows && firstColumn >= 0 && firstColumn + width <= columns && columnStride == 1;

    // What lies inside of a tile that was computed elsewhere.
    private void PutPart(ReadOnlySpan<T> tile, int width, ReadOnlySpan<int> starts, int firstColumn, bool accumulate)
    {
        Span<T> result = _view.Span;
        int first = Math.Max(0, -firstColumn), end = Math.Min(width, columns - firstColumn);
        for (int i = 0; i < starts.Length; i++)
        {
            ReadOnlySpan<T> values = tile[((i * width) + first)..((i * width) + end)];
            int place = starts[i] + ((firstColumn + first) * columnStride);
            if (columnStride == 1)
                PutRow(values, result.Slice(place, values.Length), accumulate);
            else
                PutStrided(values, result[place..], accumulate);
        }
    }

    private static void PutRow(ReadOnlySpan<T> values, Span<T> place, bool accumulate)
    {
        if (!accumulate)
        {
            values.CopyTo(place);
            return;
        }

        for (int j = 0; j < values.Length; j++)
            place[j] += values[j];
    }

    private void PutStrided(ReadOnlySpan<T> values, Span<T> place, bool accumulate)
    {
        for (int j = 0; j < values.Length; j++)
            place[j * columnStride] = accumulate ? place[j * columnStride] + values[j] : values[j];
    }
}
