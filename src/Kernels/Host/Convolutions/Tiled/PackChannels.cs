using System.Numerics;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Host.Products;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Convolutions.Tiled;

/// <summary>Packs weights with output channels side by side, missing ones as zeros. A part is one strip of channels of one entry.</summary>
/// <param name="entries">How many weights there are.</param>
/// <param name="channels">Output channels.</param>
/// <param name="filterSize">Elements of a filter.</param>
/// <param name="w">[channels, filter size] for each entry.</param>
/// <param name="packed">[entries, strips, filter size, columns of a tile].</param>
internal readonly struct PackChannels<T>(int entries, int channels, int filterSize, Batch<T> w, ArraySegment<T> packed) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostBatch<T> _w = new(w, entries, (long)channels * filterSize);

    /// <summary>Number of parts.</summary>
    public int Parts => entries * ChannelProduct.Strips<T>(channels);

    public void Run(int part)
    {
        (int entry, int strip) = Math.DivRem(part, ChannelProduct.Strips<T>(channels));
        int width = Tile<T>.Columns, first = strip * width;
        ReadOnlySpan<T> weights = _w.Entry(entry, channels * filterSize);
        Span<T> target = packed.AsSpan(part * filterSize * width, filterSize * width);
        Transpose(weights[(first * filterSize)..], filterSize, Math.Min(width, channels - first), target);
    }

    /// <summary>Rows of a matrix side by side: [length, columns of a tile] from [rows, length].</summary>
    public static void Transpose(ReadOnlySpan<T> rows, int length, int count, Span<T> target)
    {
        int width = Tile<T>.Columns;
        if (count < width)
            target.Clear();
        Transposition.Copy(rows, length, target, width, count, length);
    }
}
