using System.Numerics;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Sums;

/// <summary>The sum over blocks in ascending order; a part is one member.</summary>
/// <param name="members">V.</param>
/// <param name="blocks">Blocks of a member.</param>
/// <param name="size">Elements of a sum.</param>
/// <param name="partials">[members, blocks, size]; overwritten.</param>
/// <param name="result">[size] for each member.</param>
/// <param name="accumulate">Whether the sum is added.</param>
internal readonly struct SumOfBlocks<T>(int members, int blocks, int size, T[] partials, Batch<T> result, bool accumulate) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostBatch<T> _result = new(result, members, size);

    public void Run(int part)
    {
        Span<T> sums = partials.AsSpan(part * blocks * size, size);
        for (int block = 1; block < blocks; block++)
            Vectors.Add<T>(sums, partials.AsSpan(((part * blocks) + block) * size, size));
        Span<T> place = _result.Member(part, size);
        if (accumulate)
            Vectors.Add<T>(place, sums);
        else
            sums.CopyTo(place);
    }
}
