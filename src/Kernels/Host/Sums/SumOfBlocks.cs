using System.Numerics;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Sums;

/// <summary>The sum over blocks in ascending order; a part is one entry.</summary>
/// <param name="entries">V.</param>
/// <param name="blocks">Blocks of an entry.</param>
/// <param name="size">Elements of a sum.</param>
/// <param name="partials">[entries, blocks, size]; overwritten.</param>
/// <param name="result">[size] for each entry.</param>
/// <param name="accumulate">Whether the sum is added.</param>
internal readonly struct SumOfBlocks<T>(int entries, int blocks, int size, T[] partials, Batch<T> result, bool accumulate) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostBatch<T> _result = new(result, entries, size);

    public void Run(int part)
    {
        Span<T> sums = partials.AsSpan(part * blocks * size, size);
        for (int block = 1; block < blocks; block++)
            Vectors.Add<T>(sums, partials.AsSpan(((part * blocks) + block) * size, size));
        Span<T> place = _result.Entry(part, size);
        if (accumulate)
            Vectors.Add<T>(place, sums);
        else
            sums.CopyTo(place);
    }
}
