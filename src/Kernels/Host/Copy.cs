using System.Numerics;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host;

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
            Add(source, target);
        else
            source.CopyTo(target);
    }

    private static void Add(ReadOnlySpan<T> source, Span<T> target)
    {
        ReadOnlySpan<Vector<T>> sources = MemoryMarshal.Cast<T, Vector<T>>(source);
        Span<Vector<T>> targets = MemoryMarshal.Cast<T, Vector<T>>(target);
        for (int i = 0; i < targets.Length; i++)
            targets[i] += sources[i];
        for (int i = targets.Length * Vector<T>.Count; i < target.Length; i++)
            target[i] += source[i];
    }
}
