namespace BasinVolume.Mnist.Terminal;

/// <summary>
/// The share of a stage that is done and the time that is left, as a person sees them: the share never falls, and the time never grows. Where the rest turns
/// out to take longer than was said, nothing is said until it is as short again.
/// </summary>
internal sealed class RemainingTime
{
    // Earlier a few quick steps would promise too much.
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);

    private TimeSpan _shown = TimeSpan.MaxValue;

    /// <summary>What share is done; 0 before any was told.</summary>
    public double Share { get; private set; }

    /// <summary>What is left; null where nothing can be said.</summary>
    public TimeSpan? Left { get; private set; }

    /// <summary>Takes note of a share.</summary>
    /// <param name="share">What is done, of 1.</param>
    /// <param name="elapsed">Since the stage began.</param>
    public void Report(double share, TimeSpan elapsed)
    {
        if (!(share > Share))
            return;
        Share = Math.Min(1, share);
        TimeSpan left = elapsed * ((1 - Share) / Share);
        Left = elapsed >= First && left <= _shown ? _shown = left : null;
    }
}
