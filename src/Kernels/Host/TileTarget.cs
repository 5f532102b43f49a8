using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BasinVolume.Kernels.Host;

/// <summary>The matrix that tiles of a product go to. That they lie inside its view was checked before.</summary>
/// <param name="view">Where it lies.</param>
/// <param name="columns">Its columns; the last tile of a row may reach beyond them.</param>
/// <param name="columnStride">Elements from one column to the next.</param>
internal readonly struct TileTarget<T>(View<T> view, int columns, int columnStride)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostView<T> _view = new(view);

    /// <summary>The product of a packed strip of rows and one of columns, set or added.</summary>
    /// <param name="left">[depth, <see cref="Tile{T}.Rows"/>].</param>
    /// <param name="right">[depth, <see cref="Tile{T}.Columns"/>].</param>
    /// <param name="depth">Terms of each sum.</param>
    /// <param name="starts">Where in the view each row begins; fewer than a tile's rows at the lower edge.</param>
    /// <param name="firstColumn">The tile's first column.</param>
    /// <param name="accumulate">Whether the product is added.</param>
    public void Multiply(ReadOnlySpan<T> left, ReadOnlySpan<T> right, int depth, ReadOnlySpan<int> starts, int firstColumn, bool accumulate)
    {
        int width = Math.Min(Tile<T>.Columns, columns - firstColumn);
        if (starts.Length == Tile<T>.Rows && width == Tile<T>.Columns && columnStride == 1)
            Tile<T>.Multiply(left, right, depth, ref Unsafe.Add(ref MemoryMarshal.GetReference(_view.Span), firstColumn), starts, accumulate);
        else
            MultiplyPart(left, right, depth, starts, firstColumn, width, accumulate);
    }

    // At an edge, and where columns do not lie side by side, by way of a whole tile.
    private void MultiplyPart(ReadOnlySpan<T> left, ReadOnlySpan<T> right, int depth, ReadOnlySpan<int> starts, int firstColumn, int count, bool accumulate)
    {
        int width = Tile<T>.Columns;
        Span<T> tile = stackalloc T[Tile<T>.Rows * width];
        Tile<T>.Multiply(left, right, depth, ref MemoryMarshal.GetReference(tile), [0, width, 2 * width, 3 * width, 4 * width, 5 * width], false);
        Span<T> result = _view.Span;
        for (int i = 0; i < starts.Length; i++)
        {
            int place = starts[i] + (firstColumn * columnStride);
            for (int j = 0; j < count; j++, place += columnStride)
                result[place] = accumulate ? result[place] + tile[(i * width) + j] : tile[(i * width) + j];
        }
    }
}
