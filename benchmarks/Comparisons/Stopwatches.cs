using System.Diagnostics;

namespace BasinVolume.Benchmarks.Comparisons;

/// <summary>How long something takes here.</summary>
internal static class Stopwatches
{
    /// <summary>The median of some runs after a first one that does not count.</summary>
    public static double Median(int repeats, Action action)
    {
        action();
        double[] seconds = [.. Enumerable.Range(0, repeats).Select(_ => Once(action)).Order()];
        return seconds[seconds.Length / 2];
    }

    private static double Once(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
