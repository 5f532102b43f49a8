namespace BasinVolume.Mnist.Jobs;

/// <summary>
/// Work that was stopped and leaves what it knows: it waits for nothing outside, and is given the time to write its document instead of being ended after a few
/// seconds.
/// </summary>
internal static class LastWords
{
    private static volatile bool _begun;

    /// <summary>Whether such work is about to end by itself.</summary>
    public static bool Begun => _begun;

    /// <summary>From the moment on that somebody stops it, work has its time.</summary>
    /// <param name="cancellation">What stops it.</param>
    /// <returns>To be disposed of when the work is over.</returns>
    public static IDisposable After(CancellationToken cancellation) => cancellation.Register(() => _begun = true);
}
