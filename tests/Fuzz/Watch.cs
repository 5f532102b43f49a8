using System.Diagnostics;
using BasinVolume.Kernels;

namespace BasinVolume.Fuzz.Tests;

/// <summary>Looks at what a reader does with an input.</summary>
internal sealed class Watch
{
    private const long MostBytes = 1L << 30;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(2);

    // A machine that is busy with something else makes an input slow once, not three times.
    private const int Tries = 3;

    // Longer than any input that ends: this one does not.
    private static readonly TimeSpan NeverEnds = TimeSpan.FromMinutes(1);

    private volatile Attempt? _attempt;

    /// <summary>The longest that an input took.</summary>
    public TimeSpan Slowest { get; private set; }

    /// <summary>The most bytes that were allocated for an input.</summary>
    public long MostAllocated { get; private set; }

    /// <summary>Inputs that were taken.</summary>
    public int Taken { get; private set; }

    /// <summary>What all of them have seen.</summary>
    public static Watch Sum(IReadOnlyCollection<Watch> watches)
        => new()
        {
            Slowest = watches.Max(watch => watch.Slowest),
            MostAllocated = watches.Max(watch => watch.MostAllocated),
            Taken = watches.Sum(watch => watch.Taken),
        };

    /// <summary>
    /// Runs what watches look at, each on a thread of its own, and fails where one of them sees an input that does not end;
    /// a reader cannot be stopped, so its thread goes on.
    /// </summary>
    public static void Run(IReadOnlyCollection<(Watch Watch, Action Work)> all)
    {
        Task work = Task.WhenAll(
            [.. all.Select(one => Task.Factory.StartNew(one.Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))]);
        while (!work.Wait(TimeSpan.FromSeconds(1)))
        {
            Attempt? endless = all.Select(one => one.Watch._attempt)
                .FirstOrDefault(attempt => attempt is not null && Stopwatch.GetElapsedTime(attempt.Start) > NeverEnds);
            if (endless is not null)
                Assert.Fail($"{endless.Name} has not ended after {NeverEnds.TotalSeconds} s.");
        }
    }

    /// <summary>What is wrong with how an input is read, or null.</summary>
    /// <param name="name">What it is called where it does not end.</param>
    /// <param name="read">Reads it.</param>
    public string? FaultOf(string name, Action read)
    {
        (string? fault, TimeSpan time) = Try(name, read);
        for (int i = 1; i < Tries && time > MostTime; i++)
            (fault, time) = Try(name, read) is var again && again.Time < time ? again : (fault, time);
        if (time > Slowest)
            Slowest = time;
        return fault ?? (time > MostTime ? $"it takes {time.TotalSeconds:f1} s" : null);
    }

    private (string? Fault, TimeSpan Time) Try(string name, Action read)
    {
        _attempt = new(name, Stopwatch.GetTimestamp());
        long allocated = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
        TimeSpan used = Environment.CpuUsage.TotalTime;
        string? fault = null;
        try
        {
            read();
            Taken++;
        }
        catch (ExplainedException e)
        {
            fault = FaultOfMessage(e.Message);
        }
        catch (Exception e)
        {
            fault = $"it ends in {e}";
        }

        _attempt = null;
        // Where others have the processor the clock runs on, but this process uses none of it.
        TimeSpan clock = Stopwatch.GetElapsedTime(start), processor = Environment.CpuUsage.TotalTime - used, time = clock < processor ? clock : processor;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        MostAllocated = Math.Max(MostAllocated, allocated);
        return (fault ?? (allocated > MostBytes ? $"it allocates {allocated} bytes" : null), time);
    }

    private static string? FaultOfMessage(string message)
    {
        if (!Printable.Is(message))
            return $"its message is not printable: {Printable.Text(message)}";
        return message.Length > Printable.LongestMessage + 100 ? $"its message has {message.Length} characters" : null;
    }

    private sealed record Attempt(string Name, long Start);
}
