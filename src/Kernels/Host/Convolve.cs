using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BasinVolume.Kernels.Host;

/// <summary>
/// y[o,i,j] = Σ_{c,p,q} w[o,c,p,q] x[c, i·stride + p·dilation − padding, …]; a part is one image of one member.
/// With stride 1 vectors of neighbouring outputs are computed at once, inside the columns where every pixel exists, two by two so that both share a weight; the last one reaches back
/// over columns that are done and writes them once more. The rest goes one by one, in the same order of sums.
/// </summary>
internal readonly struct Convolve<T>(int samples, ConvolutionShape shape, Batch<T> x, Batch<T> w, View<T> y, bool accumulate) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ConvolutionShape _shape = shape;
    private readonly HostBatch<T> _x = new(x);
    private readonly HostBatch<T> _w = new(w);
    private readonly HostView<T> _y = new(y);

    public void Run(int part)
    {
        int member = part / samples;
        ReadOnlySpan<T> image = _x.Member(member, part % samples * _shape.InputSize, _shape.InputSize);
        ReadOnlySpan<T> weights = _w.Member(member, _shape.WeightSize);
        Span<T> output = _y.Slice(part * _shape.OutputSize, _shape.OutputSize);
        int filterSize = _shape.InputChannels * _shape.KernelHeight * _shape.KernelWidth;
        (int first, int end) = VectorColumns();
        for (int o = 0; o < _shape.OutputChannels; o++)
        {
            ReadOnlySpan<T> filter = weights.Slice(o * filterSize, filterSize);
            for (int i = 0; i < _shape.OutputHeight; i++)
                Row(filter, image, i, output.Slice(((o * _shape.OutputHeight) + i) * _shape.OutputWidth, _shape.OutputWidth), first, end);
        }
    }

    // The output columns that are computed by vectors: every pixel they need lies inside the image.
    private (int First, int End) VectorColumns()
    {
        if (_shape.Stride != 1)
            return (0, 0);
        int first = Math.Min(_shape.Padding, _shape.OutputWidth);
        int inside = _shape.InputWidth + _shape.Padding - (_shape.Dilation * (_shape.KernelWidth - 1));
        int count = Math.Max(0, Math.Min(inside, _shape.OutputWidth) - first);
        return (first, count < Vector<T>.Count ? first : first + count);
    }

    private void Row(ReadOnlySpan<T> filter, ReadOnlySpan<T> image, int i, Span<T> row, int first, int end)
    {
        for (int j = 0; j < first; j++)
            Store(ref row[j], One(filter, image, i, j));
        int next = first;
        for (; next + (2 * Vector<T>.Count) <= end; next += 2 * Vector<T>.Count)
        {
            (Vector<T> left, Vector<T> right) = Two(filter, image, i, next);
            Store(ref row[next], left);
            Store(ref row[next + Vector<T>.Count], right);
        }

        for (; next + Vector<T>.Count <= end; next += Vector<T>.Count)
            Store(ref row[next], Many(filter, image, i, next));
        if (next < end && !accumulate)
        {
            Store(ref row[end - Vector<T>.Count], Many(filter, image, i, end - Vector<T>.Count));
            next = end;
        }

        for (; next < row.Length; next++)
            Store(ref row[next], One(filter, image, i, next));
    }

    private void Store(ref T place, T value) => place = accumulate ? place + value : value;

    private void Store(ref T place, Vector<T> value)
    {
        ref Vector<T> vector = ref Unsafe.As<T, Vector<T>>(ref place);
        vector = accumulate ? vector + value : value;
    }

    private (Vector<T> Left, Vector<T> Right) Two(ReadOnlySpan<T> filter, ReadOnlySpan<T> image, int i, int j)
    {
        (Vector<T> left, Vector<T> right) = (Vector<T>.Zero, Vector<T>.Zero);
        ref T pixels = ref MemoryMarshal.GetReference(image);
        int rows = _shape.InputChannels * _shape.KernelHeight;
        for (int row = 0; row < rows; row++)
        {
            (int c, int p) = Math.DivRem(row, _shape.KernelHeight);
            int y = i + (p * _shape.Dilation) - _shape.Padding;
            if ((uint)y >= (uint)_shape.InputHeight)
                continue;
            ref T pixel = ref Unsafe.Add(ref pixels, (((c * _shape.InputHeight) + y) * _shape.InputWidth) + j - _shape.Padding);
            foreach (T weight in filter.Slice(row * _shape.KernelWidth, _shape.KernelWidth))
            {
                var factor = new Vector<T>(weight);
                left = Simd.MultiplyAdd(factor, Vector.LoadUnsafe(ref pixel), left);
                right = Simd.MultiplyAdd(factor, Vector.LoadUnsafe(ref pixel, (nuint)Vector<T>.Count), right);
                pixel = ref Unsafe.Add(ref pixel, _shape.Dilation);
            }
        }

        return (left, right);
    }

    private Vector<T> Many(ReadOnlySpan<T> filter, ReadOnlySpan<T> image, int i, int j)
    {
        Vector<T> sum = Vector<T>.Zero;
        int k = 0;
        ref T pixels = ref MemoryMarshal.GetReference(image);
        for (int c = 0; c < _shape.InputChannels; c++)
        {
            for (int p = 0; p < _shape.KernelHeight; p++)
            {
                int y = i + (p * _shape.Dilation) - _shape.Padding;
                if ((uint)y >= (uint)_shape.InputHeight)
                {
                    k += _shape.KernelWidth;
                    continue;
                }

                int start = (((c * _shape.InputHeight) + y) * _shape.InputWidth) + j - _shape.Padding;
                for (int q = 0; q < _shape.KernelWidth; q++)
                    sum = Simd.MultiplyAdd(new Vector<T>(filter[k++]), Unsafe.As<T, Vector<T>>(ref Unsafe.Add(ref pixels, start + (q * _shape.Dilation))), sum);
            }
        }

        return sum;
    }

    private T One(ReadOnlySpan<T> filter, ReadOnlySpan<T> image, int i, int j)
    {
        T sum = T.Zero;
        int k = 0;
        for (int c = 0; c < _shape.InputChannels; c++)
        {
            for (int p = 0; p < _shape.KernelHeight; p++)
            {
                int y = (i * _shape.Stride) + (p * _shape.Dilation) - _shape.Padding;
                for (int q = 0; q < _shape.KernelWidth; q++, k++)
                {
                    int x = (j * _shape.Stride) + (q * _shape.Dilation) - _shape.Padding;
                    if ((uint)y < (uint)_shape.InputHeight && (uint)x < (uint)_shape.InputWidth)
                        sum = Simd.MultiplyAdd(filter[k], image[(((c * _shape.InputHeight) + y) * _shape.InputWidth) + x], sum);
                }
            }
        }

        return sum;
    }
}
