using System.Numerics;

namespace BasinVolume.Kernels.Host;

/// <summary>The winner of each window; a part is one plane (channel of a sample). The first of equals wins, a NaN wins over everything.</summary>
internal readonly struct MaxPool<T>(PoolingShape shape, View<T> x, View<T> y, View<int> winners) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly PoolingShape _shape = shape;
    private readonly HostView<T> _x = new(x);
    private readonly HostView<T> _y = new(y);
    private readonly HostView<int> _winners = new(winners);

    public void Run(int part)
    {
        ReadOnlySpan<T> plane = _x.Slice(part * _shape.InputPlane, _shape.InputPlane);
        Span<T> values = _y.Slice(part * _shape.OutputPlane, _shape.OutputPlane);
        Span<int> winners = _winners.Slice(part * _shape.OutputPlane, _shape.OutputPlane);
        int width = _shape.OutputWidth;
        for (int i = 0; i < _shape.OutputHeight; i++)
            Row(plane, Inside((i * _shape.Stride) - _shape.Padding, _shape.InputHeight), values.Slice(i * width, width), winners.Slice(i * width, width));
    }

    private void Row(ReadOnlySpan<T> plane, (int First, int End) rows, Span<T> values, Span<int> winners)
    {
        int stride = _shape.Stride, padding = _shape.Padding, width = _shape.InputWidth;
        for (int j = 0; j < values.Length; j++)
        {
            int winner = Winner(plane, width, rows, Inside((j * stride) - padding, width));
            winners[j] = winner;
            values[j] = plane[winner];
        }
    }

    // The part of a window that lies inside the image, along one axis.
    private (int First, int End) Inside(int start, int length) => (Math.Max(start, 0), Math.Min(start + _shape.Size, length));

    private static int Winner(ReadOnlySpan<T> plane, int width, (int First, int End) rows, (int First, int End) columns)
    {
        int winner = (rows.First * width) + columns.First;
        for (int row = rows.First; row < rows.End; row++)
        {
            for (int candidate = (row * width) + columns.First; candidate < (row * width) + columns.End; candidate++)
            {
                // Not "greater", so that a NaN wins; over a NaN nothing does. Arithmetic instead of a branch: which pixel wins is not to be foreseen.
                T value = plane[candidate], best = plane[winner];
                int wins = !(value <= best) & !T.IsNaN(best) ? 1 : 0;
                winner += wins * (candidate - winner);
            }
        }

        return winner;
    }
}
