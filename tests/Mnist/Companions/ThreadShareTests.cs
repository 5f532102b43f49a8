using BasinVolume.Mnist.Companions;

namespace BasinVolume.Mnist.Tests.Companions;

/// <summary>How many threads each of several processes on one machine takes.</summary>
public sealed class ThreadShareTests
{
    [Theory]
    // Alone; bound to nothing, so that 16 processors are shared.
    [InlineData("16 0-15", 16)]
    [InlineData("16 0-15|16 0-15|16 0-15|16 0-15", 4, 4, 4, 4)]
    // Each bound to a processor of its own, or to a socket's.
    [InlineData("1 0|1 1", 1, 1)]
    [InlineData("8 0-7|8 0-7|8 8-15|8 8-15", 4, 4, 4, 4)]
    [InlineData("4 0-1,8-9|2 2-3", 4, 2)]
    // A container that grants two of them.
    [InlineData("2 0-15|2 0-15", 1, 1)]
    // More processes than processors.
    [InlineData("2 0-1|2 0-1|2 0-1", 1, 1, 1)]
    // Systems that do not say.
    [InlineData("8 |8 ", 4, 4)]
    public void A_processor_is_shared_by_those_that_may_run_on_it(string processes, params int[] threads)
    {
        ThreadShare[] shares = [.. processes.Split('|').Select(ThreadShare.Parse)];
        Assert.Equal(threads, Enumerable.Range(0, shares.Length).Select(place => ThreadShare.Threads(shares, place)));
    }

    [Fact]
    public void What_a_process_says_of_itself_is_read_by_others()
    {
        ThreadShare here = ThreadShare.Here();
        Assert.Equal(here, ThreadShare.Parse(here.ToString()));
        Assert.Equal(Environment.ProcessorCount, ThreadShare.Threads([here], 0));
    }
}
