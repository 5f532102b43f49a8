using System.Runtime.InteropServices;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Kernels.Tests.Host;

/// <summary>The collector's memory among the mappings of a process, and the pages that it has.</summary>
public sealed class LargePagesTests
{
    // Lines of a real list: the collector's memory in three mappings, a hole behind it, a library.
    private static readonly string[] Mappings =
    [
        "55d0a0000000-55d0a0010000 r-xp 00000000 fd:01 1234 /usr/bin/dotnet",
        "7fb485800000-7fb485811000 rw-p 00000000 00:00 0 ",
        "7fb485811000-7fb485c01000 ---p 00000000 00:00 0 ",
        "7fb485c01000-7fc048000000 ---p 00000000 00:00 0",
        "7fc060b60000-7fc0dde00000 ---p 00000000 00:00 0",
        "7fc0dde00000-7fc0ddf00000 r--p 00000000 fd:01 1235 /usr/lib/libc.so.6",
        "7fc0ddf00000-7fc0ddf10000 rw-p 00000000 00:00 0",
    ];

    [Theory]
    [InlineData(0x7fb485800010, 0x7fb485800000, 0x7fc048000000)]
    [InlineData(0x7fb485c01000, 0x7fb485800000, 0x7fc048000000)]
    [InlineData(0x7fc060b60000, 0x7fc060b60000, 0x7fc0dde00000)]
    [InlineData(0x7fc0ddf0ffff, 0x7fc0ddf00000, 0x7fc0ddf10000)]
    [InlineData(0x7fc048000000, 0, 0)]
    [InlineData(0x7fc0dde00000, 0, 0)]
    [InlineData(0x55d0a0000000, 0, 0)]
    [InlineData(0x10, 0, 0)]
    public void The_stretch_around_an_address_has_no_hole_and_no_file(long address, long start, long end)
        => Assert.Equal(((nuint)start, (nuint)end), LargePages.Around((nuint)address, Mappings));

    // "hg" is the flag of a mapping whose pages may be large (Linux, Documentation/filesystems/proc.rst).
    [Fact]
    public void The_heap_has_large_pages_where_the_system_has_them_for_whoever_asks()
    {
        Assert.SkipUnless(LargePages.AskFor(), "The system has no large pages for whoever asks.");
        var pinned = GCHandle.Alloc(new byte[1], GCHandleType.Pinned);
        string address = pinned.AddrOfPinnedObject().ToString("x");
        pinned.Free();
        string[] lines = File.ReadAllLines("/proc/self/smaps");
        int mapping = Array.FindIndex(lines, line => IsIn(address, line));
        Assert.Contains(" hg", lines.Skip(mapping).First(line => line.StartsWith("VmFlags:", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static bool IsIn(string address, string line)
    {
        string[] ends = line.Split(' ')[0].Split('-');
        return ends.Length == 2 && ends[0].Length == address.Length
            && string.CompareOrdinal(ends[0], address) <= 0 && string.CompareOrdinal(address, ends[1]) < 0;
    }
}
