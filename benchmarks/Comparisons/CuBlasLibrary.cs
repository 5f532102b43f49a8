using System.Reflection;
using System.Runtime.InteropServices;
using ILGPU.Runtime.Cuda;

namespace BasinVolume.Benchmarks.Comparisons;

/// <summary>
/// Finds cuBLAS for ILGPU.Algorithms 1.5.3, which asks for versions 10 to 12: version 13 has the same functions, and takes the place of 12 where that is not
/// there.
/// </summary>
internal static class CuBlasLibrary
{
    private const string Known = "12";
    private const string Newer = "13";

    private static readonly Lazy<bool> Registered = new(() =>
    {
        NativeLibrary.SetDllImportResolver(typeof(CuBlas).Assembly, Resolve);
        return true;
    });

    /// <summary>Call before ILGPU's first look at cuBLAS.</summary>
    public static void Register() => _ = Registered.Value;

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (!name.Contains("cublas", StringComparison.Ordinal) || !name.Contains(Known, StringComparison.Ordinal))
            return IntPtr.Zero; // the usual search
        if (NativeLibrary.TryLoad(name, assembly, path, out IntPtr handle))
            return handle;
        NativeLibrary.TryLoad(name.Replace(Known, Newer, StringComparison.Ordinal), assembly, path, out handle);
        return handle;
    }
}
