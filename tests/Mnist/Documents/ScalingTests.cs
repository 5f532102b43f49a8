using BasinVolume.Benchmarks.Cluster;

namespace BasinVolume.Mnist.Tests.Documents;

/// <summary>What docs/scaling.md says of several machines: its formula in cases that can be done by hand, and its tables.</summary>
public sealed class ScalingTests
{
    // Nothing is sent for nothing, and a second of samples is a second.
    private static readonly SharedWork Unit = new("unit", SecondsPerSample: 1, Bytes: 0, LeastSamples: 1);

    [Fact]
    public void The_tables_of_the_document_are_those_that_the_benchmarks_print()
    {
        string path = Path.Combine(TestFiles.RepositoryRoot(), "docs", "scaling.md");
        Assert.True(
            File.ReadAllText(path).ReplaceLineEndings("\n").Contains(ClusterTables.All(), StringComparison.Ordinal),
            $"docs/scaling.md has other tables than these; write them anew: dotnet run --project benchmarks -- cluster\n{ClusterTables.All()}");
    }

    [Theory]
    [InlineData(64, 1, 1, 64)]
    [InlineData(64, 2, 1, 32)]
    [InlineData(63, 2, 1, 32)]
    [InlineData(64, 64, 1, 1)]
    // Four shards of 16 on three ranks: one, one and two.
    [InlineData(64, 3, 16, 32)]
    // A rank too many has nothing to do.
    [InlineData(64, 8, 16, 16)]
    public void Computing_takes_as_long_as_the_rank_with_the_most_samples(long samples, int nodes, int least, double seconds)
        => Assert.Equal(seconds, (Unit with { LeastSamples = least }).Seconds(samples, nodes, link: 1));

    [Theory]
    // Each of 8 ranks has 8 of 64 shards, which are one subtree.
    [InlineData(64, 8, 7)]
    // 0…20, 21…41 and 42…63: 21 | 22 23 | 24…31 | 32…39 | 40 41, and 42 43 | 44…47 | 48…63.
    [InlineData(64, 3, 8)]
    [InlineData(2, 2, 1)]
    // The shards are those of ranks 2 and 4.
    [InlineData(2, 5, 2)]
    public void Rank_0_receives_the_roots_of_the_others(int shards, int nodes, int roots)
    {
        // Bytes that take a second each way: the rest of the time is the broadcast and the additions.
        SharedWork sent = new("sent", SecondsPerSample: 0, Bytes: SharedWork.MemoryRate, LeastSamples: 1);
        double seconds = sent.Seconds(shards, nodes, SharedWork.MemoryRate);
        Assert.Equal((roots * (1 + 3)) + (2.0 * (nodes - 1) / nodes), seconds, 12);
    }

    [Fact]
    public void The_cases_are_cut_as_the_library_cuts_them()
    {
        Assert.Equal(2, ClusterTables.Hessian.Shards(1500));
        Assert.Equal(16, ClusterTables.Products.Shards(1500));
        Assert.All((SharedWork[])[ClusterTables.Hessian, ClusterTables.Products], work => Assert.Equal(64, work.Shards(60_000)));
        // One node sends nothing: the times that were measured.
        Assert.Equal(2.27, ClusterTables.Hessian.Seconds(60_000, 1, link: 1), 12);
        Assert.Equal(1.10, ClusterTables.Products.Seconds(1500, 1, link: 1), 12);
    }
}
