using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Host.Registers;

namespace BasinVolume.Kernels.Host.Convolutions;

/// <summary>
/// Three neighbouring elements of a kernel row at stride 1, each multiplied with one image: Σ_{i,j} ȳ[i,j] x[…] for all three in one go.
/// Output columns under which all three find a pixel are summed by vectors, the last of which reaches back over columns that are done and masks them;
/// the others go one by one.
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
    private readonly int _vectorEnd;
    private readonly Vector<T> _last;

    /// <summary>The elements (p, q), (p, q + 1) and (p, q + 2).</summary>
    public ThreeTaps(in ConvolutionShape shape, int p, int q)
    {
        (_first, _second, _third) = (new(shape, q), new(shape, q + 1), new(shape, q + 2));
        (_inputWidth, _outputWidth, _dilation) = (shape.InputWidth, shape.OutputWidth, shape.ColumnDilation);
        RowShift = (p * shape.RowDilation) - shape.Top;
        FirstRow = Math.Max(0, -RowShift);
        EndRow = Math.Max(FirstRow, Math.Min(shape.OutputHeight, shape.InputHeight - RowShift));
        FirstColumn = Math.Max(_first.FirstOutput, Math.Max(_second.FirstOutput, _third.FirstOutput));
        int end = Math.Min(End(_first), Math.Min(End(_second), End(_third)));
        EndColumn = end - FirstColumn < Vector<T>.Count ? FirstColumn : end;
        _vectorEnd = FirstColumn + ((EndColumn - FirstColumn) / Vector<T>.Count * Vector<T>.Count);
        _last = Simd.LanesFrom<T>(Vector<T>.Count - (EndColumn - _vectorEnd));
    }

    /// <summary>From an output's row to its pixel's.</summary>
    public int RowShift { get; }

    /// <summary>The first output row with pixels under it.</summary>
    public int FirstRow { get; }

    /// <summary>The row behind the last one.</summary>
    public int EndRow { get; }

    /// <summary>The first output column that is summed by vectors.</summary>
    public int FirstColumn { get; }

    /// <summary>The column behind the last one; the same where there are not enough for a vector.</summary>
    public int EndColumn { get; }

    /// <summary>Whether there are columns with pixels that are not summed by vectors.</summary>
    public bool HasRest => HasRestOf(_first) || HasRestOf(_second) || HasRestOf(_third);

    /// <summary>From an output's column to the first element's pixel.</summary>
    public int ColumnShift => Shift(_first);

    /// <summary>The three sums over some output rows that have pixels.</summary>
    public (T First, T Second, T Third) OverRows(ReadOnlySpan<T> image, ReadOnlySpan<T> output, int first, int end)
    {
        (Vector<T> a, Vector<T> b, Vector<T> c) = (default, default, default);
        int shift = ColumnShift;
        for (int i = first; i < end; i++)
        {
            ref T outputs = ref Unsafe.Add(ref MemoryMarshal.GetReference(output), i * _outputWidth);
            ref T pixels = ref Unsafe.Add(ref MemoryMarshal.GetReference(image), (i + RowShift) * _inputWidth);
            for (int j = FirstColumn; j < _vectorEnd; j += Vector<T>.Count)
            {
                Vector<T> value = Vector.LoadUnsafe(ref Unsafe.Add(ref outputs, j));
                ref T pixel = ref Unsafe.Add(ref pixels, j + shift);
                a = Simd.MultiplyAdd(value, Vector.LoadUnsafe(ref pixel), a);
                b = Simd.MultiplyAdd(value, Vector.LoadUnsafe(ref Unsafe.Add(ref pixel, _dilation)), b);
                c = Simd.MultiplyAdd(value, Vector.LoadUnsafe(ref Unsafe.Add(ref pixel, 2 * _dilation)), c);
            }

            if (_vectorEnd < EndColumn)
            {
                Vector<T> value = Last(ref Unsafe.Add(ref outputs, EndColumn - Vector<T>.Count));
                ref T pixel = ref Unsafe.Add(ref pixels, EndColumn - Vector<T>.Count + shift);
                a = Simd.MultiplyAdd(value, Last(ref pixel), a);
                b = Simd.MultiplyAdd(value, Last(ref Unsafe.Add(ref pixel, _dilation)), b);
                c = Simd.MultiplyAdd(value, Last(ref Unsafe.Add(ref pixel, 2 * _dilation)), c);
            }
        }

        (T restOfFirst, T restOfSecond, T restOfThird) = Rest(image, output, first, end);
        return (Vector.Sum(a) + restOfFirst, Vector.Sum(b) + restOfSecond, Vector.Sum(c) + restOfThird);
    }

    /// <summary>What of these sums lies in columns that are not summed by vectors.</summary>
    public (T First, T Second, T Third) Rest(ReadOnlySpan<T> image, ReadOnlySpan<T> output, int first, int end)
        => (Rest(_first, image, output, first, end), Rest(_second, image, output, first, end), Rest(_third, image, output, first, end));

    // Masked on both sides, so that an infinity that was counted already does not become NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<T> Last(ref T values) => Vector.LoadUnsafe(ref values) & _last;

    private bool HasRestOf(in ConvolutionTap tap) => tap.Count > EndColumn - FirstColumn;

    private static int End(in ConvolutionTap tap) => tap.FirstOutput + tap.Count;

    // From an output's column to its pixel's.
    private static int Shift(in ConvolutionTap tap) => tap.FirstPixel - tap.FirstOutput;

    private T Rest(in ConvolutionTap tap, ReadOnlySpan<T> image, ReadOnlySpan<T> output, int first, int end)
        => Columns(tap.FirstOutput, Math.Min(FirstColumn, End(tap)), Shift(tap), image, output, first, end)
            + Columns(Math.Max(tap.FirstOutput, EndColumn), End(tap), Shift(tap), image, output, first, end);

    private T Columns(int start, int end, int shift, ReadOnlySpan<T> image, ReadOnlySpan<T> output, int firstRow, int endRow)
    {
        T sum = T.Zero;
        for (int i = firstRow; i < endRow && start < end; i++)
        {
            ReadOnlySpan<T> outputs = output.Slice((i * _outputWidth) + start, end - start);
            ReadOnlySpan<T> pixels = image.Slice(((i + RowShift) * _inputWidth) + start + shift, end - start);
            for (int j = 0; j < outputs.Length; j++)
                sum = Simd.MultiplyAdd(outputs[j], pixels[j], sum);
        }

        return sum;
    }
}
