using System.Numerics;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Host.Parts;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Elementwise;

/// <summary>y_v (+)= x_v; a part is one block of one entry.</summary>
internal readonly struct Copy<T>(int entries, int length, Batch<T> x, Batch<T> y, bool accumulate) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostBatch<T> _x = new(x, entries, length);
    private readonly HostBatch<T> _y = new(y, entries, length);

    public void Run(int part)
    {
        (int block, int entry) = Math.DivRem(part, entries);
        (int start, int count) = Blocks.Of(block, length);
        ReadOnlySpan<T> source = _x.Entry(entry, start, count);
        Span<T> target = _y.Entry(entry, start, count);
        if (accumulate)
            Vectors.Add<T>(target, source);
        else
            source.CopyTo(target);
    }
}
