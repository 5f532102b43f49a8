using System.Numerics;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Host.Parts;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Rows;

/// <summary>y[r, c] = 1 where x[r] = c, else 0; a part is some rows.</summary>
internal readonly struct OneHot<T>(int rows, int classes, View<T> x, View<T> y) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostView<T> _x = new(x, rows);
    private readonly HostView<T> _y = new(y, (long)rows * classes);

    public void Run(int part)
    {
        (int first, int end) = Blocks.RowsOf(part, rows, classes);
        ReadOnlySpan<T> x = _x.Span;
        for (int r = first; r < end; r++)
        {
            Span<T> row = _y.Slice(r * classes, classes);
            row.Clear();
            int c = int.CreateSaturating(x[r]);
            if (c >= 0 && c < classes && T.CreateTruncating(c) == x[r])
                row[c] = T.One;
        }
    }
}
