using BasinVolume.Kernels.Host;

namespace BasinVolume.Kernels.Tests.Host;

public sealed class HostMemoryTests
{
    [Fact]
    public void What_is_held_is_not_free()
    {
        Assert.InRange(HostMemory.FreeBytes(), 1, HostMemory.Bytes() - GC.GetTotalMemory(forceFullCollection: false));
        // Not more than Linux leaves to others, but for what they take and give back meanwhile.
        if (File.Exists("/proc/meminfo"))
            Assert.True(HostMemory.FreeBytes() < HostMemory.Available(File.ReadLines("/proc/meminfo")) + (1L << 30));
    }

    [Fact]
    public void The_systems_account_is_read_in_bytes()
    {
        Assert.Equal(3L * 1024, HostMemory.Available(["MemTotal:       8 kB", "MemAvailable:       3 kB"]));
        Assert.Null(HostMemory.Available(["MemTotal:       8 kB"]));
        Assert.Null(HostMemory.Available(["MemAvailable:  much"]));
    }
}
