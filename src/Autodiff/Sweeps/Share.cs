namespace BasinVolume.Autodiff.Sweeps;

/// <summary>How a list is cut into contiguous shares, as equal as can be; some are empty where there are more shares than elements.</summary>
internal static class Share
{
    /// <summary>Where a share begins: ⌊count · share/shares⌋, so that it ends where the next one begins.</summary>
    /// <param name="count">Elements of the list.</param>
    /// <param name="share">Which share, 0 … <paramref name="shares"/>.</param>
    /// <param name="shares">How many there are.</param>
    public static int Start(int count, int share, int shares) => (int)((long)count * share / shares);
}
