namespace BasinVolume.Kernels;

/// <summary>What is known of a device that is in use.</summary>
/// <param name="Kind">By which way it is reached, and what suits it.</param>
/// <param name="Name">The name that its maker gave it.</param>
/// <param name="Threads">Host threads at work (the processor), otherwise the number of its multiprocessors.</param>
/// <param name="SupportsDouble">Whether it computes in 64-bit floating point.</param>
/// <param name="MemoryBytes">Bytes of memory that buffers can be placed in.</param>
public sealed record DeviceDescription(DeviceKind Kind, string Name, int Threads, bool SupportsDouble, long MemoryBytes)
{
    /// <summary>Kind, name and threads, for a person.</summary>
    public override string ToString() => $"{Kind} ({Name}, {Threads} {(Kind.Costs.SharesHostMemory ? "threads" : "multiprocessors")})";
}
