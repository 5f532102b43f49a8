using System.Numerics;
using System.Runtime.InteropServices;

namespace BasinVolume.Kernels.Host;

/// <summary>y[v,r,c,i] += b_v[c]; a part is one row of one member.</summary>
internal readonly struct AddBias<T>(int rows, int channels, int inner, Batch<T> b, View<T> y) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostBatch<T> _b = new(b);
    private readonly HostView<T> _y = new(y);

    public void Run(int part)
    {
        ReadOnlySpan<T> bias = _b.Member(part / rows, channels);
        Span<T> row = _y.Slice(part * channels * inner, channels * inner);
        for (int c = 0; c < channels; c++)
            Shift(row.Slice(c * inner, inner), bias[c]);
    }

    private static void Shift(Span<T> values, T by)
    {
        Span<Vector<T>> vectors = MemoryMarshal.Cast<T, Vector<T>>(values);
        var all = new Vector<T>(by);
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] += all;
        for (int i = vectors.Length * Vector<T>.Count; i < values.Length; i++)
            values[i] += by;
    }
}

/// <summary>b̄_v[c] = Σ_r Σ_i y_v[r,c,i]; a part is one member.</summary>
internal readonly struct SumToBias<T>(int rows, int channels, int inner, Batch<T> y, Batch<T> bAdjoint, bool accumulate) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostBatch<T> _y = new(y);
    private readonly HostBatch<T> _bAdjoint = new(bAdjoint);

    public void Run(int part)
    {
        ReadOnlySpan<T> y = _y.Member(part, rows * channels * inner);
        Span<T> result = _bAdjoint.Member(part, channels);
        if (!accumulate)
            result.Clear();
        int c = 0;
        if (inner == 1)
        {
            for (; c + Vector<T>.Count <= channels; c += Vector<T>.Count)
                (new Vector<T>(result.Slice(c)) + ColumnsOfRows(y, c)).CopyTo(result.Slice(c));
        }

        for (; c < channels; c++)
            result[c] += ColumnOfRows(y, c);
    }

    // A vector of neighbouring channels at once; per channel the same sum as ColumnOfRows.
    private Vector<T> ColumnsOfRows(ReadOnlySpan<T> y, int c)
    {
        Vector<T> sum = Vector<T>.Zero;
        for (int r = 0; r < rows; r++)
            sum += new Vector<T>(y.Slice((r * channels) + c));
        return sum;
    }

    private T ColumnOfRows(ReadOnlySpan<T> y, int c)
    {
        T sum = T.Zero;
        for (int r = 0; r < rows; r++)
            sum += Sum(y.Slice(((r * channels) + c) * inner, inner));
        return sum;
    }

    private static T Sum(ReadOnlySpan<T> values)
    {
        ReadOnlySpan<Vector<T>> vectors = MemoryMarshal.Cast<T, Vector<T>>(values);
        Vector<T> lanes = Vector<T>.Zero;
        foreach (Vector<T> vector in vectors)
            lanes += vector;
        T sum = Vector.Sum(lanes);
        for (int i = vectors.Length * Vector<T>.Count; i < values.Length; i++)
            sum += values[i];
        return sum;
    }
}
