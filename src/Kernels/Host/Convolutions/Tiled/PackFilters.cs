using System.Numerics;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Convolutions.Tiled;

/// <summary>Packs weights for tiles: a strip term by term, missing rows as zeros. A part is one strip of one entry.</summary>
/// <param name="product">What the weights are multiplied with.</param>
/// <param name="entries">How many weights there are.</param>
/// <param name="weightSize">Elements of each.</param>
/// <param name="w">The weights.</param>
/// <param name="packed">[entries, packed length].</param>
internal readonly struct PackFilters<T>(SlidingProduct product, int entries, int weightSize, Batch<T> w, ArraySegment<T> packed) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostBatch<T> _w = new(w, entries, weightSize);

    /// <summary>Number of parts.</summary>
    public int Parts => entries * product.Strips.Length;

    public void Run(int part)
    {
        (int entry, int number) = Math.DivRem(part, product.Strips.Length);
        FilterStrip strip = product.Strips[number];
        int first = (strip.Group * product.WeightGroupStep) + (strip.FirstRow * product.WeightRowStep);
        Span<T> target = packed.AsSpan((entry * product.PackedLength) + strip.Start, strip.End - strip.Start);
        if (strip.FirstRow + strip.Height > product.Rows)
            target.Clear();
        ReadOnlySpan<T> weights = _w.Entry(entry, weightSize)[first..];
        int[] terms = product.Grids[strip.Grid].Weights;
        int rows = Math.Min(strip.Height, product.Rows - strip.FirstRow);
        for (int i = 0; i < rows; i++)
            PackRow(weights[(i * product.WeightRowStep)..], terms, target[Math.Min(i, target.Length)..], strip.Height);
    }

    private static void PackRow(ReadOnlySpan<T> row, int[] terms, Span<T> target, int step)
    {
        for (int k = 0; k < terms.Length; k++)
            target[k * step] = row[terms[k]];
    }
}
