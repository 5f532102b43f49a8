using BasinVolume.Report.Findings;

namespace BasinVolume.Report.Tests.Findings;

/// <summary>A listener that is told meanwhile hears the same, in the same order, and what it throws is not lost.</summary>
public sealed class MeanwhileTests
{
    [Fact]
    public void Whoever_tells_does_not_wait_and_all_is_heard_in_order()
    {
        using var open = new ManualResetEventSlim();
        var heard = new List<int>();
        using var meanwhile = new Meanwhile(new Listener(indices =>
        {
            open.Wait(TestContext.Current.CancellationToken);
            heard.Add(indices[0]);
        }));
        for (int i = 0; i < 100; i++)
            meanwhile.Indices([i]);
        Assert.Empty(heard);
        open.Set();
        meanwhile.Finish();
        Assert.Equal(Enumerable.Range(0, 100), heard);
    }

    [Fact]
    public void What_it_throws_is_thrown_at_the_end_and_it_hears_no_more()
    {
        int heard = 0;
        using var meanwhile = new Meanwhile(new Listener(indices =>
        {
            heard++;
            throw new IOException($"no room for {indices[0]}");
        }));
        meanwhile.Indices([7]);
        while (heard == 0)
            Thread.Yield();
        Assert.Equal("no room for 7", Assert.Throws<IOException>(() =>
        {
            meanwhile.Indices([8]);
            meanwhile.Finish();
        }).Message);
        Assert.Equal(1, heard);
    }

    [Fact]
    public void After_a_failure_it_still_hears_what_was_found()
    {
        using var open = new ManualResetEventSlim();
        var heard = new List<int>();
        var meanwhile = new Meanwhile(new Listener(indices =>
        {
            open.Wait(TestContext.Current.CancellationToken);
            heard.Add(indices[0]);
        }));
        meanwhile.Indices([1]);
        meanwhile.Indices([2]);
        var end = new Thread(meanwhile.Dispose);
        end.Start();
        Assert.False(end.Join(TimeSpan.FromMilliseconds(10)), "it waits");
        open.Set();
        end.Join();
        Assert.Equal([1, 2], heard);
    }

    [Fact]
    public void After_a_failure_what_it_throws_does_not_hide_that()
    {
        using var meanwhile = new Meanwhile(new Listener(_ => throw new IOException()));
        meanwhile.Indices([1]);
    }

    private sealed class Listener(Action<int[]> indices) : IFindings
    {
        public void Indices(int[] told) => indices(told);
    }
}
