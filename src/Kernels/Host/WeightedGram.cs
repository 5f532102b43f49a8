using System.Numerics;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Elementary;

namespace BasinVolume.Kernels.Host;

/// <summary>
/// g_p = Xᵀ diag(w_p) X as a symmetric rank-k update: X is packed once for all p, the left-hand operand w ⊙ X anew by each part, and tiles wholly below the diagonal are left out.
/// Strips of columns end with the last column, and the first one is filled up before its first: no more than a tile's rows meet what is missing there, and not all of them as at the other end.
/// </summary>
internal static class WeightedGram
{
    public static void Run<T, TElementary>(HostKernels<T, TElementary> kernels, PackedOperand<T> room, int features, in MatrixBatch<T> weights, View<T> x, View<T> grams)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TElementary : struct, IElementary<T>
    {
        int samples = weights.Rows, members = weights.Columns;
        if (members == 0 || features == 0)
            return;
        // The innermost loops run without looking at lengths, so these throw here if a view is too short.
        View<T> all = grams.Slice(0, checked(members * features * features));
        MatrixBatch<T> right = MatrixBatch<T>.RowMajor(x.Slice(0, checked(samples * features)), samples, features);
        int strips = (features + Tile<T>.Columns - 1) / Tile<T>.Columns;
        int margin = (strips * Tile<T>.Columns) - features;
        T[] packed = room.Right(strips * Tile<T>.Columns * Math.Min(MatrixProduct.KBlock, Math.Max(1, samples)));
        for (int k = 0; k == 0 || k < samples; k += MatrixProduct.KBlock)
        {
            int depth = Math.Min(MatrixProduct.KBlock, samples - k);
            kernels.Run((long)depth * features, strips, new PackRight<T>(right, margin, packed, k, depth));
            var block = new GramBlock<T>(features, margin, weights, right, all, packed, k, depth);
            kernels.Run((long)members * features * features * depth, block.Parts, block);
        }
    }
}

/// <summary>The terms k … k + depth − 1 of the upper triangles; a part is some rows of one member.</summary>
internal readonly struct GramBlock<T>(int features, int margin, MatrixBatch<T> weights, MatrixBatch<T> x, View<T> grams, T[] packed, int k, int depth) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // A multiple of the tile's rows; with KBlock terms a packed block stays in the second-level cache.
    private const int PartRows = 48;

    private readonly MatrixBatch<T> _weightSizes = weights;
    private readonly HostView<T> _weights = new(weights.Data);
    private readonly HostView<T> _x = new(x.Data);
    private readonly TileTarget<T> _target = new(grams, features, 1);

    /// <summary>Number of parts.</summary>
    public int Parts => _weightSizes.Columns * RowParts;

    private int RowParts => (features + PartRows - 1) / PartRows;

    public void Run(int part)
    {
        int member = part / RowParts;
        int firstRow = part % RowParts * PartRows;
        int endRow = Math.Min(features, firstRow + PartRows);
        Span<T> left = PackedOperand<T>.Left(PartRows * MatrixProduct.KBlock);
        for (int row = firstRow; row < endRow; row += Tile<T>.Rows)
            PackStrip(member, row, Math.Min(Tile<T>.Rows, endRow - row), left.Slice((row - firstRow) * depth, Tile<T>.Rows * depth));
        Span<int> starts = stackalloc int[Tile<T>.Rows];
        for (int strip = (firstRow + margin) / Tile<T>.Columns; strip * Tile<T>.Columns < features + margin; strip++)
        {
            int column = (strip * Tile<T>.Columns) - margin;
            ReadOnlySpan<T> right = packed.AsSpan(strip * Tile<T>.Columns * depth, Tile<T>.Columns * depth);
            // Rows up to the tile's last column have elements on or above the diagonal in it.
            int end = Math.Min(endRow, column + Tile<T>.Columns);
            for (int row = firstRow; row < end; row += Tile<T>.Rows)
            {
                int count = Math.Min(Tile<T>.Rows, endRow - row);
                for (int i = 0; i < count; i++)
                    starts[i] = ((member * features) + row + i) * features;
                _target.Multiply(left.Slice((row - firstRow) * depth, Tile<T>.Rows * depth), right, depth, starts[..count], column, row, k > 0);
            }
        }
    }

    // Features row, row + 1, … of w ⊙ X, sample by sample; missing ones as zeros.
    private void PackStrip(int member, int row, int count, Span<T> strip)
    {
        ReadOnlySpan<T> x = _x.Span[((k * features) + row)..];
        int done = 0;
        if (count == Tile<T>.Rows)
            done = PackByVectors(member, x, strip);
        else
            strip.Clear();
        for (int n = done; n < depth; n++)
        {
            T weight = Weight(member, n);
            ReadOnlySpan<T> source = x.Slice(n * features, count);
            Span<T> target = strip.Slice(n * Tile<T>.Rows, count);
            for (int i = 0; i < target.Length; i++)
                target[i] = weight * source[i];
        }
    }

    // Vectors that reach beyond the rows of the tile: what they put there is overwritten by the next sample. As many samples as there is room for behind them; gives their number.
    private int PackByVectors(int member, ReadOnlySpan<T> x, Span<T> strip)
    {
        int reach = (Tile<T>.Rows + Vector<T>.Count - 1) / Vector<T>.Count * Vector<T>.Count;
        int count = Math.Min((x.Length - reach) / features, (strip.Length - reach) / Tile<T>.Rows) + 1;
        count = Math.Clamp(count, 0, depth);
        ref T source = ref MemoryMarshal.GetReference(x);
        ref T target = ref MemoryMarshal.GetReference(strip);
        for (int n = 0; n < count; n++)
        {
            var weight = new Vector<T>(Weight(member, n));
            for (int i = 0; i < reach; i += Vector<T>.Count)
                (weight * Vector.LoadUnsafe(ref source, (nuint)((n * features) + i))).StoreUnsafe(ref target, (nuint)((n * Tile<T>.Rows) + i));
        }

        return count;
    }

    private T Weight(int member, int n) => _weights.Span[((k + n) * _weightSizes.RowStride) + (member * _weightSizes.ColumnStride)];
}
