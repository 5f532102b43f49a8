using System.Reflection;
using BasinVolume.Kernels.Devices;
using BasinVolume.Kernels.Ilgpu;
using ILGPU.Runtime.OpenCL;

namespace BasinVolume.Kernels.Tests.Devices;

/// <summary>
/// PoCL: OpenCL on the processor, the way to test the OpenCL path without a GPU. Versions before 4.0 lack the generic address space and ILGPU refuses them;
/// our kernels do not need it, so that the tests overrule the refusal, by reflection. The product does not.
/// </summary>
internal static class PoclDevice
{
    public const string Absence = "PoCL is not installed (Debian: pocl-opencl-icd and ocl-icd-libopencl1).";

    public static Device? TryOpen()
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
        PropertyInfo capability = typeof(CLCapabilityContext).GetProperty(nameof(CLCapabilityContext.GenericAddressSpace))!;
        capability.SetValue(found[0].Capabilities, true);
        return IlgpuDevice.Open(DeviceKind.OpenCL, found[0]);
    }
}
