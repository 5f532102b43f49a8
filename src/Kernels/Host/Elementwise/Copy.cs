using System.Numerics;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Host.Parts;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Elementwise;

/// <summary>y_v (+)= x_v; a part is one block of one member.</summary>
internal readonly struct Copy<T>(int members, int length, Batch<T> x, Batch<T> y, bool accumulate) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostBatch<T> _x = new(x, members, length);
    private readonly HostBatch<T> _y = new(y, members, length);

    public void Run(int part)
    {
        (int block, int member) = Math.DivRem(part, members);
        (int start, int count) = Blocks.Of(block, length);
        ReadOnlySpan<T> source = _x.Member(member, start, count);
        Span<T> target = _y.Member(member, start, count);
        if (accumulate)
            Vectors.Add<T>(target, source);
        else
            source.CopyTo(target);
    }
}
