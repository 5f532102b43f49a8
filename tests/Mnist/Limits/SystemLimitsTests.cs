using BasinVolume.Mnist.Limits;

namespace BasinVolume.Mnist.Tests.Limits;

/// <summary>What the system lets the program have, and what is said of too little.</summary>
public sealed class SystemLimitsTests
{
    // As Linux 6 writes it, with limits set by ulimit.
    private static readonly string[] List =
    [
        "Limit                     Soft Limit           Hard Limit           Units     ",
        "Max cpu time              unlimited            unlimited            seconds   ",
        "Max data size             307200000            unlimited            bytes     ",
        "Max open files            1024                 524288               files     ",
        "Max address space         6144000000           unlimited            bytes     ",
    ];

    [Fact]
    public void A_list_is_read()
    {
        SystemLimits limits = new(List);
        Assert.Equal((307200000, 1024, 6144000000), (limits.Data, limits.OpenFiles, limits.Addresses));
    }

    [Fact]
    public void Where_nothing_is_listed_nothing_is_limited()
    {
        SystemLimits limits = new(["Max data size             unlimited            unlimited            bytes     "]);
        Memory memory = new(limits, processors: 2);
        Assert.Equal((null, null, null), (limits.Data, limits.OpenFiles, limits.Addresses));
        Assert.Equal((null, null), (memory.Shortage, memory.Heap));
    }

    [Fact]
    public void The_heap_gets_what_is_left_of_the_narrower_limit()
    {
        SystemLimits limits = new(List);
        // 224 + 2 x 16 MiB are for others, but 64 of these are a small heap's.
        Assert.Equal(307200000 - (192L << 20), new Memory(limits, processors: 2).Heap);
        Assert.Null(new Memory(limits, processors: 2).Shortage);
    }

    [Theory]
    [InlineData("Max address space         3072000000           unlimited            bytes     ", "2929 MiB of addresses", "ulimit -v")]
    [InlineData("Max data size             102400000            unlimited            bytes     ", "97 MiB of memory", "ulimit -d")]
    public void Too_little_is_a_sentence_with_what_to_do(string line, string what, string advice)
    {
        string shortage = new Memory(new([line]), processors: 2).Shortage!;
        Assert.Contains(what, shortage, StringComparison.Ordinal);
        Assert.Contains(advice, shortage, StringComparison.Ordinal);
    }
}
