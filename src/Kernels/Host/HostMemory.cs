using System.Globalization;
using BasinVolume.Kernels.Ranks;

namespace BasinVolume.Kernels.Host;

/// <summary>The memory of the machine, or of the container that the program runs in, or what its settings leave it of that.</summary>
public static class HostMemory
{
    // Where Linux says what programs can still have without swapping.
    private const string SystemFile = "/proc/meminfo";
    private const string SystemKey = "MemAvailable:";

    /// <summary>Bytes in all.</summary>
    public static long Bytes() => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>Bytes that can still be had: the smaller of what the system has left and of what the runtime may still take of its limit; at least 0.</summary>
    public static long FreeBytes()
    {
        long limit = Bytes(), held = GC.GetTotalMemory(forceFullCollection: false);
        // What nobody uses any more counts as held until it is collected, which is worth its time where much is held.
        if (held > limit / 4)
            held = GC.GetTotalMemory(forceFullCollection: true);
        return Math.Max(0, Math.Min(limit - held, SystemBytes() ?? AllButLoad()));
    }

    /// <summary>The same for each of several processes, all of which ask: the least share that one of them has of its machine.</summary>
    /// <param name="ranks">The processes.</param>
    public static long FreeBytes(IRanks ranks)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        return (long)ranks.Least(FreeBytes() / ranks.Neighbours);
    }

    /// <summary>What a system's account says is left, in bytes; null if it does not say.</summary>
    internal static long? Available(IEnumerable<string> lines)
    {
        string? line = lines.FirstOrDefault(line => line.StartsWith(SystemKey, StringComparison.Ordinal));
        string? number = line?[SystemKey.Length..].Replace("kB", string.Empty, StringComparison.Ordinal);
        return long.TryParse(number, CultureInfo.InvariantCulture, out long kilobytes) ? kilobytes << 10 : null;
    }

    private static long? SystemBytes()
    {
        try
        {
            return File.Exists(SystemFile) ? Available(File.ReadLines(SystemFile)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // What the garbage collector saw of the machine's load when it last ran. Before its first time it has seen nothing.
    private static long AllButLoad()
    {
        if (GC.CollectionCount(0) == 0)
            GC.Collect(0);
        GCMemoryInfo memory = GC.GetGCMemoryInfo(GCKind.Any);
        return memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes;
    }
}
