using System.Numerics;

namespace BasinVolume.Kernels.Host;

/// <summary>y[v,r,o] = x_v[r, index], 0 for an index below 0; a part is some rows of one member.</summary>
internal readonly struct Gather<T>(GatherShape shape, View<int> index, Batch<T> x, View<T> y) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly GatherShape _shape = shape;
    private readonly HostView<int> _index = new(index);
    private readonly HostBatch<T> _x = new(x);
    private readonly HostView<T> _y = new(y);

    public void Run(int part)
    {
        int parts = Blocks.Rows(_shape.Rows, _shape.Gathered);
        int member = part / parts;
        (int first, int end) = Blocks.RowsOf(part % parts, _shape.Rows, _shape.Gathered);
        if (_shape.IndexRowStride == 0)
            CopyRuns(member, first, end);
        else
            CopyElements(member, first, end);
    }

    // All rows share their indices: what lies side by side on both sides is found once and copied in every row.
    private void CopyRuns(int member, int first, int end)
    {
        ReadOnlySpan<int> indices = _index.Slice(member * _shape.IndexMemberStride, _shape.Gathered);
        ReadOnlySpan<T> source = _x.Member(member, first * _shape.Source, (end - first) * _shape.Source);
        Span<T> gathered = _y.Slice(((member * _shape.Rows) + first) * _shape.Gathered, (end - first) * _shape.Gathered);
        gathered.Clear();
        for (int o = 0, length = 1; o < indices.Length; o += length, length = 1)
        {
            if (indices[o] < 0)
                continue;
            while (o + length < indices.Length && indices[o + length] == indices[o] + length)
                length++;
            CopyRun(source, gathered, indices[o], o, length);
        }
    }

    private void CopyRun(ReadOnlySpan<T> source, Span<T> gathered, int from, int to, int length)
    {
        if (length == 1)
        {
            for (; to < gathered.Length; from += _shape.Source, to += _shape.Gathered)
                gathered[to] = source[from];
            return;
        }

        for (; to < gathered.Length; from += _shape.Source, to += _shape.Gathered)
            source.Slice(from, length).CopyTo(gathered[to..]);
    }

    private void CopyElements(int member, int first, int end)
    {
        for (int row = first; row < end; row++)
        {
            ReadOnlySpan<T> source = _x.Member(member, row * _shape.Source, _shape.Source);
            ReadOnlySpan<int> indices = _index.Slice((member * _shape.IndexMemberStride) + (row * _shape.IndexRowStride), _shape.Gathered);
            Span<T> gathered = _y.Slice(((member * _shape.Rows) + row) * _shape.Gathered, _shape.Gathered);
            for (int o = 0; o < indices.Length; o++)
                gathered[o] = indices[o] < 0 ? T.Zero : source[indices[o]];
        }
    }
}

/// <summary>x̄[v,r,index] += ȳ_v[r,o]; a part is some rows of one member, each row summed in ascending o.</summary>
internal readonly struct ScatterAdd<T>(GatherShape shape, View<int> index, Batch<T> yAdjoint, View<T> xAdjoint, bool accumulate) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly GatherShape _shape = shape;
    private readonly HostView<int> _index = new(index);
    private readonly HostBatch<T> _yAdjoint = new(yAdjoint);
    private readonly HostView<T> _xAdjoint = new(xAdjoint);

    public void Run(int part)
    {
        int parts = Blocks.Rows(_shape.Rows, _shape.Gathered);
        int member = part / parts;
        (int first, int end) = Blocks.RowsOf(part % parts, _shape.Rows, _shape.Gathered);
        for (int row = first; row < end; row++)
        {
            ReadOnlySpan<T> gathered = _yAdjoint.Member(member, row * _shape.Gathered, _shape.Gathered);
            ReadOnlySpan<int> indices = _index.Slice((member * _shape.IndexMemberStride) + (row * _shape.IndexRowStride), _shape.Gathered);
            Span<T> source = _xAdjoint.Slice(((member * _shape.Rows) + row) * _shape.Source, _shape.Source);
            if (!accumulate)
                source.Clear();
            for (int o = 0; o < indices.Length; o++)
            {
                if (indices[o] >= 0)
                    source[indices[o]] += gathered[o];
            }
        }
    }
}
