using BasinVolume.Gpu.Ilgpu;
using ILGPU.Runtime.OpenCL;

namespace BasinVolume.Gpu.Devices;

/// <summary>OpenCL devices, those that ILGPU refuses included.</summary>
internal static class OpenCLDiscovery
{
    public static DeviceWay Way { get; } = new(IlgpuKinds.OpenCL, IsNumbered: true, Find);

    private static IReadOnlyList<Finding> Find()
    {
        if (!NativeLibraries.HasOpenCL())
            return [Nothing($"the OpenCL library {NativeLibraries.OpenCL} is not installed "
                + "(on Debian: package ocl-icd-libopencl1 and the driver of the card).")];
        if (!CLAPI.CurrentAPI.IsSupported || CLAPI.CurrentAPI.GetNumPlatforms(out int platforms) != CLError.CL_SUCCESS || platforms < 1)
            return [Nothing("the OpenCL library knows no platform: no OpenCL driver is installed.")];

        var found = new List<CLDevice>();
        CLDevice.GetDevices(device =>
        {
            found.Add(device);
            return true;
        });
        return found.Count == 0
            ? [Nothing($"{platforms} OpenCL platform(s), but no device that is available.")]
            : [.. found.Select(Describe)];
    }

    private static Finding Describe(CLDevice device, int index)
    {
        string? refusal = Refusal(device);
        bool isGpu = device.DeviceType.HasFlag(CLDeviceType.CL_DEVICE_TYPE_GPU);
        string reason = refusal ?? (isGpu ? "an OpenCL GPU." : "an OpenCL device that is not a GPU: `auto` does not take it, the host kernels are faster.");
        if (refusal is null && !device.Capabilities.Float64)
            reason += " It has no double precision (cl_khr_fp64): ask for it by name with float32, `auto` does not take it.";
        var candidate = new DeviceCandidate(
            $"{IlgpuKinds.OpenCL}:{index}", device.Name.Trim(), IlgpuKinds.OpenCL, device.Capabilities.Float64, device.MemorySize, refusal is null, reason);
        return refusal is null
            ? new Finding(candidate, isGpu && device.Capabilities.Float64, threads => IlgpuDevice.Open(IlgpuKinds.OpenCL, device, threads))
            : Finding.Unusable(candidate);
    }

    private static string? Refusal(CLDevice device)
    {
        if (device.DeviceVersion < CLDeviceVersion.CL20)
            return $"it has {device.DeviceVersion}; the kernels need OpenCL 2.0 or later.";
        if (!device.Capabilities.GenericAddressSpace)
            return "its driver lacks the generic address space of OpenCL 2.0, which ILGPU needs (PoCL has it from version 4.0).";
        return null;
    }

    private static Finding Nothing(string reason)
        => Finding.Unusable(new DeviceCandidate(IlgpuKinds.OpenCL.Name, "no OpenCL device", IlgpuKinds.OpenCL, false, 0, false, reason));
}
