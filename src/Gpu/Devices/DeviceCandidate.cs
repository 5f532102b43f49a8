using BasinVolume.Kernels;

namespace BasinVolume.Gpu.Devices;

/// <summary>A device that was found, or a way to devices that leads nowhere on this machine.</summary>
/// <param name="Spec">
/// What to ask for to get it: <c>cpu</c>, <c>ilgpu-cpu</c>, <c>opencl:0</c>, <c>cuda:0</c>; without a number when there is no such device.
/// </param>
/// <param name="Name">The name that its maker gave it.</param>
/// <param name="Kind">By which way it is reached.</param>
/// <param name="SupportsDouble">Whether it computes in 64-bit floating point.</param>
/// <param name="MemoryBytes">Bytes of memory that buffers can be placed in.</param>
/// <param name="Usable">Whether it can be opened.</param>
/// <param name="Reason">Why it can or cannot be used, and whether <c>auto</c> takes it.</param>
public sealed record DeviceCandidate(string Spec, string Name, DeviceKind Kind, bool SupportsDouble, long MemoryBytes, bool Usable, string Reason);
