using System.Numerics;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Host.Parts;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Sums;

/// <summary>y[v,r,c,i] += b_v[c]; a part is some rows, numbered through all entries.</summary>
internal readonly struct AddBias<T>(int entries, int rows, int channels, int inner, Batch<T> b, View<T> y) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostBatch<T> _b = new(b, entries, channels);
    private readonly HostView<T> _y = new(y, checked((long)entries * rows * channels * inner));

    public void Run(int part)
    {
        (int first, int end) = Blocks.RowsOf(part, entries * rows, channels * inner);
        for (int row = first; row < end; row++)
            AddTo(_y.Slice(row * channels * inner, channels * inner), _b.Entry(row / rows, channels));
    }

    private void AddTo(Span<T> row, ReadOnlySpan<T> bias)
    {
        if (inner == 1)
        {
            Vectors.Add(row, bias);
            return;
        }

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

/// <summary>
/// b̄_v[c] = Σ_r Σ_i y_v[r,c,i], the rows in four interleaved chains; a part is some rows of one entry.
/// Parts leave partial sums, which are added in ascending order afterwards.
/// </summary>
/// <param name="entries">V.</param>
/// <param name="rows">Rows of an entry.</param>
/// <param name="channels">Elements of b̄.</param>
/// <param name="inner">Elements that share one of b̄.</param>
/// <param name="y">[rows, channels, inner] for each entry.</param>
/// <param name="partials">[entries, parts, channels].</param>
internal readonly struct SumToBias<T>(int entries, int rows, int channels, int inner, Batch<T> y, T[] partials) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Row r of a part belongs to chain r mod 4.
    private const int Chains = 4;

    private readonly HostBatch<T> _y = new(y, entries, checked((long)rows * channels * inner));

    /// <summary>How many parts an entry has; one that holds no rows if there are none.</summary>
    public static int Parts(int rows, int rowLength) => Math.Max(1, Blocks.Rows(rows, rowLength));

    public void Run(int part)
    {
        (int block, int entry) = Math.DivRem(part, entries);
        (int first, int end) = Blocks.RowsOf(block, rows, channels * inner);
        ReadOnlySpan<T> y = _y.Entry(entry, first * channels * inner, (end - first) * channels * inner);
        Span<T> result = partials.AsSpan(((entry * Parts(rows, channels * inner)) + block) * channels, channels);
        int c = 0;
        if (inner == 1)
        {
            for (; c + Vector<T>.Count <= channels; c += Vector<T>.Count)
                ColumnsOfRows(y, end - first, c).CopyTo(result[c..]);
        }

        for (; c < channels; c++)
            result[c] = ColumnOfRows(y, end - first, c);
    }

    // A vector of neighbouring channels at once, in chains that do not wait for each other; per channel the same sum as ColumnOfRows.
    private Vector<T> ColumnsOfRows(ReadOnlySpan<T> y, int count, int c)
    {
        Vector<T> s0 = default, s1 = default, s2 = default, s3 = default;
        int r = 0;
        for (; r <= count - Chains; r += Chains)
        {
            s0 += new Vector<T>(y[((r * channels) + c)..]);
            s1 += new Vector<T>(y[(((r + 1) * channels) + c)..]);
            s2 += new Vector<T>(y[(((r + 2) * channels) + c)..]);
            s3 += new Vector<T>(y[(((r + 3) * channels) + c)..]);
        }

        for (; r < count; r++)
            s0 += new Vector<T>(y[((r * channels) + c)..]);
        return (s0 + s1) + (s2 + s3);
    }

    private T ColumnOfRows(ReadOnlySpan<T> y, int count, int c)
    {
        T s0 = default, s1 = default, s2 = default, s3 = default;
        int r = 0;
        for (; r <= count - Chains; r += Chains)
        {
            s0 += Inner(y, r, c);
            s1 += Inner(y, r + 1, c);
            s2 += Inner(y, r + 2, c);
            s3 += Inner(y, r + 3, c);
        }

        for (; r < count; r++)
            s0 += Inner(y, r, c);
        return (s0 + s1) + (s2 + s3);
    }

    private T Inner(ReadOnlySpan<T> y, int r, int c)
        => inner == 1 ? y[(r * channels) + c] : Sum(y.Slice(((r * channels) + c) * inner, inner));

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
