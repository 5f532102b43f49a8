using System.Numerics;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>Computes the sum over the samples of a shard.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="plan">Who computes it.</param>
/// <param name="shard">The shard's number.</param>
/// <param name="sum">Overwritten.</param>
internal delegate void ShardVisitor<T>(Plan<T> plan, int shard, double[] sum)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;

/// <summary>
/// The sums of consecutive shards by plans that each take the next shard when they have done one. Two children of a node of the tree become the node when both
/// are there, whichever comes last, the right one added to the left one's place: the shape of a sum does not depend on who was faster, nor does the place of
/// the first shard, where the total comes to stand.
/// </summary>
/// <param name="lanes">The plans, one a thread; a single one has all threads for itself.</param>
/// <param name="shards">Which shards.</param>
/// <param name="places">Where sums stand.</param>
/// <param name="visit">Computes a shard.</param>
internal sealed class LaneSums<T>(IReadOnlyList<Plan<T>> lanes, ShardRange shards, SumPlaces places, ShardVisitor<T> visit)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Lock _state = new();
    private readonly Dictionary<TreeNode, double[]> _waiting = [];
    private int _next = shards.First;

    private HostThreads Threads => lanes[0].Device.Threads;

    /// <summary>The sums of the largest whole subtrees, in ascending order.</summary>
    public IEnumerable<(TreeNode Node, double[] Sum)> Roots => _waiting.OrderBy(sum => sum.Key.FirstShard).Select(sum => (sum.Key, sum.Value));

    /// <summary>Computes all shards. The first exception of one is thrown when no thread computes any more.</summary>
    public void Run() => Threads.Run(lanes.Count, new LaneWork(this));

    private void RunLane(int lane)
    {
        try
        {
            while (Claim() is (int shard, { } place))
            {
                visit(lanes[lane], shard, place);
                Add(new(0, shard), place);
            }
        }
        catch
        {
            lock (_state)
                _next = shards.End;
            throw;
        }
    }

    // Places are taken in the order of the shards.
    private (int Shard, double[] Place)? Claim()
    {
        lock (_state)
            return _next >= shards.End ? null : (_next++, places.Take());
    }

    private void Add(TreeNode node, double[] sum)
    {
        while (TakeSiblingOf(node, sum) is { } other)
        {
            (double[] left, double[] right) = node.IsLeftOf(node.Sibling) ? (sum, other) : (other, sum);
            Accumulation.Add<double>(Threads, right, left);
            lock (_state)
                places.Return(right);
            (node, sum) = (node.Parent, left);
        }
    }

    // Null if a node has to wait for its sibling.
    private double[]? TakeSiblingOf(TreeNode node, double[] sum)
    {
        lock (_state)
        {
            if (_waiting.Remove(node.Sibling, out double[]? other))
                return other;
            _waiting.Add(node, sum);
            return null;
        }
    }

    private readonly struct LaneWork(LaneSums<T> owner) : IPartitionedWork
    {
        public void Run(int part) => owner.RunLane(part);
    }
}
