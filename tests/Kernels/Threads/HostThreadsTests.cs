using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Tests.Threads;

public class HostThreadsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_part_runs_exactly_once(int count)
    {
        using var threads = new HostThreads(count);
        foreach (int parts in (int[])[0, 1, 2, 1000, 3])
        {
            var runs = new int[parts];
            threads.Run(parts, new Count(runs));
            Assert.All(runs, times => Assert.Equal(1, times));
        }
    }

    // Far more threads than cores, so that some come when the work they were called for is done, and kinds of work that take turns.
    [Fact]
    public void Latecomers_take_no_part_twice()
    {
        using var threads = new HostThreads(9);
        for (int round = 0; round < 3000; round++)
        {
            var runs = new int[2 + (round % 7)];
            if (round % 3 == 0)
                Assert.Throws<InvalidOperationException>(() => threads.Run(runs.Length, new Fail(round % runs.Length)));
            threads.Run(runs.Length, new Count(runs));
            Assert.All(runs, times => Assert.Equal(1, times));
        }
    }

    [Fact]
    public void A_failure_is_thrown_to_whoever_started_the_work_and_the_team_goes_on()
    {
        using var threads = new HostThreads(3);
        Assert.Equal("part 7", Assert.Throws<InvalidOperationException>(() => threads.Run(100, new Fail(7))).Message);
        var runs = new int[100];
        threads.Run(100, new Count(runs));
        Assert.All(runs, times => Assert.Equal(1, times));
    }

    [Fact]
    public void Work_started_inside_a_part_runs_there()
    {
        using var threads = new HostThreads(2);
        var runs = new int[40];
        threads.Run(4, new Nested(threads, runs));
        Assert.All(runs, times => Assert.Equal(1, times));
    }

    [Fact]
    public void No_threads_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new HostThreads(0));

    private readonly struct Count(int[] runs) : IPartitionedWork
    {
        public void Run(int part) => Interlocked.Increment(ref runs[part]);
    }

    private readonly struct Fail(int at) : IPartitionedWork
    {
        public void Run(int part)
        {
            if (part == at)
                throw new InvalidOperationException($"part {part}");
        }
    }

    private readonly struct Nested(HostThreads threads, int[] runs) : IPartitionedWork
    {
        public void Run(int part) => threads.Run(10, new Inner(runs, 10 * part));
    }

    private readonly struct Inner(int[] runs, int first) : IPartitionedWork
    {
        public void Run(int part) => Interlocked.Increment(ref runs[first + part]);
    }
}
