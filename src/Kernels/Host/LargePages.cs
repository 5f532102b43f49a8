using System.Globalization;
using System.Runtime.InteropServices;

namespace BasinVolume.Kernels.Host;

/// <summary>
/// Memory in large pages. Each page that is touched for the first time costs microseconds, more on a virtual machine, and the matrices of a run have tens of
/// thousands of pages of 4 KiB. Linux gives pages of 2 MiB to whoever asks for them (transparent huge pages); the collector of .NET asks for none, so they are
/// asked for here, for all that it has reserved. Nothing depends on it but time and memory: what is allocated and not touched takes some as well, so it is for
/// programs of large dense matrices.
/// </summary>
public static partial class LargePages
{
    private const string Policy = "/sys/kernel/mm/transparent_hugepage/enabled", Mappings = "/proc/self/maps";

    // Where the policy is another one, asking changes nothing.
    private const string ForWhoeverAsks = "[madvise]";

    // MADV_HUGEPAGE of Linux.
    private const int Wanted = 14;

    /// <summary>Asks for them for the heap of this process, once, where the system has them for whoever asks; elsewhere it does nothing.</summary>
    /// <returns>Whether the system has agreed.</returns>
    public static bool AskFor()
    {
        try
        {
            if (!OperatingSystem.IsLinux() || !File.Exists(Policy) || !File.ReadAllText(Policy).Contains(ForWhoeverAsks, StringComparison.Ordinal))
                return false;
            (nuint start, nuint end) = Around(AddressInHeap(), File.ReadAllLines(Mappings));
            return end > start && Advise(start, end - start, Wanted) == 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DllNotFoundException or EntryPointNotFoundException)
        {
            // Small pages do as well.
            return false;
        }
    }

    /// <summary>The stretch of memory without a gap and without a file that an address lies in, as Linux lists mappings; empty if it is in none.</summary>
    /// <param name="address">The address.</param>
    /// <param name="mappings">A line each, ascending: from-to in hexadecimal digits, rights, offset, device, number and name of a file.</param>
    internal static (nuint Start, nuint End) Around(nuint address, IEnumerable<string> mappings)
    {
        (nuint start, nuint end) = (0, 0);
        foreach (string mapping in mappings)
        {
            string[] words = mapping.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string[] ends = words[0].Split('-');
            nuint from = Read(ends[0]), to = Read(ends[1]);
            bool goesOn = words.Length < 6 && from == end;
            if (!goesOn && address >= start && address < end)
                break;
            (start, end) = (goesOn ? start : from, words.Length < 6 ? to : from);
        }

        return address >= start && address < end ? (start, end) : (0, 0);
    }

    private static nuint Read(string digits) => nuint.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static nuint AddressInHeap()
    {
        var pinned = GCHandle.Alloc(new byte[1], GCHandleType.Pinned);
        try
        {
            return (nuint)pinned.AddrOfPinnedObject();
        }
        finally
        {
            pinned.Free();
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(nuint start, nuint length, int advice);
}
