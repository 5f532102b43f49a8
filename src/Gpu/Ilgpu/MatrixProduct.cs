using System.Numerics;
using BasinVolume.Kernels;
using ILGPU;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// c = a b. The terms of a sum are added in stretches of <see cref="Stretch"/>, each in ascending k from zero, and the stretches in ascending order:
/// <code>
/// c = Σ_s ( Σ_{k in stretch s} a_k b_k )
/// </code>
/// which several threads can share without a bit changing. So how a product is computed may be chosen from its sizes (of the whole batch, too), and the result
/// has the bits that it has any other way.
/// </summary>
internal sealed class MatrixProduct<T>(IlgpuDevice device, Scratch<T> scratch, ElementProduct<T> elements)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Terms that are summed before they are added to the sum of those before; a multiple of <see cref="TileEdge{T}.Depth"/>.</summary>
    public const int Stretch = 128;

    // Groups of threads below which most of a GPU is idle in any case, and one thread an element does better.
    private const int FewestGroups = 32;

    // Groups, and threads, that are enough for a GPU without splitting sums.
    private const int EnoughGroups = 256;
    private const int EnoughThreads = 1 << 16;

    private TiledProduct<T, BroadTile>? _broad;
    private TiledProduct<T, NarrowTile>? _narrow;

    public void Launch(int entries, in MatrixBatch<T> a, in MatrixBatch<T> b, in MatrixBatch<T> c, bool accumulate)
    {
        if (a.Columns != b.Rows || c.Rows != a.Rows || c.Columns != b.Columns)
            throw new ArgumentException(
                $"A {a.Rows} x {a.Columns} matrix times a {b.Rows} x {b.Columns} one does not give a {c.Rows} x {c.Columns} one.", nameof(c));
        long size = (long)entries * c.Rows * c.Columns;
        if (size == 0)
            return;

        Way way = Choose(ProductForm<T>.Of(entries, a, b, c), out ProductSplit split);
        if (split.Count == 1)
        {
            Launch(way, entries, a, b, c, split, device.Take(c, entries), accumulate);
            return;
        }

        View<T> sums = scratch.Take(size * split.Count);
        var layout = MatrixBatch<T>.RowMajor(sums, c.Rows, c.Columns, c.Rows * c.Columns);
        Launch(way, entries, a, b, layout, split, device.Take(sums, sums.Length), false);
        elements.LaunchSplits(entries, device.Take(sums, sums.Length), c, split, accumulate);
    }

    /// <summary>A split for each stretch, if that is wanted and scratch holds their sums.</summary>
    /// <param name="inner">Terms of each sum.</param>
    /// <param name="size">Sums.</param>
    /// <param name="wanted">Whether there is too little to do otherwise.</param>
    public static ProductSplit Split(int inner, long size, bool wanted)
    {
        int count = (int)(((long)inner + Stretch - 1) / Stretch);
        return wanted && count > 1 && size * count <= Scratch<T>.Limit ? new(count, Stretch, (int)size) : new(1, inner, 0);
    }

    private void Launch(
        Way way, int entries, in MatrixBatch<T> a, in MatrixBatch<T> b, in MatrixBatch<T> c, ProductSplit split, ArrayView<T> target, bool accumulate)
    {
        if (way == Way.Elements)
            elements.Launch(entries, a, b, c, split, target, accumulate);
        else if (way == Way.Broad)
            (_broad ??= new(device)).Launch(ProductForm<T>.Of(entries, a, b, c), split, target, accumulate);
        else
            (_narrow ??= new(device)).Launch(ProductForm<T>.Of(entries, a, b, c), split, target, accumulate);
    }

    // A tile that is at least half full, the broad one if it is; else one thread an element, which is also what a small product gets.
    // Sums are split where there would be too little to do otherwise, as far as scratch suffices.
    private Way Choose(in ProductForm<T> form, out ProductSplit split)
    {
        long size = (long)form.Batches * form.Rows * form.Columns;
        Way way = Way.Elements;
        long groups = 0;
        if (IsHalfFull<BroadTile>(size, TiledProduct<T, BroadTile>.Tiles(form)))
            (way, groups) = (Way.Broad, TiledProduct<T, BroadTile>.Tiles(form));
        else if (IsHalfFull<NarrowTile>(size, TiledProduct<T, NarrowTile>.Tiles(form)))
            (way, groups) = (Way.Narrow, TiledProduct<T, NarrowTile>.Tiles(form));

        split = Split(form.Inner, size, groups < EnoughGroups);
        if (way != Way.Elements && groups * split.Count >= FewestGroups)
            return way;
        split = Split(form.Inner, size, size < EnoughThreads);
        return Way.Elements;
    }

    private bool IsHalfFull<TTile>(long size, long tiles)
        where TTile : struct, ITile
        => 2 * size >= tiles * TTile.Rows * TTile.Columns && TTile.Threads <= device.Accelerator.MaxNumThreadsPerGroup;

    private enum Way
    {
        Elements,
        Broad,
        Narrow,
    }
}
