using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Tests.Options;

public class ShardTests
{
    [Theory]
    [InlineData("1/1", 1, 1)]
    [InlineData("3/16", 3, 16)]
    [InlineData("1000000/1000000", 1_000_000, 1_000_000)]
    public void A_part_of_so_many_is_one(string word, int part, int parts)
    {
        Assert.Equal(new Shard(part, parts), Shard.Read(word));
        Assert.Equal(word, Shard.Read(word)!.ToString());
    }

    [Theory]
    [InlineData("0/3")]
    [InlineData("4/3")]
    [InlineData("-1/3")]
    [InlineData("1/0")]
    [InlineData("1/1000001")]
    [InlineData("x")]
    [InlineData("1/2/3")]
    [InlineData("1.5/3")]
    [InlineData("/")]
    [InlineData("3")]
    public void Anything_else_is_none(string word) => Assert.Null(Shard.Read(word));

    [Theory]
    [InlineData(10, 3)]
    [InlineData(2, 5)]
    [InlineData(2_000_000_000, 7)]
    public void Parts_follow_each_other_and_differ_by_one_at_most(int count, int parts)
    {
        (int First, int End)[] all = [.. Enumerable.Range(1, parts).Select(part => new Shard(part, parts).Of(count))];
        Assert.Equal((0, count), (all[0].First, all[^1].End));
        Assert.All(all.Zip(all[1..]), pair => Assert.Equal(pair.First.End, pair.Second.First));
        Assert.InRange(all.Max(part => part.End - part.First) - all.Min(part => part.End - part.First), 0, 1);
    }
}
