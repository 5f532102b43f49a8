using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Host.Parts;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Gathering;

/// <summary>y[v,r,o] = x_v[r, index], 0 for an index below 0; a part is some rows of one entry.</summary>
internal readonly struct Gather<T>(GatherShape shape, View<int> index, Batch<T> x, View<T> y) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly GatherShape _shape = shape;
    private readonly HostView<int> _index = new(index, shape.IndexExtent);
    private readonly HostBatch<T> _x = new(x, shape.Entries, shape.SourceSize);
    private readonly HostView<T> _y = new(y, shape.Entries * shape.GatheredSize);

    public void Run(int part)
    {
        (int block, int entry) = Math.DivRem(part, _shape.Entries);
        (int first, int end) = Blocks.RowsOf(block, _shape.Rows, _shape.Gathered);
        if (_shape.IndexRowStride == 0)
            CopyRuns(entry, first, end - first);
        else
            CopyElements(entry, first, end);
    }

    // All rows share their indices: what lies side by side on both sides, or is 0, is found once and copied in every row.
    private void CopyRuns(int entry, int first, int rows)
    {
        ReadOnlySpan<int> indices = _index.Slice(_shape.FirstIndex(entry, 0), _shape.Gathered);
        ReadOnlySpan<T> source = _x.Entry(entry, first * _shape.Source, rows * _shape.Source);
        Span<T> gathered = _y.Slice(_shape.FirstGathered(entry, first), rows * _shape.Gathered);
        for (int o = 0, length; o < indices.Length; o += length)
        {
            length = RunLength(indices[o..]);
            if (indices[o] < 0)
                ClearRun(gathered, o, length);
            else
                CopyRun(source, gathered, indices[o], o, length);
        }
    }

    private static int RunLength(ReadOnlySpan<int> indices)
    {
        int length = 1;
        while (length < indices.Length && (indices[0] < 0 ? indices[length] < 0 : indices[length] == indices[0] + length))
            length++;
        return length;
    }

    private void ClearRun(Span<T> gathered, int to, int length)
    {
        for (; to < gathered.Length; to += _shape.Gathered)
            gathered.Slice(to, length).Clear();
    }

    private void CopyRun(ReadOnlySpan<T> source, Span<T> gathered, int from, int to, int length)
    {
        // Then it lies inside every row.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from + length, _shape.Source);
        ref T x = ref MemoryMarshal.GetReference(source[from..]);
        ref T y = ref MemoryMarshal.GetReference(gathered);
        for (; to < gathered.Length; to += _shape.Gathered)
        {
            CopyRow(ref x, ref Unsafe.Add(ref y, to), length);
            x = ref Unsafe.Add(ref x, _shape.Source);
        }
    }

    // By whole vectors, the last one over elements that are there already.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyRow(ref T x, ref T y, int length)
    {
        int done = 0;
        for (; done <= length - Vector<T>.Count; done += Vector<T>.Count)
            Vector.LoadUnsafe(ref x, (nuint)done).StoreUnsafe(ref y, (nuint)done);
        if (done > 0 && done < length)
        {
            done = length - Vector<T>.Count;
            Vector.LoadUnsafe(ref x, (nuint)done).StoreUnsafe(ref y, (nuint)done);
            return;
        }

        for (; done < length; done++)
            Unsafe.Add(ref y, done) = Unsafe.Add(ref x, done);
    }

    private void CopyElements(int entry, int first, int end)
    {
        for (int row = first; row < end; row++)
        {
            ReadOnlySpan<T> source = _x.Entry(entry, row * _shape.Source, _shape.Source);
            ReadOnlySpan<int> indices = _index.Slice(_shape.FirstIndex(entry, row), _shape.Gathered);
            Span<T> gathered = _y.Slice(_shape.FirstGathered(entry, row), _shape.Gathered);
            if (Indices.AreAllInside(indices, source.Length))
                CopyInside(source, indices, gathered);
            else
                CopyOrClear(source, indices, gathered);
        }
    }

    private static void CopyInside(ReadOnlySpan<T> source, ReadOnlySpan<int> indices, Span<T> gathered)
    {
        ref T x = ref MemoryMarshal.GetReference(source);
        for (int o = 0; o < gathered.Length && o < indices.Length; o++)
            gathered[o] = Unsafe.Add(ref x, indices[o]);
    }

    private static void CopyOrClear(ReadOnlySpan<T> source, ReadOnlySpan<int> indices, Span<T> gathered)
    {
        for (int o = 0; o < indices.Length; o++)
            gathered[o] = indices[o] < 0 ? T.Zero : source[indices[o]];
    }
}
