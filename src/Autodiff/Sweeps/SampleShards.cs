using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels.Ranks;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>
/// How the samples of a sum are cut. N samples are S shards, shard s = [⌊N s/S⌋, ⌊N (s + 1)/S⌋), where S is the largest power of two, at most
/// <see cref="Most"/>, that leaves a shard so many samples as make its addition cheap. Shards are added in a binary tree (<see cref="TreeNode"/>).
/// So the shape of a sum follows from N and the plan alone, and whoever computes the nodes of that tree, and in which order, the total has the same bits.
/// </summary>
/// <param name="Samples">N.</param>
/// <param name="Count">S, a power of two.</param>
internal readonly record struct SampleShards(int Samples, int Count)
{
    /// <summary>The most shards there are.</summary>
    public const int Most = 64;

    // n² elements are added for a shard; those of fewer samples are computed too quickly for that to be little beside it.
    private const int LeastOfMatrices = 512;

    /// <summary>The samples of a shard.</summary>
    public SampleRange this[int shard] => new(Share.Start(Samples, shard, Count), Share.Start(Samples, shard + 1, Count));

    /// <summary>The shards of a sum of vectors: a chunk of samples is the least.</summary>
    /// <exception cref="NetworkException">There are no samples.</exception>
    public static SampleShards OfVectors<T>(Plan<T> plan, int samples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Of(samples, plan.Budget.Samples);

    /// <summary>The shards of a sum of matrices.</summary>
    /// <exception cref="NetworkException">There are no samples.</exception>
    public static SampleShards OfMatrices<T>(Plan<T> plan, int samples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Of(samples, Math.Max(LeastOfMatrices, plan.Budget.Samples));

    /// <summary>The shards of so many samples.</summary>
    /// <param name="samples">N.</param>
    /// <param name="least">The fewest samples that are a shard of their own.</param>
    /// <exception cref="NetworkException">There are no samples.</exception>
    public static SampleShards Of(int samples, int least)
    {
        if (samples < 1)
            throw new NetworkException("The data set has no samples, so there is no loss; give at least one.");
        int count = Most;
        while (count > 1 && samples < (long)count * least)
            count /= 2;
        return new(samples, count);
    }

    /// <summary>The shards of one of several contiguous parts; none where there are more parts than shards.</summary>
    public ShardRange OfPart(int part, int parts) => new(Share.Start(Count, part, parts), Share.Start(Count, part + 1, parts));

    /// <summary>The shards of a process.</summary>
    public ShardRange OfRank(IRanks ranks) => OfPart(ranks.Rank, ranks.Count);

    /// <summary>The plans that a process's threads go through its shards with.</summary>
    public IReadOnlyList<Plan<T>> LanesOf<T>(Plan<T> plan)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => plan.LanesFor(OfRank(plan.Device.Ranks).Count);
}
