using BasinVolume.Kernels;

namespace BasinVolume.Gpu.Devices;

/// <summary>A candidate together with how to open it.</summary>
/// <param name="Candidate">What the list says of it.</param>
/// <param name="IsAutomatic">Whether <c>auto</c> may take it.</param>
/// <param name="Open">Opens it with so many host threads.</param>
internal sealed record Finding(DeviceCandidate Candidate, bool IsAutomatic, Func<int, Device> Open)
{
    /// <summary>A way that leads to no device, or a device that cannot be used.</summary>
    public static Finding Unusable(DeviceCandidate candidate)
        => new(candidate, IsAutomatic: false, _ => throw new DeviceException($"{candidate.Spec} ({candidate.Name}) cannot be used: {candidate.Reason}"));
}
