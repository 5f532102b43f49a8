using System.Runtime.InteropServices;

namespace BasinVolume.Kernels.Mpi;

/// <summary>
/// Loads a library so that what is loaded after it can use its names: the parts of Open MPI are libraries that it loads itself, and they look for its names
/// among those that everybody sees.
/// </summary>
internal static unsafe class NativeFile
{
    // <dlfcn.h> of Linux. Every name is bound at once, so that a library that lacks one is refused here and not in the middle of the work.
    private const int Now = 2, Global = 0x100;

    private static readonly string[] Loaders = ["libc.so.6", "libdl.so.2"];

    /// <summary>Loads a library; it stays for as long as the process runs.</summary>
    /// <param name="name">A path, or a name that the system's loader looks for.</param>
    /// <param name="handle">What names are found by.</param>
    /// <returns>Why it cannot be loaded; null if it is.</returns>
    public static string? TryLoad(string name, out nint handle)
    {
        if (OperatingSystem.IsLinux() && Find("dlopen") is var open and not 0 && Find("dlerror") is var error and not 0)
            return Open((delegate* unmanaged<nint, int, nint>)open, (delegate* unmanaged<nint>)error, name, out handle);
        return NativeLibrary.TryLoad(name, out handle) ? null : "it cannot be loaded";
    }

    private static string? Open(delegate* unmanaged<nint, int, nint> open, delegate* unmanaged<nint> error, string name, out nint handle)
    {
        nint text = Marshal.StringToCoTaskMemUTF8(name);
        try
        {
            handle = open(text, Now | Global);
            if (handle != 0)
                return null;
            string reason = Marshal.PtrToStringUTF8(error()) ?? "it cannot be loaded";
            // The system's own sentence begins with the name that was asked for.
            return reason.StartsWith($"{name}: ", StringComparison.Ordinal) ? reason[(name.Length + 2)..] : reason;
        }
        finally
        {
            Marshal.FreeCoTaskMem(text);
        }
    }

    private static nint Find(string name)
    {
        foreach (string loader in Loaders)
        {
            if (NativeLibrary.TryLoad(loader, out nint handle) && NativeLibrary.TryGetExport(handle, name, out nint address))
                return address;
        }

        return 0;
    }
}
