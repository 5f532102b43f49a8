namespace BasinVolume.Kernels.Host;

/// <summary>The memory of the machine, or of the container that the program runs in.</summary>
public static class HostMemory
{
    /// <summary>Bytes in all.</summary>
    public static long Bytes() => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>Bytes that nobody used when the garbage collector last looked.</summary>
    public static long FreeBytes()
    {
        GCMemoryInfo memory = GC.GetGCMemoryInfo();
        return memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes;
    }
}
