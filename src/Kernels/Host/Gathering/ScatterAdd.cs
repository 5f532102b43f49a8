using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Host.Parts;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Gathering;

/// <summary>x̄[v,r,index] += ȳ_v[r,o]; a part is some rows of one entry, each row summed in ascending o.</summary>
internal readonly struct ScatterAdd<T>(GatherShape shape, View<int> index, Batch<T> yAdjoint, View<T> xAdjoint, bool accumulate) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly GatherShape _shape = shape;
    private readonly HostView<int> _index = new(index, shape.IndexExtent);
    private readonly HostBatch<T> _yAdjoint = new(yAdjoint, shape.Entries, shape.GatheredSize);
    private readonly HostView<T> _xAdjoint = new(xAdjoint, shape.Entries * shape.SourceSize);

    public void Run(int part)
    {
        (int block, int entry) = Math.DivRem(part, _shape.Entries);
        (int first, int end) = Blocks.RowsOf(block, _shape.Rows, _shape.Gathered);
        for (int row = first; row < end; row++)
        {
            ReadOnlySpan<T> gathered = _yAdjoint.Entry(entry, row * _shape.Gathered, _shape.Gathered);
            ReadOnlySpan<int> indices = _index.Slice(_shape.FirstIndex(entry, row), _shape.Gathered);
            Span<T> source = _xAdjoint.Slice(_shape.FirstSource(entry, row), _shape.Source);
            if (!accumulate)
                source.Clear();
            if (Indices.AreAllInside(indices, source.Length))
                AddInside(gathered, indices, source);
            else
                AddWanted(gathered, indices, source);
        }
    }

    private static void AddInside(ReadOnlySpan<T> gathered, ReadOnlySpan<int> indices, Span<T> source)
    {
        ref T x = ref MemoryMarshal.GetReference(source);
        for (int o = 0; o < gathered.Length && o < indices.Length; o++)
            Unsafe.Add(ref x, indices[o]) += gathered[o];
    }

    private static void AddWanted(ReadOnlySpan<T> gathered, ReadOnlySpan<int> indices, Span<T> source)
    {
        for (int o = 0; o < indices.Length; o++)
        {
            if (indices[o] >= 0)
                source[indices[o]] += gathered[o];
        }
    }
}
