using BasinVolume.Kernels.Host;

namespace BasinVolume.Gpu.Devices;

/// <summary>The processor by its own kernels, which is always there.</summary>
internal static class ProcessorDiscovery
{
    public static DeviceWay Way { get; } = new(HostDevice.Kind, IsNumbered: false, Find);

    private static Finding[] Find()
    {
        string name = $"this machine's processor ({Environment.ProcessorCount} threads)";
        var candidate = new DeviceCandidate(
            HostDevice.Kind.Name, name, HostDevice.Kind, true, HostMemory.Bytes(), true, "host kernels on vector instructions and threads: always there.");
        return [new(candidate, IsAutomatic: true, threads => new HostDevice(threads))];
    }
}
