using BasinVolume.Gpu.Ilgpu;
using ILGPU.Runtime.Cuda;

namespace BasinVolume.Gpu.Devices;

/// <summary>CUDA devices.</summary>
internal static class CudaDiscovery
{
    public static DeviceWay Way { get; } = new(IlgpuKinds.Cuda, IsNumbered: true, Find);

    private static IReadOnlyList<Finding> Find()
    {
        if (!NativeLibraries.HasCuda())
            return [Nothing($"there is no NVIDIA driver: its library {NativeLibraries.Cuda} was not found.")];
        CudaError error = CudaAPI.CurrentAPI.GetDeviceCount(out int count);
        if (error != CudaError.CUDA_SUCCESS)
            return [Nothing($"the NVIDIA driver's library is there, but does not start ({error}): "
                + "is the kernel module loaded, and the card visible to this process?")];
        if (count < 1)
            return [Nothing("the NVIDIA driver is there, but sees no card (CUDA_VISIBLE_DEVICES?).")];

        var found = new List<CudaDevice>();
        CudaDevice.GetDevices(device =>
        {
            found.Add(device);
            return true;
        });
        return found.Count == 0
            ? [Nothing($"the NVIDIA driver counts {count} card(s), but none could be asked what it is.")]
            : [.. found.Select(Describe)];
    }

    private static Finding Describe(CudaDevice device, int index)
    {
        bool usable = device.Architecture.HasValue && device.InstructionSet.HasValue;
        string reason = usable
            ? $"a CUDA card ({device.Architecture})."
            : "ILGPU knows no instruction set for this card and driver: update the driver.";
        var candidate = new DeviceCandidate($"{IlgpuKinds.Cuda}:{index}", device.Name.Trim(), IlgpuKinds.Cuda, usable, device.MemorySize, usable, reason);
        return usable
            ? new Finding(candidate, IsAutomatic: true, threads => IlgpuDevice.Open(IlgpuKinds.Cuda, device, threads))
            : Finding.Unusable(candidate);
    }

    private static Finding Nothing(string reason)
        => Finding.Unusable(new DeviceCandidate(IlgpuKinds.Cuda.Name, "no CUDA device", IlgpuKinds.Cuda, false, 0, false, reason));
}
