using BasinVolume.Gpu.Ilgpu;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Gpu.Devices;

/// <summary>ILGPU's simulator of a GPU, which is always there.</summary>
internal static class SimulatorDiscovery
{
    public static DeviceWay Way { get; } = new(IlgpuKinds.Simulator, IsNumbered: false, Find);

    private static Finding[] Find()
    {
        const string Reason = "a simulator of a GPU, for tests of the GPU kernels: deterministic and very slow. `auto` never takes it.";
        var candidate = new DeviceCandidate(IlgpuKinds.Simulator.Name, "ILGPU's CPU accelerator", IlgpuKinds.Simulator, true, HostMemory.Bytes(), true, Reason);
        return [new(candidate, IsAutomatic: false, threads => IlgpuDevice.OpenSimulator(threads))];
    }
}
