using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels.Ranks;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>Computes the sum over the samples of a shard.</summary>
/// <param name="shard">Its samples.</param>
/// <param name="sum">Overwritten.</param>
internal delegate void ShardVisitor(SampleRange shard, double[] sum);

/// <summary>
/// Sums that the processes of a plan's device compute together. Each has its shards, adds what of the tree lies in them, and sends these roots to the first
/// process; that one goes on adding them, in the shape that a process alone would have added them in, and gives the total to all.
/// </summary>
internal static class SharedSum
{
    /// <summary>The sum over all samples, in the first of the places.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="shards">How the samples are cut.</param>
    /// <param name="places">Where sums stand.</param>
    /// <param name="visit">Computes a shard.</param>
    public static double[] Over<T>(Plan<T> plan, SampleShards shards, SumPlaces places, ShardVisitor visit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var sum = new TreeSum(places, plan.Device.Threads);
        ShardRange own = shards.OfRank(plan.Device.Ranks);
        for (int shard = own.First; shard < own.End; shard++)
        {
            double[] place = sum.Take();
            visit(shards[shard], place);
            sum.Add(new(0, shard), place);
        }

        return Total(sum, shards, plan.Device.Ranks);
    }

    /// <summary>The total of what every process has the roots of for its own shards.</summary>
    public static double[] Total(TreeSum sum, SampleShards shards, IRanks ranks)
    {
        if (ranks.Rank == 0)
            Receive(sum, shards, ranks);
        else
            Send(sum, ranks);
        double[] total = ranks.Rank == 0 ? sum.Roots[0].Sum : sum.Take();
        ranks.Broadcast(total, 0);
        return total;
    }

    /// <summary>The largest of the values that the processes have; NaN if one of them is.</summary>
    public static double Largest(double value, IRanks ranks)
    {
        Span<double> largest = [value], other = [0];
        if (ranks.Rank > 0)
            ranks.Send(largest, 0);
        for (int rank = 1; ranks.Rank == 0 && rank < ranks.Count; rank++)
        {
            ranks.Receive(other, rank);
            largest[0] = Math.Max(largest[0], other[0]);
        }

        ranks.Broadcast(largest, 0);
        return largest[0];
    }

    private static void Receive(TreeSum sum, SampleShards shards, IRanks ranks)
    {
        for (int rank = 1; rank < ranks.Count; rank++)
        {
            foreach (TreeNode root in shards.OfPart(rank, ranks.Count).Roots())
            {
                double[] place = sum.Take();
                ranks.Receive(place, rank);
                sum.Add(root, place);
            }
        }
    }

    private static void Send(TreeSum sum, IRanks ranks)
    {
        foreach ((_, double[] root) in sum.Roots)
        {
            ranks.Send(root, 0);
            sum.Return(root);
        }
    }
}
