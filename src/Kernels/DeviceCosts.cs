namespace BasinVolume.Kernels;

/// <summary>
/// What suits the devices of a kind: how much work at once keeps them busy, and what that takes from whom. Results depend on it by rounding only.
/// </summary>
/// <param name="Samples">Samples of a chunk, for derivatives.</param>
/// <param name="SamplesOfManyVectors">Samples of a chunk, each counted for each weight vector, for losses at many weight vectors.</param>
/// <param name="ChunkElements">Numbers that a chunk's values and adjoints may be, so that they stay in the caches.</param>
/// <param name="DirectionBytes">Bytes for the tangents of a block of directions.</param>
/// <param name="SharesHostMemory">Whether buffers take the host's memory, so that what a device may hold and what the host may hold are one budget.</param>
/// <param name="QueuesKernels">Whether a kernel's call returns before the kernel is done.</param>
public sealed record DeviceCosts(int Samples, int SamplesOfManyVectors, long ChunkElements, long DirectionBytes, bool SharesHostMemory, bool QueuesKernels)
{
    /// <summary>A processor: a block that stays in its caches.</summary>
    public static DeviceCosts OfProcessors { get; } = new(512, 1024, 3L << 20, 8L << 20, SharesHostMemory: true, QueuesKernels: false);

    /// <summary>A GPU: a block that keeps all of it busy.</summary>
    public static DeviceCosts OfGpus { get; } = new(4096, 16384, 1L << 40, 1L << 31, SharesHostMemory: false, QueuesKernels: true);
}
