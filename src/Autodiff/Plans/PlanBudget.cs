using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Plans;

/// <summary>How much a plan may hold at once. The result depends on it by rounding only.</summary>
/// <param name="Samples">Samples of a chunk, at least 1.</param>
/// <param name="DirectionBytes">Bytes for the tangents of a block of directions; at least one direction is always taken.</param>
public sealed record PlanBudget(int Samples, long DirectionBytes)
{
    /// <summary>What suits a device: on the processor a block that stays in its caches, on a GPU one that keeps all of it busy.</summary>
    public static PlanBudget For(DeviceDescription device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.Kind switch
        {
            DeviceKind.Cuda or DeviceKind.OpenCL => new PlanBudget(1024, Math.Min(1L << 30, device.MemoryBytes / 4)),
            _ => new PlanBudget(256, 4L << 20),
        };
    }
}
