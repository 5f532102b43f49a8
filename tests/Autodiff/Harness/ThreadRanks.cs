using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using BasinVolume.Kernels.Ranks;

namespace BasinVolume.Autodiff.Tests.Harness;

/// <summary>
/// Ranks that are threads of one process. Between any two of them there is a channel for each direction, in which numbers keep their order; who receives waits.
/// </summary>
internal sealed class ThreadRanks : IRanks
{
    private readonly BlockingCollection<double[]>[,] _channels;
    private readonly CancellationToken _failed;
    private long _numbers;

    private ThreadRanks(int rank, BlockingCollection<double[]>[,] channels, CancellationToken failed)
        => (Rank, _channels, _failed) = (rank, channels, failed);

    public int Rank { get; }

    public int Count => _channels.GetLength(0);

    /// <summary>How many numbers this rank has sent.</summary>
    public long Numbers => _numbers;

    /// <summary>
    /// What each of so many ranks gives, by rank. Where one fails the others stop waiting, and its exception is thrown; where some numbers were sent and not
    /// received the test fails.
    /// </summary>
    public static TResult[] Run<TResult>(int count, Func<ThreadRanks, TResult> work)
    {
        var channels = new BlockingCollection<double[]>[count, count];
        for (int from = 0; from < count; from++)
        {
            for (int to = 0; to < count; to++)
                channels[from, to] = [];
        }

        using var stop = new CancellationTokenSource();
        var results = new TResult[count];
        ExceptionDispatchInfo? failure = null;
        Thread[] threads = [.. Enumerable.Range(0, count).Select(rank => new Thread(() =>
        {
            try
            {
                results[rank] = work(new ThreadRanks(rank, channels, stop.Token));
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(e), null);
                stop.Cancel();
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        failure?.Throw();
        foreach (BlockingCollection<double[]> channel in channels)
            Assert.Empty(channel);
        return results;
    }

    public void Send(ReadOnlySpan<double> values, int rank)
    {
        Assert.NotEqual(Rank, rank);
        _numbers += values.Length;
        _channels[Rank, rank].Add(values.ToArray(), _failed);
    }

    public void Receive(Span<double> values, int rank)
    {
        double[] received = _channels[rank, Rank].Take(_failed);
        Assert.Equal(received.Length, values.Length);
        received.CopyTo(values);
    }

    public void Broadcast(Span<double> values, int rank)
    {
        if (Rank != rank)
        {
            Receive(values, rank);
            return;
        }

        for (int other = 0; other < Count; other++)
        {
            if (other != Rank)
                Send(values, other);
        }
    }
}
