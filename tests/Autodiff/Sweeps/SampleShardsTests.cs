using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Sweeps;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Autodiff.Tests.Sweeps;

/// <summary>How samples are cut into shards, and these among processes.</summary>
public sealed class SampleShardsTests
{
    // The largest power of two, at most 64, whose shards have the least number of samples on average.
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 256, 1)]
    [InlineData(511, 256, 1)]
    [InlineData(512, 256, 2)]
    [InlineData(1023, 256, 2)]
    [InlineData(1024, 256, 4)]
    [InlineData(1500, 512, 2)]
    [InlineData(63, 1, 32)]
    [InlineData(64, 1, 64)]
    [InlineData(60_000, 512, 64)]
    [InlineData(int.MaxValue, 1, 64)]
    [InlineData(int.MaxValue, int.MaxValue, 1)]
    public void There_are_as_many_as_samples_allow(int samples, int least, int count) => Assert.Equal(new(samples, count), SampleShards.Of(samples, least));

    [Fact]
    public void Matrices_have_fewer_shards_than_vectors_where_chunks_are_small()
    {
        using var device = new HostDevice(1);
        foreach ((int chunk, int ofVectors, int ofMatrices) in ((int, int, int)[])[(100, 8, 2), (512, 2, 2), (600, 2, 2), (800, 1, 1)])
        {
            using var plan = new Plan<double>(TestNetworks.Mlp(), device, new PlanBudget(chunk, 0));
            Assert.Equal(ofVectors, SampleShards.OfVectors(plan, 1500).Count);
            Assert.Equal(ofMatrices, SampleShards.OfMatrices(plan, 1500).Count);
        }
    }

    [Fact]
    public void Every_sample_is_in_one_shard_and_none_is_twice_as_long_as_another()
    {
        foreach (int samples in (int[])[1, 63, 64, 65, 1500, 59_999])
        {
            for (int least = 1; least <= samples; least *= 3)
            {
                var shards = SampleShards.Of(samples, least);
                SampleRange[] ranges = [.. Enumerable.Range(0, shards.Count).Select(shard => shards[shard])];
                Assert.Equal(0, ranges[0].First);
                Assert.Equal(samples, ranges[^1].End);
                Assert.Equal(ranges[1..].Select(range => range.First), ranges[..^1].Select(range => range.End));
                Assert.True(ranges.Max(range => range.Count) - ranges.Min(range => range.Count) <= 1);
                Assert.True(ranges.Min(range => range.Count) >= least);
            }
        }
    }

    [Fact]
    public void No_samples_are_refused() => Assert.Throws<NetworkException>(() => SampleShards.Of(0, 1));

    // For every number of shards and of parts up to more parts than shards.
    [Fact]
    public void Parts_cover_the_shards_and_are_the_fewest_whole_subtrees()
    {
        for (int count = 1; count <= SampleShards.Most; count *= 2)
        {
            var shards = new SampleShards(1000, count);
            for (int parts = 1; parts <= 70; parts++)
            {
                int next = 0;
                for (int part = 0; part < parts; part++)
                {
                    ShardRange range = shards.OfPart(part, parts);
                    Assert.Equal(next, range.First);
                    TreeNode[] roots = [.. range.Roots()];
                    foreach (TreeNode root in roots)
                    {
                        Assert.Equal(next, root.FirstShard);
                        next = root.EndShard;
                    }

                    Assert.Equal(range.End, next);
                    Assert.Equal(Fewest(range), roots.Length);
                }

                Assert.Equal(count, next);
            }
        }
    }

    // Aligned powers of two that a range is at least: at each level what sticks out on either side is a subtree of its own.
    private static int Fewest(ShardRange range)
    {
        int found = 0;
        for ((int first, int end) = (range.First, range.End); first < end; (first, end) = (first / 2, end / 2))
        {
            found += (first % 2) + (end % 2);
            first += first % 2;
        }

        return found;
    }
}
