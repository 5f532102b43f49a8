using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Gathering;

/// <summary>
/// The winner of each window; a part is one plane (channel of a sample). The first of equals wins, a NaN wins over everything.
/// Windows that lie inside the image from left to right are compared by vectors: those that begin at neighbouring pixels at once, of which the ones that the
/// stride asks for are taken.
/// </summary>
internal readonly struct MaxPool<T>(int samples, PoolingShape shape, View<T> x, View<T> y, View<int> winners) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly PoolingShape _shape = shape;
    private readonly HostView<T> _x = new(x, (long)samples * shape.Channels * shape.InputPlane);
    private readonly HostView<T> _y = new(y, (long)samples * shape.Channels * shape.OutputPlane);
    private readonly HostView<int> _winners = new(winners, (long)samples * shape.Channels * shape.OutputPlane);

    // Pixels of a row where windows may begin; too few for a vector, or too few of a vector's that are wanted, and windows go one by one.
    private int Beginnings => _shape.InputWidth - (int)_shape.Columns.Span + 1;

    private bool ByVectors => Beginnings >= Vector<T>.Count && _shape.Columns.Stride < Vector<T>.Count;

    public void Run(int part)
    {
        ReadOnlySpan<T> plane = _x.Slice(part * _shape.InputPlane, _shape.InputPlane);
        Span<T> values = _y.Slice(part * _shape.OutputPlane, _shape.OutputPlane);
        Span<int> winners = _winners.Slice(part * _shape.OutputPlane, _shape.OutputPlane);
        int width = _shape.OutputWidth;
        for (int i = 0; i < _shape.OutputHeight; i++)
        {
            (int First, int End) rows = Inside(_shape.Rows, (i * _shape.Rows.Stride) - _shape.Rows.Before, _shape.InputHeight);
            Row(plane, rows, values.Slice(i * width, width), winners.Slice(i * width, width));
        }
    }

    private void Row(ReadOnlySpan<T> plane, (int First, int End) rows, Span<T> values, Span<int> winners)
    {
        for (int j = 0; j < values.Length;)
        {
            int beginning = (j * _shape.Columns.Stride) - _shape.Columns.Before;
            if (ByVectors && (uint)beginning < (uint)Beginnings)
            {
                j += Windows(plane, rows, beginning, values[j..], winners[j..]);
                continue;
            }

            winners[j] = Winner(plane, rows, Inside(_shape.Columns, beginning, _shape.InputWidth));
            values[j] = plane[winners[j]];
            j++;
        }
    }

    // The part of a window that lies inside the image, along one axis: its first pixel there, and the end behind its last.
    private static (int First, int End) Inside(in Window window, int start, int length)
    {
        int skipped = start < 0 ? (window.Dilation - 1 - start) / window.Dilation : 0;
        return (start + (skipped * window.Dilation), Math.Min(start + (int)window.Span, length));
    }

    // As many windows from the one that begins at a pixel on as a vector has; gives their number. At the end of a row the vector begins earlier.
    private int Windows(ReadOnlySpan<T> plane, (int First, int End) rows, int beginning, Span<T> values, Span<int> winners)
    {
        int first = Math.Min(beginning, Beginnings - Vector<T>.Count);
        int corner = (rows.First * _shape.InputWidth) + first;
        Span<T> largest = stackalloc T[Vector<T>.Count];
        Span<int> offsets = stackalloc int[Vector<int>.Count];
        Compare(
            ref MemoryMarshal.GetReference(plane[corner..]), (rows.End - rows.First + _shape.Rows.Dilation - 1) / _shape.Rows.Dilation,
            ref MemoryMarshal.GetReference(largest), ref MemoryMarshal.GetReference(offsets));
        int intsOfLane = Vector<int>.Count / Vector<T>.Count, count = 0;
        for (int lane = beginning - first; lane < largest.Length && count < values.Length; lane += _shape.Columns.Stride)
        {
            values[count] = largest[lane];
            winners[count++] = corner + lane + offsets[lane * intsOfLane];
        }

        return count;
    }

    // Where the largest of each window lies goes along as bits: in each lane the distance from the window's first pixel, as often as the lane has room for it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Compare(ref T plane, int rows, ref T largest, ref int offsets)
    {
        var best = Vector.LoadUnsafe(ref plane);
        Vector<T> place = Vector<T>.Zero;
        int rowStep = _shape.Rows.Dilation * _shape.InputWidth, step = _shape.Columns.Dilation, span = (int)_shape.Columns.Span;
        for (int row = 0; row < rows; row++)
        {
            for (int offset = row * rowStep; offset < (row * rowStep) + span; offset += step)
            {
                // Not "greater", so that a NaN wins; over a NaN nothing does.
                var value = Vector.LoadUnsafe(ref plane, (nuint)offset);
                Vector<T> wins = Vector.AndNot(Vector.Equals(best, best), Vector.LessThanOrEqual(value, best));
                best = Vector.ConditionalSelect(wins, value, best);
                place = Vector.ConditionalSelect(wins, new Vector<int>(offset).As<int, T>(), place);
            }
        }

        best.StoreUnsafe(ref largest);
        place.As<T, int>().StoreUnsafe(ref offsets);
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
