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
        int o = 0;
        for (int i = 0; i < _shape.OutputHeight; i++)
        {
            for (int j = 0; j < _shape.OutputWidth; j++, o++)
            {
                winners[o] = Winner(plane, (i * _shape.Stride) - _shape.Padding, (j * _shape.Stride) - _shape.Padding);
                values[o] = plane[winners[o]];
            }
        }
    }

    private int Winner(ReadOnlySpan<T> plane, int top, int left)
    {
        int firstRow = Math.Max(top, 0);
        int firstColumn = Math.Max(left, 0);
        int endRow = Math.Min(top + _shape.Size, _shape.InputHeight);
        int endColumn = Math.Min(left + _shape.Size, _shape.InputWidth);
        int winner = (firstRow * _shape.InputWidth) + firstColumn;
        T best = plane[winner];
        for (int row = firstRow; row < endRow; row++)
        {
            for (int column = firstColumn; column < endColumn; column++)
            {
                T candidate = plane[(row * _shape.InputWidth) + column];
                if (candidate > best || (T.IsNaN(candidate) && !T.IsNaN(best)))
                {
                    best = candidate;
                    winner = (row * _shape.InputWidth) + column;
                }
            }
        }

        return winner;
    }
}
