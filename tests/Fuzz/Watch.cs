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

    /// <summary>The longest that an input took.</summary>
    public TimeSpan Slowest { get; private set; }

    /// <summary>The most bytes that were allocated for an input.</summary>
    public long MostAllocated { get; private set; }

    /// <summary>Inputs that were taken.</summary>
    public int Taken { get; private set; }

    /// <summary>Adds what another has seen.</summary>
    public void Add(Watch other)
    {
        Slowest = other.Slowest > Slowest ? other.Slowest : Slowest;
        MostAllocated = Math.Max(MostAllocated, other.MostAllocated);
        Taken += other.Taken;
    }

    /// <summary>What is wrong with how an input is read, or null.</summary>
    /// <param name="read">Reads it.</param>
    public string? FaultOf(Action read)
    {
        (string? fault, TimeSpan time) = Try(read);
        for (int i = 1; i < Tries && time > MostTime; i++)
            (fault, time) = Try(read) is var again && again.Time < time ? again : (fault, time);
        if (time > Slowest)
            Slowest = time;
        return fault ?? (time > MostTime ? $"it takes {time.TotalSeconds:f1} s" : null);
    }

    private (string? Fault, TimeSpan Time) Try(Action read)
    {
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
            fault = FaultOf(e.Message);
        }
        catch (Exception e)
        {
            fault = $"it ends in {e}";
        }

        // Where others have the processor the clock runs on, but this process uses none of it.
        TimeSpan clock = Stopwatch.GetElapsedTime(start), processor = Environment.CpuUsage.TotalTime - used, time = clock < processor ? clock : processor;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        MostAllocated = Math.Max(MostAllocated, allocated);
        return (fault ?? (allocated > MostBytes ? $"it allocates {allocated} bytes" : null), time);
    }

    private static string? FaultOf(string message)
    {
        if (!Printable.Is(message))
            return $"its message is not printable: {Printable.Text(message)}";
        return message.Length > Printable.LongestMessage + 100 ? $"its message has {message.Length} characters" : null;
    }
}
