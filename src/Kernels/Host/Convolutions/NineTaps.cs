using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Host.Registers;

namespace BasinVolume.Kernels.Host.Convolutions;

/// <summary>
/// Three neighbours in each of three kernel rows at stride 1, each multiplied with one image: what is loaded of ȳ serves nine products, in chains enough that
/// none waits for its last sum.
/// That is for output rows and columns under which all nine find a pixel; what the three elements of one row find outside of these is left to
/// <see cref="ThreeTaps{T}"/>.
/// </summary>
internal readonly struct NineTaps<T, TLanes>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLanes : unmanaged, ILanes<TLanes, T>
{
    /// <summary>How many elements of the kernel.</summary>
    public const int Count = Rows * Columns;

    /// <summary>How many of its rows.</summary>
    public const int Rows = 3;

    /// <summary>How many in each.</summary>
    public const int Columns = 3;

    private readonly ThreeTaps<T> _top;
    private readonly ThreeTaps<T> _middle;
    private readonly ThreeTaps<T> _bottom;
    private readonly int _inputWidth;
    private readonly int _outputWidth;
    private readonly int _dilation;
    private readonly int _rowStep;
    private readonly int _firstRow;
    private readonly int _endRow;
    private readonly int _vectorEnd;
    private readonly TLanes _last;
    private readonly bool _hasMore;

    /// <summary>The elements (p, q) to (p + 2, q + 2). There are columns for one of the vectors, or for none of any width.</summary>
    public NineTaps(in ConvolutionShape shape, int p, int q)
    {
        (_top, _middle, _bottom) = (new(shape, p, q), new(shape, p + 1, q), new(shape, p + 2, q));
        (_inputWidth, _outputWidth, _dilation) = (shape.InputWidth, shape.OutputWidth, shape.ColumnDilation);
        _rowStep = shape.RowDilation * shape.InputWidth;
        _firstRow = Math.Max(_top.FirstRow, Math.Max(_middle.FirstRow, _bottom.FirstRow));
        _endRow = Math.Max(_firstRow, Math.Min(_top.EndRow, Math.Min(_middle.EndRow, _bottom.EndRow)));
        _vectorEnd = _top.FirstColumn + ((_top.EndColumn - _top.FirstColumn) / TLanes.Count * TLanes.Count);
        _last = TLanes.From(TLanes.Count - (_top.EndColumn - _vectorEnd));
        _hasMore = HasMore(_top) || HasMore(_middle) || HasMore(_bottom);
    }

    /// <summary>Adds the sums over one image: in part to nine vectors whose lanes are not added yet, in part to nine numbers.</summary>
    public void Add(ReadOnlySpan<T> image, ReadOnlySpan<T> output, Span<TLanes> lanes, Span<T> rest)
    {
        if (_vectorEnd > _top.FirstColumn)
            AddVectors(ref MemoryMarshal.GetReference(image), ref MemoryMarshal.GetReference(output), ref MemoryMarshal.GetReference(lanes));
        if (!_hasMore)
            return;
        AddRest(_top, image, output, rest);
        AddRest(_middle, image, output, rest[Columns..]);
        AddRest(_bottom, image, output, rest[(2 * Columns)..]);
    }

    // Compiled by itself: inside a larger method the compiler turns its products into calls.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddVectors(ref T image, ref T output, ref TLanes lanes)
    {
        TLanes s00 = default, s01 = default, s02 = default, s10 = default, s11 = default, s12 = default, s20 = default, s21 = default, s22 = default;
        int rowStep = _rowStep;
        for (int i = _firstRow; i < _endRow; i++)
        {
            ref T outputs = ref Unsafe.Add(ref output, i * _outputWidth);
            ref T pixels = ref Unsafe.Add(ref image, ((i + _top.RowShift) * _inputWidth) + _top.ColumnShift);
            for (int j = _top.FirstColumn; j < _vectorEnd; j += TLanes.Count)
            {
                var y = TLanes.Load(ref Unsafe.Add(ref outputs, j));
                ref T pixel = ref Unsafe.Add(ref pixels, j);
                s00 = TLanes.MultiplyAdd(y, TLanes.Load(ref pixel), s00);
                s01 = TLanes.MultiplyAdd(y, TLanes.Load(ref Unsafe.Add(ref pixel, _dilation)), s01);
                s02 = TLanes.MultiplyAdd(y, TLanes.Load(ref Unsafe.Add(ref pixel, 2 * _dilation)), s02);
                pixel = ref Unsafe.Add(ref pixel, rowStep);
                s10 = TLanes.MultiplyAdd(y, TLanes.Load(ref pixel), s10);
                s11 = TLanes.MultiplyAdd(y, TLanes.Load(ref Unsafe.Add(ref pixel, _dilation)), s11);
                s12 = TLanes.MultiplyAdd(y, TLanes.Load(ref Unsafe.Add(ref pixel, 2 * _dilation)), s12);
                pixel = ref Unsafe.Add(ref pixel, rowStep);
                s20 = TLanes.MultiplyAdd(y, TLanes.Load(ref pixel), s20);
                s21 = TLanes.MultiplyAdd(y, TLanes.Load(ref Unsafe.Add(ref pixel, _dilation)), s21);
                s22 = TLanes.MultiplyAdd(y, TLanes.Load(ref Unsafe.Add(ref pixel, 2 * _dilation)), s22);
            }

            if (_vectorEnd < _top.EndColumn)
            {
                int j = _top.EndColumn - TLanes.Count;
                TLanes y = Last(ref Unsafe.Add(ref outputs, j));
                ref T pixel = ref Unsafe.Add(ref pixels, j);
                s00 = TLanes.MultiplyAdd(y, Last(ref pixel), s00);
                s01 = TLanes.MultiplyAdd(y, Last(ref Unsafe.Add(ref pixel, _dilation)), s01);
                s02 = TLanes.MultiplyAdd(y, Last(ref Unsafe.Add(ref pixel, 2 * _dilation)), s02);
                pixel = ref Unsafe.Add(ref pixel, rowStep);
                s10 = TLanes.MultiplyAdd(y, Last(ref pixel), s10);
                s11 = TLanes.MultiplyAdd(y, Last(ref Unsafe.Add(ref pixel, _dilation)), s11);
                s12 = TLanes.MultiplyAdd(y, Last(ref Unsafe.Add(ref pixel, 2 * _dilation)), s12);
                pixel = ref Unsafe.Add(ref pixel, rowStep);
                s20 = TLanes.MultiplyAdd(y, Last(ref pixel), s20);
                s21 = TLanes.MultiplyAdd(y, Last(ref Unsafe.Add(ref pixel, _dilation)), s21);
                s22 = TLanes.MultiplyAdd(y, Last(ref Unsafe.Add(ref pixel, 2 * _dilation)), s22);
            }
        }

        Put(ref lanes, s00, s01, s02);
        Put(ref Unsafe.Add(ref lanes, Columns), s10, s11, s12);
        Put(ref Unsafe.Add(ref lanes, 2 * Columns), s20, s21, s22);
    }

    // Masked on both sides, so that an infinity that was counted already does not become NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLanes Last(ref T values) => TLanes.And(TLanes.Load(ref values), _last);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(ref TLanes lanes, TLanes first, TLanes second, TLanes third)
    {
        lanes = TLanes.Add(lanes, first);
        Unsafe.Add(ref lanes, 1) = TLanes.Add(Unsafe.Add(ref lanes, 1), second);
        Unsafe.Add(ref lanes, 2) = TLanes.Add(Unsafe.Add(ref lanes, 2), third);
    }

    // Whether a row finds pixels that are not summed by vectors of nine.
    private bool HasMore(in ThreeTaps<T> row) => row.FirstRow < _firstRow || row.EndRow > _endRow || row.HasRest;

    private void AddRest(in ThreeTaps<T> row, ReadOnlySpan<T> image, ReadOnlySpan<T> output, Span<T> sums)
    {
        Add(row.OverRows(image, output, row.FirstRow, Math.Min(_firstRow, row.EndRow)), sums);
        Add(row.Rest(image, output, _firstRow, _endRow), sums);
        Add(row.OverRows(image, output, Math.Max(_endRow, row.FirstRow), row.EndRow), sums);
    }

    private static void Add((T First, T Second, T Third) values, Span<T> sums)
    {
        sums[0] += values.First;
        sums[1] += values.Second;
        sums[2] += values.Third;
    }
}
