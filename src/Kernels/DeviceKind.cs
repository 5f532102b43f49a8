namespace BasinVolume.Kernels;

/// <summary>What a device is, and by which way it is reached.</summary>
public enum DeviceKind
{
    /// <summary>The processor's vector units and threads, by our own host kernels.</summary>
    Cpu,

    /// <summary>ILGPU's simulator of a GPU on the processor: slow, deterministic, for tests of the GPU kernels.</summary>
    IlgpuCpu,

    /// <summary>An OpenCL device through ILGPU.</summary>
    OpenCL,

    /// <summary>A CUDA device through ILGPU.</summary>
    Cuda,
}
