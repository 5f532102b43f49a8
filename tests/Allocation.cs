namespace BasinVolume.Tests;

/// <summary>What code allocates on the garbage-collected heap.</summary>
internal static class Allocation
{
    /// <summary>
    /// The least number of bytes that this thread allocates in five runs: the runtime itself allocates now and then, while it compiles and loads, but code that
    /// allocates does so every time.
    /// </summary>
    public static long Of(Action action)
    {
        long least = long.MaxValue;
        for (int run = 0; run < 5; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
