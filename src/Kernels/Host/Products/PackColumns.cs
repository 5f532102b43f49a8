using System.Numerics;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Products;

/// <summary>
/// Packs the columns of X as the rows of a left-hand operand Xᵀ: strips of as many as a tile has rows, sample by sample; missing ones as zeros.
/// A part is one strip.
/// </summary>
/// <param name="samples">S.</param>
/// <param name="features">F.</param>
/// <param name="x">[S, F].</param>
/// <param name="packed">[strips, S, rows of a tile].</param>
internal readonly struct PackColumns<T>(int samples, int features, View<T> x, ArraySegment<T> packed) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Vectors that reach beyond the columns of the strip: what they put there is overwritten by the next sample.
    private static readonly int Reach = (Tile<T>.Rows + Vector<T>.Count - 1) / Vector<T>.Count * Vector<T>.Count;

    private readonly HostView<T> _x = new(x);

    public void Run(int part)
    {
        int first = part * Tile<T>.Rows, count = Math.Min(Tile<T>.Rows, features - first);
        Span<T> strip = packed.AsSpan(first * samples, Tile<T>.Rows * samples);
        ReadOnlySpan<T> source = _x.Span[Math.Min(first, _x.Length)..];
        int done = 0;
        if (count == Tile<T>.Rows)
            done = PackByVectors(source, strip);
        else
            strip.Clear();
        for (int s = done; s < samples; s++)
            source.Slice(s * features, count).CopyTo(strip[(s * Tile<T>.Rows)..]);
    }

    // As many samples as there is room for behind them; gives their number.
    private int PackByVectors(ReadOnlySpan<T> source, Span<T> strip)
    {
        int count = Math.Min((source.Length - Reach) / features, (strip.Length - Reach) / Tile<T>.Rows) + 1;
        count = Math.Clamp(count, 0, samples);
        ref T from = ref MemoryMarshal.GetReference(source);
        ref T to = ref MemoryMarshal.GetReference(strip);
        for (int s = 0; s < count; s++)
        {
            for (int i = 0; i < Reach; i += Vector<T>.Count)
                Vector.LoadUnsafe(ref from, (nuint)((s * features) + i)).StoreUnsafe(ref to, (nuint)((s * Tile<T>.Rows) + i));
        }

        return count;
    }
}
