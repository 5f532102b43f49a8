using System.Diagnostics;

namespace BasinVolume.Benchmarks.Comparisons;

/// <summary>How long something takes here.</summary>
internal static class Stopwatches
{
    // The compiler comes back to hot methods in the background; a second of use is enough.
    private const double WarmSeconds = 1;

    /// <summary>
    /// The medians of two actions that take turns, after a second's worth of each: what the one leaves behind (memory that is there already) the other finds.
    /// The ratio is the median over the turns:
    /// a machine that others use as well changes its pace, and both actions of a turn meet the same one.
    /// </summary>
    public static (double First, double Second, double Ratio) InTurns(int turns, Action first, Action second)
    {
        Warm(first);
        Warm(second);
        (double First, double Second)[] seconds = [.. Enumerable.Range(0, turns).Select(_ => (Once(first), Once(second)))];
        return (
            Middle(seconds.Select(turn => turn.First)), Middle(seconds.Select(turn => turn.Second)), Middle(seconds.Select(turn => turn.Second / turn.First)));
    }

    /// <summary>Runs that do not count: a second's worth, at least one.</summary>
    public static void Warm(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        do
            action();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < WarmSeconds);
    }

    /// <summary>The median of some runs after those that do not count.</summary>
    public static double Median(int repeats, Action action)
    {
        Warm(action);
        return Middle(Enumerable.Range(0, repeats).Select(_ => Once(action)));
    }

    /// <summary>The median of as many runs as take some seconds, at least one: one turn of several.</summary>
    public static double Turn(double atLeast, Action action)
    {
        var seconds = new List<double>();
        do
            seconds.Add(Once(action));
        while (seconds.Sum() < atLeast);
        return Middle(seconds);
    }

    /// <summary>The middle one of some values.</summary>
    public static double Middle(IEnumerable<double> values)
    {
        double[] ascending = [.. values.Order()];
        return ascending[ascending.Length / 2];
    }

    /// <summary>Seconds of one run.</summary>
    public static double Once(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
