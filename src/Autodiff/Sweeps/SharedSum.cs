using System.Numerics;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Ranks;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>
/// Sums that the processes of a plan's device compute together. Each has its shards, adds what of the tree lies in them, and sends these roots to the first
/// process; that one goes on adding them, in the shape that a process alone would have added them in, and gives the total to all.
/// </summary>
internal static class SharedSum
{
    /// <summary>The sum over all samples, in the first of the places.</summary>
    /// <param name="lanes">The plans that compute it: one alone, or one a thread, all with the same numbers and on the same device.</param>
    /// <param name="shards">How the samples are cut.</param>
    /// <param name="places">Where sums stand.</param>
    /// <param name="visit">Computes a shard, in any order and several at once.</param>
    public static double[] Over<T>(IReadOnlyList<Plan<T>> lanes, SampleShards shards, SumPlaces places, ShardVisitor<T> visit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Device device = lanes[0].Device;
        var own = new LaneSums<T>(lanes, shards.OfRank(device.Ranks), places, visit);
        own.Run();
        var sum = new TreeSum(places, device.Threads);
        foreach ((TreeNode node, double[] root) in own.Roots)
            sum.Add(node, root);
        return Total(sum, shards, device.Ranks);
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
