using System.Reflection;
using System.Runtime.InteropServices;
using ILGPU;

namespace BasinVolume.Gpu.Devices;

/// <summary>
/// Finds the drivers' libraries for ILGPU, which asks for the names that only development packages have (libOpenCL.so, libcuda.so), and knows whether they are
/// there:
/// to ILGPU a missing library is the same as a missing device.
/// </summary>
internal static class NativeLibraries
{
    // Where the subsystem for Linux on Windows keeps the driver; it is on no search path.
    private const string SubsystemCuda = "/usr/lib/wsl/lib/libcuda.so.1";

    private static readonly Lazy<bool> Registered = new(Register);

    /// <summary>What the OpenCL library is called on this system.</summary>
    public static string OpenCL => OperatingSystem.IsWindows() ? "OpenCL.dll" : OperatingSystem.IsMacOS() ? "OpenCL.framework" : "libOpenCL.so.1";

    /// <summary>What the CUDA driver's library is called on this system.</summary>
    public static string Cuda => OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";

    /// <summary>Whether the OpenCL library can be loaded. Call before ILGPU's first look at OpenCL.</summary>
    public static bool HasOpenCL() => Registered.Value && CanLoad(Candidates("OpenCL"));

    /// <summary>Whether the CUDA driver's library can be loaded. Call before ILGPU's first look at CUDA.</summary>
    public static bool HasCuda() => Registered.Value && CanLoad(Candidates("cuda"));

    private static bool Register()
    {
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(Context).Assembly, Resolve);
        }
        catch (InvalidOperationException)
        {
            // Somebody's program that uses us has its own way of finding the libraries: that one holds.
        }

        return true;
    }

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        foreach (string candidate in Candidates(name))
        {
            if (NativeLibrary.TryLoad(candidate, out IntPtr handle))
                return handle;
        }

        return IntPtr.Zero; // the usual search
    }

    private static string[] Candidates(string name) => name switch
    {
        "OpenCL" when OperatingSystem.IsLinux() => ["libOpenCL.so.1", "libOpenCL.so"],
        "cuda" when OperatingSystem.IsLinux() => [SubsystemCuda, "libcuda.so.1", "libcuda.so"],
        "OpenCL" when OperatingSystem.IsMacOS() => ["/System/Library/Frameworks/OpenCL.framework/OpenCL"],
        "OpenCL" when OperatingSystem.IsWindows() => ["OpenCL.dll"],
        "cuda" when OperatingSystem.IsWindows() => ["nvcuda.dll"],
        _ => [],
    };

    private static bool CanLoad(string[] candidates)
    {
        foreach (string candidate in candidates)
        {
            if (!NativeLibrary.TryLoad(candidate, out IntPtr handle))
                continue;
            NativeLibrary.Free(handle);
            return true;
        }

        return false;
    }
}
