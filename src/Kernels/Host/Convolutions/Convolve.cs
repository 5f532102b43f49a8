using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Host.Registers;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Convolutions;

/// <summary>
/// y[o,i,j] = Σ_{c,p,q} w[o,c,p,q] x[c, i·stride + p·dilation − padding, …], c over the channels of o's group; a part is one image of one
/// entry.
/// With stride 1 vectors of neighbouring outputs are computed at once, inside the columns where every pixel exists, in four rows at a time where these have all
/// their pixels too; the last one reaches back over columns that are done and writes them once more. The rest goes one by one, in the same order of sums.
/// </summary>
internal readonly struct Convolve<T>(int entries, int samples, ConvolutionShape shape, Batch<T> x, Batch<T> w, View<T> y, bool accumulate) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ConvolutionShape _shape = shape;
    private readonly HostBatch<T> _x = new(x, entries, (long)samples * shape.InputSize);
    private readonly HostBatch<T> _w = new(w, entries, shape.WeightSize);
    private readonly HostView<T> _y = new(y, (long)entries * samples * shape.OutputSize);

    public void Run(int part)
    {
        (int sample, int entry) = Math.DivRem(part, entries);
        ReadOnlySpan<T> image = _x.Entry(entry, sample * _shape.InputSize, _shape.InputSize);
        ReadOnlySpan<T> weights = _w.Entry(entry, _shape.WeightSize);
        Span<T> output = _y.Slice(((entry * samples) + sample) * _shape.OutputSize, _shape.OutputSize);
        int filterSize = _shape.FilterSize;
        int plane = _shape.OutputHeight * _shape.OutputWidth;
        (int first, int end) = VectorColumns();
        for (int o = 0; o < _shape.OutputChannels; o++)
        {
            ReadOnlySpan<T> filter = weights.Slice(o * filterSize, filterSize);
            ReadOnlySpan<T> seen = image[(_shape.FirstChannel(o) * _shape.InputHeight * _shape.InputWidth)..];
            if (Vector512.IsHardwareAccelerated && end - first >= WideLanes<T>.Count)
                Plane<WideLanes<T>>(filter, seen, output.Slice(o * plane, plane), first, end);
            else
                Plane<UsualLanes<T>>(filter, seen, output.Slice(o * plane, plane), first, end);
        }
    }

    // The output columns that are computed by vectors: every pixel they need lies inside the image. There are enough of them for a usual vector, or none.
    private (int First, int End) VectorColumns()
    {
        if (!_shape.HasUnitStrides)
            return (0, 0);
        int first = Math.Min(_shape.Left, _shape.OutputWidth);
        int inside = _shape.InputWidth + _shape.Left - (_shape.ColumnDilation * (_shape.KernelWidth - 1));
        int count = Math.Max(0, Math.Min(inside, _shape.OutputWidth) - first);
        return (first, count < Vector<T>.Count ? first : first + count);
    }

    private void Plane<TLanes>(ReadOnlySpan<T> filter, ReadOnlySpan<T> image, Span<T> plane, int first, int end)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        // Where four rows may begin that have all their pixels: the first is not above the image, and the last not below it.
        int lastInside = _shape.InputHeight + _shape.Top - (_shape.RowDilation * (_shape.KernelHeight - 1)) - FourRows<T, TLanes>.Count;
        int last = Math.Min(lastInside, _shape.OutputHeight - FourRows<T, TLanes>.Count);
        int i = 0;
        while (i < _shape.OutputHeight)
        {
            // Where fewer are left, the last four reach back over rows that are done.
            int four = accumulate ? i : Math.Min(i, last);
            if (end > first && four >= _shape.Top && four <= last && i < last + FourRows<T, TLanes>.Count)
            {
                Four<TLanes>(filter, image, plane, four, first, end);
                i = four + FourRows<T, TLanes>.Count;
            }
            else
            {
                Row(filter, image, i, plane.Slice(i * _shape.OutputWidth, _shape.OutputWidth), first, end);
                i++;
            }
        }
    }

    private void Four<TLanes>(ReadOnlySpan<T> filter, ReadOnlySpan<T> image, Span<T> plane, int i, int first, int end)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        int next = first;
        for (; next + TLanes.Count <= end; next += TLanes.Count)
            FourRows<T, TLanes>.Compute(_shape, image, filter, plane, i, next, accumulate);
        if (next < end && !accumulate)
        {
            FourRows<T, TLanes>.Compute(_shape, image, filter, plane, i, end - TLanes.Count, accumulate);
            next = end;
        }

        for (int row = i; row < i + FourRows<T, TLanes>.Count; row++)
        {
            Span<T> outputs = plane.Slice(row * _shape.OutputWidth, _shape.OutputWidth);
            Ones(filter, image, row, outputs, 0, first);
            Ones(filter, image, row, outputs, next, outputs.Length);
        }
    }

    private void Row(ReadOnlySpan<T> filter, ReadOnlySpan<T> image, int i, Span<T> row, int first, int end)
    {
        Ones(filter, image, i, row, 0, first);
        int next = first;
        for (; next + Vector<T>.Count <= end; next += Vector<T>.Count)
            Store(ref row[next], Many(filter, image, i, next));
        if (next < end && !accumulate)
        {
            Store(ref row[end - Vector<T>.Count], Many(filter, image, i, end - Vector<T>.Count));
            next = end;
        }

        Ones(filter, image, i, row, next, row.Length);
    }

    private void Ones(ReadOnlySpan<T> filter, ReadOnlySpan<T> image, int i, Span<T> row, int first, int end)
    {
        for (int j = first; j < end; j++)
            row[j] = accumulate ? row[j] + One(filter, image, i, j) : One(filter, image, i, j);
    }

    private void Store(ref T place, Vector<T> value)
    {
        ref Vector<T> vector = ref Unsafe.As<T, Vector<T>>(ref place);
        vector = accumulate ? vector + value : value;
    }

    private Vector<T> Many(ReadOnlySpan<T> filter, ReadOnlySpan<T> image, int i, int j)
    {
        Vector<T> sum = Vector<T>.Zero;
        int k = 0;
        ref T pixels = ref MemoryMarshal.GetReference(image);
        for (int c = 0; c < _shape.FilterChannels; c++)
        {
            for (int p = 0; p < _shape.KernelHeight; p++)
            {
                int y = i + (p * _shape.RowDilation) - _shape.Top;
                if ((uint)y >= (uint)_shape.InputHeight)
                {
                    k += _shape.KernelWidth;
                    continue;
                }

                int start = (((c * _shape.InputHeight) + y) * _shape.InputWidth) + j - _shape.Left;
                for (int q = 0; q < _shape.KernelWidth; q++)
                {
                    ref T pixel = ref Unsafe.Add(ref pixels, start + (q * _shape.ColumnDilation));
                    sum = Simd.MultiplyAdd(new Vector<T>(filter[k++]), Unsafe.As<T, Vector<T>>(ref pixel), sum);
                }
            }
        }

        return sum;
    }

    private T One(ReadOnlySpan<T> filter, ReadOnlySpan<T> image, int i, int j)
    {
        T sum = T.Zero;
        int k = 0;
        for (int c = 0; c < _shape.FilterChannels; c++)
        {
            for (int p = 0; p < _shape.KernelHeight; p++)
            {
                int y = (i * _shape.RowStride) + (p * _shape.RowDilation) - _shape.Top;
                for (int q = 0; q < _shape.KernelWidth; q++, k++)
                {
                    int x = (j * _shape.ColumnStride) + (q * _shape.ColumnDilation) - _shape.Left;
                    if ((uint)y < (uint)_shape.InputHeight && (uint)x < (uint)_shape.InputWidth)
                        sum = Simd.MultiplyAdd(filter[k], image[(((c * _shape.InputHeight) + y) * _shape.InputWidth) + x], sum);
                }
            }
        }

        return sum;
    }
}
