using System.Numerics;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Products;

/// <summary>
/// Copies rows k … k + depth − 1 of the right-hand operand into strips: strip s holds columns s·W … s·W + W − 1 (W the width of a tile), one row after the
/// other, missing columns as zeros. A part is one strip.
/// </summary>
internal readonly struct PackRight<T>(MatrixBatch<T> b, ArraySegment<T> packed, int k, int depth) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly MatrixBatch<T> _b = b;
    private readonly HostView<T> _data = new(b.Data);

    public void Run(int part)
    {
        int width = Tile<T>.Columns;
        int first = part * width;
        int count = Math.Min(width, _b.Columns - first);
        Span<T> strip = packed.AsSpan(part * width * depth, width * depth);
        if (depth == 0)
            return;
        ReadOnlySpan<T> data = _data.Span[((k * _b.RowStride) + (first * _b.ColumnStride))..];
        if (count < width)
            strip.Clear();
        if (_b.ColumnStride == 1)
            CopyRows(data, count, strip);
        else if (_b.RowStride == 1 && _b.ColumnStride >= depth)
            Transposition.Copy(data, _b.ColumnStride, strip, width, count, depth);
        else
            CopyElements(data, count, strip);
    }

    private void CopyRows(ReadOnlySpan<T> data, int count, Span<T> strip)
    {
        for (int row = 0; row < depth; row++)
            data.Slice(row * _b.RowStride, count).CopyTo(strip[(row * Tile<T>.Columns)..]);
    }

    private void CopyElements(ReadOnlySpan<T> data, int count, Span<T> strip)
    {
        for (int row = 0; row < depth; row++)
        {
            Span<T> target = strip.Slice(row * Tile<T>.Columns, count);
            ReadOnlySpan<T> source = data[(row * _b.RowStride)..];
            for (int j = 0; j < target.Length; j++)
                target[j] = source[j * _b.ColumnStride];
        }
    }
}
