using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Host.Registers;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Gathering;

/// <summary>
/// The winner of each window; a part is one plane (channel of a sample). The first of equals wins, a NaN wins over everything.
/// Neighbouring windows that lie inside the image from left to right are compared at once, one in each lane of a vector.
/// </summary>
internal readonly struct MaxPool<T>(int samples, PoolingShape shape, View<T> x, View<T> y, View<int> winners) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly PoolingShape _shape = shape;
    private readonly HostView<T> _x = new(x, (long)samples * shape.Channels * shape.InputPlane);
    private readonly HostView<T> _y = new(y, (long)samples * shape.Channels * shape.OutputPlane);
    private readonly HostView<int> _winners = new(winners, (long)samples * shape.Channels * shape.OutputPlane);

    public void Run(int part)
    {
        ReadOnlySpan<T> plane = _x.Slice(part * _shape.InputPlane, _shape.InputPlane);
        Span<T> values = _y.Slice(part * _shape.OutputPlane, _shape.OutputPlane);
        Span<int> winners = _winners.Slice(part * _shape.OutputPlane, _shape.OutputPlane);
        switch (_shape.Columns.Stride)
        {
            case 1:
                Plane<Neighbours<T>>(plane, values, winners);
                break;
            case 2:
                Plane<EverySecond<T>>(plane, values, winners);
                break;
            default:
                Plane<Apart<T>>(plane, values, winners);
                break;
        }
    }

    private void Plane<TPixels>(ReadOnlySpan<T> plane, Span<T> values, Span<int> winners)
        where TPixels : struct, IPixels<T>
    {
        (int first, int end) = WholeWindows();
        if (first < end)
            AtOnce<TPixels>(plane, first, end, values, winners);
        if (first > 0)
            OneByOne(plane, 0, first, values, winners);
        if (end < _shape.OutputWidth)
            OneByOne(plane, end, _shape.OutputWidth, values, winners);
    }

    // The windows of a row that lie inside the image from left to right; none if they are too few for a vector.
    private (int First, int End) WholeWindows()
    {
        Window columns = _shape.Columns;
        int first = (columns.Before + columns.Stride - 1) / columns.Stride;
        long room = _shape.InputWidth - columns.Span + columns.Before;
        int end = room < 0 ? 0 : (int)Math.Min(_shape.OutputWidth, (room / columns.Stride) + 1);
        return end - first >= Vector128<T>.Count ? (first, end) : (0, 0);
    }

    // The part of a window that lies inside the image, along one axis: its first pixel there, and the end behind its last.
    private static (int First, int End) Inside(in Window window, int start, int length)
    {
        int skipped = start < 0 ? (window.Dilation - 1 - start) / window.Dilation : 0;
        return (start + (skipped * window.Dilation), Math.Min(start + (int)window.Span, length));
    }

    // Windows first … end − 1 of every row, two vectors at once; the last ones of a row begin earlier, with windows that are there already.
    private void AtOnce<TPixels>(ReadOnlySpan<T> plane, int first, int end, Span<T> values, Span<int> winners)
        where TPixels : struct, IPixels<T>
    {
        int stride = _shape.Columns.Stride, width = _shape.InputWidth, last = end - Vector128<T>.Count;
        ref T pixels = ref MemoryMarshal.GetReference(plane);
        for (int i = 0; i < _shape.OutputHeight; i++)
        {
            (int firstRow, int endRow) = Inside(_shape.Rows, (i * _shape.Rows.Stride) - _shape.Rows.Before, _shape.InputHeight);
            int left = (firstRow * width) - _shape.Columns.Before, height = (endRow - firstRow) * width;
            ref T largest = ref values[i * _shape.OutputWidth];
            ref int places = ref winners[i * _shape.OutputWidth];
            for (int window = first; window < end; window += 2 * Vector128<T>.Count)
            {
                int start = Math.Min(window, last), partner = Math.Min(window + Vector128<T>.Count, last), apart = (partner - start) * stride;
                Vector256<T> place = Compare<TPixels>(ref pixels, left + (start * stride), height, apart, out Vector256<T> best);
                TPixels.InOrder(best.GetLower()).StoreUnsafe(ref largest, (nuint)start);
                TPixels.InOrder(best.GetUpper()).StoreUnsafe(ref largest, (nuint)partner);
                Put(TPixels.InOrder(place.GetLower()).As<T, int>(), 0, stride, ref Unsafe.Add(ref places, start));
                Put(TPixels.InOrder(place.GetUpper()).As<T, int>(), apart, stride, ref Unsafe.Add(ref places, partner));
            }
        }
    }

    // The windows from a pixel on and those from another one on. Where the largest lies goes along as bits, as often as a lane has room.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<T> Compare<TPixels>(ref T pixels, int begin, int height, int apart, out Vector256<T> best)
        where TPixels : struct, IPixels<T>
    {
        int stride = _shape.Columns.Stride;
        // Native, as what lies behind the last pixel may be far.
        nint step = _shape.Columns.Dilation, span = (nint)_shape.Columns.Span, rowStep = (nint)_shape.Rows.Dilation * _shape.InputWidth;
        nint end = begin + (nint)height;
        ref T others = ref Unsafe.Add(ref pixels, apart);
        Vector256<T> place = Vector256.Create(begin).As<int, T>();
        best = Load<TPixels>(ref pixels, ref others, begin, stride);
        for (nint row = begin, candidate = begin + step; row < end; candidate = row += rowStep)
        {
            for (; candidate < row + span; candidate += step)
            {
                // Not "greater", so that a NaN wins; over a NaN nothing does.
                Vector256<T> value = Load<TPixels>(ref pixels, ref others, candidate, stride);
                Vector256<T> wins = Vector256.AndNot(Vector256.Equals(best, best), Vector256.LessThanOrEqual(value, best));
                best = Simd.Select(wins, value, best);
                place = Simd.Select(wins, Vector256.Create((int)candidate).As<int, T>(), place);
            }
        }

        return place;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Load<TPixels>(ref T pixels, ref T others, nint offset, int stride)
        where TPixels : struct, IPixels<T>
        => Vector256.Create(TPixels.Load(ref Unsafe.Add(ref pixels, offset), stride), TPixels.Load(ref Unsafe.Add(ref others, offset), stride));

    // Places are counted in a window that lies apart from the first one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector128<int> places, int apart, int stride, ref int winners)
    {
        if (Vector128<T>.Count == Vector128<int>.Count)
            (places + Vector128.Create(apart) + (Vector128.Create(0, 1, 2, 3) * stride)).StoreUnsafe(ref winners);
        else
            (winners, Unsafe.Add(ref winners, 1)) = (places.GetElement(0) + apart, places.GetElement(2) + apart + stride);
    }

    private void OneByOne(ReadOnlySpan<T> plane, int first, int end, Span<T> values, Span<int> winners)
    {
        for (int i = 0; i < _shape.OutputHeight; i++)
        {
            (int First, int End) rows = Inside(_shape.Rows, (i * _shape.Rows.Stride) - _shape.Rows.Before, _shape.InputHeight);
            for (int j = first; j < end; j++)
            {
                int winner = Winner(plane, rows, Inside(_shape.Columns, (j * _shape.Columns.Stride) - _shape.Columns.Before, _shape.InputWidth));
                winners[(i * _shape.OutputWidth) + j] = winner;
                values[(i * _shape.OutputWidth) + j] = plane[winner];
            }
        }
    }

    private int Winner(ReadOnlySpan<T> plane, (int First, int End) rows, (int First, int End) columns)
    {
        int width = _shape.InputWidth, step = _shape.Columns.Dilation;
        int winner = (rows.First * width) + columns.First;
        for (int row = rows.First; row < rows.End; row += _shape.Rows.Dilation)
        {
            for (int candidate = (row * width) + columns.First; candidate < (row * width) + columns.End; candidate += step)
            {
                // As above, by arithmetic instead of a branch: which pixel wins is not to be foreseen.
                T value = plane[candidate], best = plane[winner];
                int wins = !(value <= best) & !T.IsNaN(best) ? 1 : 0;
                winner += wins * (candidate - winner);
            }
        }

        return winner;
    }
}
