using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Host.Registers;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Products;

/// <summary>Columns of weighted Gram matrices, on and above the diagonal; a part is one strip of columns of one entry.</summary>
/// <param name="features">F.</param>
/// <param name="weights">w, S × P.</param>
/// <param name="x">X, [S, F].</param>
/// <param name="left">Xᵀ packed by <see cref="PackColumns{T}"/>.</param>
/// <param name="grams">[P, F, F].</param>
/// <param name="accumulate">Whether the sums are added.</param>
internal readonly struct GramStrips<T>(int features, MatrixBatch<T> weights, View<T> x, ArraySegment<T> left, View<T> grams, bool accumulate) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly MatrixBatch<T> _weightSizes = weights;
    private readonly HostView<T> _weights = new(weights.Data);
    private readonly HostView<T> _x = new(x);
    private readonly TileTarget<T> _target = new(grams, features, 1);

    /// <summary>Number of parts.</summary>
    public int Parts => _weightSizes.Columns * StripsOfEntry;

    private int Samples => _weightSizes.Rows;

    private int StripsOfEntry => (features + Tile<T>.Columns - 1) / Tile<T>.Columns;

    public void Run(int part)
    {
        // The strips that have most rows come first, so that no thread is left alone with one at the end.
        (int entry, int strip) = Math.DivRem(part, StripsOfEntry);
        int column = features - ((strip + 1) * Tile<T>.Columns);
        Span<T> right = PackedOperand<T>.Own(Tile<T>.Columns * MatrixProduct.KBlock);
        // A sum of no terms is still an output: one empty block writes the zeros.
        for (int k = 0; k == 0 || k < Samples; k += MatrixProduct.KBlock)
        {
            int depth = Math.Min(MatrixProduct.KBlock, Samples - k);
            Weigh(entry, column, k, right[..(depth * Tile<T>.Columns)]);
            MultiplyRows(entry, column, k, depth, right);
        }
    }

    // Rows up to the strip's last column have elements on or above the diagonal in it.
    private void MultiplyRows(int entry, int column, int k, int depth, ReadOnlySpan<T> right)
    {
        Span<int> starts = stackalloc int[Tile<T>.Rows];
        int end = Math.Min(features, column + Tile<T>.Columns);
        for (int row = 0; row < end; row += Tile<T>.Rows)
        {
            int count = Math.Min(Tile<T>.Rows, features - row);
            for (int i = 0; i < count; i++)
                starts[i] = ((entry * features) + row + i) * features;
            ReadOnlySpan<T> rows = left.AsSpan((row * Samples) + (k * Tile<T>.Rows), depth * Tile<T>.Rows);
            _target.Multiply(TileRows<T>.Packed(rows), right, depth, starts[..count], column, row, accumulate || k > 0);
        }
    }

    // A strip's columns of w ⊙ X from sample k on. What lies before the first column is multiplied as well, whatever it is, and goes nowhere;
    // the first samples may have nothing before it.
    private void Weigh(int entry, int column, int k, Span<T> strip)
    {
        int depth = strip.Length / Tile<T>.Columns;
        if (depth == 0)
            return;
        ReadOnlySpan<T> weightsFromHere = _weights.Span[((k * _weightSizes.RowStride) + (entry * _weightSizes.ColumnStride))..];
        int start = (k * features) + column;
        int bare = Math.Clamp((features - 1 - start) / features, 0, depth);
        WeighBare(weightsFromHere, _x.Slice(k * features, bare * features), Math.Max(0, -column), strip[..(bare * Tile<T>.Columns)]);
        if (bare == depth)
            return;
        weightsFromHere = weightsFromHere[(bare * _weightSizes.RowStride)..];
        ReadOnlySpan<T> rows = _x.Span[(start + (bare * features))..((k + depth) * features)];
        if (Vector512.IsHardwareAccelerated)
            WeighWhole<WideLanes<T>>(weightsFromHere, rows, strip[(bare * Tile<T>.Columns)..]);
        else
            WeighWhole<UsualLanes<T>>(weightsFromHere, rows, strip[(bare * Tile<T>.Columns)..]);
    }

    // Samples that have fewer elements than columns before the strip's first one: element by element.
    private void WeighBare(ReadOnlySpan<T> weightsFromHere, ReadOnlySpan<T> rows, int missing, Span<T> strip)
    {
        strip.Clear();
        int count = Tile<T>.Columns - missing;
        for (int n = 0; n * features < rows.Length; n++)
        {
            T weight = weightsFromHere[n * _weightSizes.RowStride];
            ReadOnlySpan<T> source = rows.Slice(n * features, count);
            Span<T> target = strip.Slice((n * Tile<T>.Columns) + missing, count);
            for (int i = 0; i < target.Length; i++)
                target[i] = Simd.WithoutSubnormal(weight * source[i]);
        }
    }

    // The last row of the strip has as many elements behind its first column as a strip has.
    private void WeighWhole<TLanes>(ReadOnlySpan<T> weightsFromHere, ReadOnlySpan<T> rows, Span<T> strip)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        ref T source = ref MemoryMarshal.GetReference(rows);
        ref TLanes target = ref Unsafe.As<T, TLanes>(ref MemoryMarshal.GetReference(strip));
        int depth = strip.Length / (2 * TLanes.Count);
        for (int n = 0; n < depth; n++)
        {
            var weight = TLanes.Broadcast(weightsFromHere[n * _weightSizes.RowStride]);
            target = TLanes.WithoutSubnormal(TLanes.Multiply(weight, TLanes.Load(ref source)));
            Unsafe.Add(ref target, 1) = TLanes.WithoutSubnormal(TLanes.Multiply(weight, TLanes.Load(ref Unsafe.Add(ref source, TLanes.Count))));
            source = ref Unsafe.Add(ref source, features);
            target = ref Unsafe.Add(ref target, 2);
        }
    }
}
