using BasinVolume.Kernels;

namespace BasinVolume.Gpu.Devices;

/// <summary>A candidate together with how to open it.</summary>
/// <param name="Candidate">What the list says of it.</param>
/// <param name="Rank">Its place in the order in which <c>auto</c> prefers devices, the best first; <see cref="Never"/> for those it does not take.</param>
/// <param name="Open">Opens it with so many host threads.</param>
internal sealed record Finding(DeviceCandidate Candidate, int Rank, Func<int, Device> Open)
{
    public const int Never = int.MaxValue;
    public const int Cuda = 0;
    public const int OpenCLGpu = 1;
    public const int Cpu = 2;

    /// <summary>A way that leads to no device, or a device that cannot be used.</summary>
    public static Finding Unusable(DeviceCandidate candidate)
        => new(candidate, Never, _ => throw new DeviceException($"{candidate.Spec} ({candidate.Name}) cannot be used: {candidate.Reason}"));
}
