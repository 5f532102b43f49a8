using BasinVolume.Kernels;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>The kinds of devices that are reached through ILGPU.</summary>
public static class IlgpuKinds
{
    /// <summary>A CUDA device.</summary>
    public static DeviceKind Cuda { get; } = new("cuda", DeviceCosts.OfGpus);

    /// <summary>An OpenCL device.</summary>
    public static DeviceKind OpenCL { get; } = new("opencl", DeviceCosts.OfGpus);

    /// <summary>ILGPU's simulator of a GPU on the processor: slow, deterministic, for tests of the GPU kernels.</summary>
    public static DeviceKind Simulator { get; } = new("ilgpu-cpu", DeviceCosts.OfProcessors with { QueuesKernels = true });
}
