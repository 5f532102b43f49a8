using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BasinVolume.Kernels.Host;

/// <summary>
/// Three neighbouring elements of a kernel row at stride 1, each multiplied with one image: Σ_{i,j} ȳ[i,j] x[…] for all three in one go.
/// Output columns under which all three find a pixel are summed by vectors, the last of which reaches back over columns that are done and masks them; the others go one by one.
/// </summary>
internal readonly struct ThreeTaps<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ConvolutionTap _first;
    private readonly ConvolutionTap _second;
    private readonly ConvolutionTap _third;
    private readonly int _inputWidth;
    private readonly int _outputWidth;
    private readonly int _dilation;
    private readonly int _rowShift;
    private readonly int _firstRow;
    private readonly int _endRow;
    private readonly int _start;
    private readonly int _vectorEnd;
    private readonly int _end;
    private readonly Vector<T> _last;

    /// <summary>The elements (p, q), (p, q + 1) and (p, q + 2).</summary>
    public ThreeTaps(in ConvolutionShape shape, int p, int q)
    {
        (_first, _second, _third) = (new(shape, q), new(shape, q + 1), new(shape, q + 2));
        (_inputWidth, _outputWidth, _dilation) = (shape.InputWidth, shape.OutputWidth, shape.Dilation);
        _rowShift = (p * shape.Dilation) - shape.Padding;
        _firstRow = Math.Max(0, -_rowShift);
        _endRow = Math.Min(shape.OutputHeight, shape.InputHeight - _rowShift);
        _start = Math.Max(_first.FirstOutput, Math.Max(_second.FirstOutput, _third.FirstOutput));
        int end = Math.Min(End(_first), Math.Min(End(_second), End(_third)));
        int count = end - _start;
        _end = count < Vector<T>.Count ? _start : end;
        _vectorEnd = _start + ((_end - _start) / Vector<T>.Count * Vector<T>.Count);
        _last = LanesFrom(Vector<T>.Count - (_end - _vectorEnd));
    }

    /// <summary>The three sums over all pixels.</summary>
    public (T First, T Second, T Third) OverPixels(ReadOnlySpan<T> image, ReadOnlySpan<T> output)
    {
        (Vector<T> a, Vector<T> b, Vector<T> c) = (default, default, default);
        int shift = Shift(_first);
        for (int i = _firstRow; i < _endRow; i++)
        {
            ref T outputs = ref Unsafe.Add(ref MemoryMarshal.GetReference(output), i * _outputWidth);
            ref T pixels = ref Unsafe.Add(ref MemoryMarshal.GetReference(image), (i + _rowShift) * _inputWidth);
            for (int j = _start; j < _vectorEnd; j += Vector<T>.Count)
            {
                Vector<T> value = Vector.LoadUnsafe(ref Unsafe.Add(ref outputs, j));
                ref T pixel = ref Unsafe.Add(ref pixels, j + shift);
                a = Simd.MultiplyAdd(value, Vector.LoadUnsafe(ref pixel), a);
                b = Simd.MultiplyAdd(value, Vector.LoadUnsafe(ref Unsafe.Add(ref pixel, _dilation)), b);
                c = Simd.MultiplyAdd(value, Vector.LoadUnsafe(ref Unsafe.Add(ref pixel, 2 * _dilation)), c);
            }

            if (_vectorEnd < _end)
            {
                Vector<T> value = Last(ref Unsafe.Add(ref outputs, _end - Vector<T>.Count));
                ref T pixel = ref Unsafe.Add(ref pixels, _end - Vector<T>.Count + shift);
                a = Simd.MultiplyAdd(value, Last(ref pixel), a);
                b = Simd.MultiplyAdd(value, Last(ref Unsafe.Add(ref pixel, _dilation)), b);
                c = Simd.MultiplyAdd(value, Last(ref Unsafe.Add(ref pixel, 2 * _dilation)), c);
            }
        }

        return (Vector.Sum(a) + Rest(_first, image, output), Vector.Sum(b) + Rest(_second, image, output), Vector.Sum(c) + Rest(_third, image, output));
    }

    // All bits in the lanes from number first on.
    private static Vector<T> LanesFrom(int first)
    {
        Span<T> lanes = stackalloc T[Vector<T>.Count];
        lanes.Clear();
        lanes[first..].Fill(T.AllBitsSet);
        return new Vector<T>(lanes);
    }

    // Masked on both sides, so that an infinity that was counted already does not become NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<T> Last(ref T values) => Vector.LoadUnsafe(ref values) & _last;

    private static int End(in ConvolutionTap tap) => tap.FirstOutput + tap.Count;

    // From an output's column to its pixel's.
    private static int Shift(in ConvolutionTap tap) => tap.FirstPixel - tap.FirstOutput;

    private T Rest(in ConvolutionTap tap, ReadOnlySpan<T> image, ReadOnlySpan<T> output)
        => Columns(tap.FirstOutput, Math.Min(_start, End(tap)), Shift(tap), image, output) + Columns(Math.Max(tap.FirstOutput, _end), End(tap), Shift(tap), image, output);

    private T Columns(int start, int end, int shift, ReadOnlySpan<T> image, ReadOnlySpan<T> output)
    {
        T sum = T.Zero;
        for (int i = _firstRow; i < _endRow && start < end; i++)
        {
            ReadOnlySpan<T> outputs = output.Slice((i * _outputWidth) + start, end - start);
            ReadOnlySpan<T> pixels = image.Slice(((i + _rowShift) * _inputWidth) + start + shift, end - start);
            for (int j = 0; j < outputs.Length; j++)
                sum = Simd.MultiplyAdd(outputs[j], pixels[j], sum);
        }

        return sum;
    }
}
