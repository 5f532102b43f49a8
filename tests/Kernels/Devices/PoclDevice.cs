using BasinVolume.Gpu.Devices;
using BasinVolume.Gpu.Ilgpu;
using ILGPU.Runtime.OpenCL;

namespace BasinVolume.Kernels.Tests.Devices;

/// <summary>
/// PoCL: OpenCL on the processor, the way to test the OpenCL path without a GPU. Versions before 4.0 lack the generic address space and ILGPU refuses them;
/// our kernels do not need it, so that the tests overrule the refusal, by reflection. The product does not.
/// </summary>
internal static class PoclDevice
{
    public const string Absence = "PoCL is not installed (Debian: pocl-opencl-icd and ocl-icd-libopencl1).";

    public static Device? TryOpen() => TryOpen(new() { [nameof(CLCapabilityContext.GenericAddressSpace)] = true });

    /// <summary>The same device as if it had no double precision, which OpenCL leaves to the maker.</summary>
    public static Device? TryOpenWithoutDouble() => TryOpen(new()
    {
        [nameof(CLCapabilityContext.GenericAddressSpace)] = true,
        [nameof(CLCapabilityContext.Float64)] = false,
    });

    private static IlgpuDevice? TryOpen(Dictionary<string, bool> capabilities)
    {
        if (!NativeLibraries.HasOpenCL())
            return null;
        var found = new List<CLDevice>();
        CLDevice.GetDevices(device =>
        {
            if (device.PlatformName.Contains("Portable Computing Language", StringComparison.OrdinalIgnoreCase))
                found.Add(device);
            return false;
        });
        if (found.Count == 0)
            return null;
        foreach ((string capability, bool value) in capabilities)
            typeof(CLCapabilityContext).GetProperty(capability)!.SetValue(found[0].Capabilities, value);
        return IlgpuDevice.Open(IlgpuKinds.OpenCL, found[0], threads: 1);
    }
}
