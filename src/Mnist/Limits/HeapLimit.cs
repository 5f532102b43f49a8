namespace BasinVolume.Mnist.Limits;

/// <summary>How much memory the collector of garbage lets arrays have before it looks for those that nobody holds any more.</summary>
internal static class HeapLimit
{
    private const string Name = "GCHeapHardLimit";

    /// <summary>Sets it; what does not fit is an exception from then on. It never rises.</summary>
    /// <param name="bytes">The limit.</param>
    public static void Lower(long bytes)
    {
        if (AppContext.GetData(Name) is ulong earlier && earlier <= (ulong)bytes)
            return;
        AppContext.SetData(Name, (ulong)bytes);
        try
        {
            GC.RefreshMemoryLimit();
        }
        catch (InvalidOperationException)
        {
            // More than that is held already, and stays.
        }
    }
}
