using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Sweeps;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Autodiff.Tests.Sweeps;

/// <summary>The shape of a sum, against the same tree by recursion.</summary>
public sealed class TreeSumTests : IDisposable
{
    private const int Length = 3;

    private readonly HostThreads _threads = new(2);

    public void Dispose() => _threads.Dispose();

    [Fact]
    public void Shards_are_added_as_a_binary_tree()
    {
        for (int count = 1; count <= SampleShards.Most; count *= 2)
        {
            double[][] shards = Random(count);
            var sum = new TreeSum(new(Length), _threads);
            for (int shard = 0; shard < count; shard++)
                Add(sum, new(0, shard), shards[shard]);
            ((TreeNode node, double[] total), int roots) = (sum.Roots[0], sum.Roots.Count);
            Assert.Equal(1, roots);
            Assert.Equal((0, count), (node.FirstShard, node.EndShard));
            Assert.Equal(Tree(shards), total);
        }
    }

    // Whatever parts add the shards and however the parts' roots are put together, and never more sums at once than the counter has digits and one.
    [Fact]
    public void Roots_of_parts_give_the_same_bits()
    {
        for (int count = 1; count <= SampleShards.Most; count *= 2)
        {
            double[][] shards = Random(count);
            double[] expected = Tree(shards);
            for (int parts = 1; parts <= 70; parts++)
            {
                var total = new TreeSum(new(Length), _threads);
                for (int part = 0; part < parts; part++)
                {
                    ShardRange range = new SampleShards(1000, count).OfPart(part, parts);
                    var places = new SumPlaces(Length);
                    var taken = new HashSet<double[]>(ReferenceEqualityComparer.Instance);
                    var sum = new TreeSum(places, _threads);
                    for (int shard = range.First; shard < range.End; shard++)
                        taken.Add(Add(sum, new(0, shard), shards[shard]));
                    Assert.InRange(taken.Count, 0, int.Log2(count) + 1);
                    Assert.Equal(range.Roots(), sum.Roots.Select(root => root.Node));
                    foreach ((TreeNode node, double[] root) in sum.Roots)
                        total.Add(node, root);
                }

                Assert.Equal(expected, total.Roots.Single().Sum);
            }
        }
    }

    private static double[] Add(TreeSum sum, TreeNode node, double[] values)
    {
        double[] place = sum.Take();
        values.CopyTo(place, 0);
        sum.Add(node, place);
        return place;
    }

    private static double[] Tree(ReadOnlySpan<double[]> shards)
    {
        if (shards.Length == 1)
            return shards[0];
        double[] left = Tree(shards[..(shards.Length / 2)]), right = Tree(shards[(shards.Length / 2)..]);
        return [.. left.Zip(right, (l, r) => l + r)];
    }

    private static double[][] Random(int count)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(_ => ArraySamples.Normals(random, Length))];
    }
}
