using System.Reflection;
using BasinVolume.Gpu.Ilgpu;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Gpu.Devices;

/// <summary>What devices there are on this machine, and the way to open one.</summary>
public static class DeviceCatalog
{
    /// <summary>The version of ILGPU, through which every device but the processor's own is reached.</summary>
    public static string IlgpuVersion { get; } = typeof(ILGPU.Context).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    private const string Automatic = "auto";

    /// <summary>All devices, and the ways to devices that lead nowhere, in the order in which <c>auto</c> prefers them. Never throws.</summary>
    public static IReadOnlyList<DeviceCandidate> List()
    {
        List<Finding> findings = Find();
        Finding taken = Best(findings);
        return [.. findings.Select(finding => finding == taken ? Praise(finding.Candidate) : finding.Candidate)];
    }

    /// <summary>Opens a device.</summary>
    /// <param name="spec"><c>cpu</c>, <c>ilgpu-cpu</c>, <c>opencl</c>, <c>opencl:1</c>, <c>cuda</c>, <c>cuda:1</c>; or <c>auto</c>: CUDA, then an OpenCL GPU, then <c>cpu</c>. Without a number the first that can be used.</param>
    /// <param name="threads">Threads of the <c>cpu</c> device; others ignore it.</param>
    /// <exception cref="DeviceException">There is no such device, or it cannot be used; the message says which there are.</exception>
    public static Device Open(string spec, int threads)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        List<Finding> findings = Find();
        string wanted = spec.Trim().ToLowerInvariant();
        return (wanted == Automatic ? Best(findings) : Select(findings, wanted)).Open(threads);
    }

    private static List<Finding> Find() => [.. Guarded(CudaDiscovery.Find, "cuda", DeviceKind.Cuda), .. Guarded(OpenCLDiscovery.Find, "opencl", DeviceKind.OpenCL), Cpu(), Simulator()];

    // A broken driver must not keep the others from being listed.
    private static IReadOnlyList<Finding> Guarded(Func<IReadOnlyList<Finding>> find, string spec, DeviceKind kind)
    {
        try
        {
            return find();
        }
        catch (Exception e)
        {
            return [Finding.Unusable(new DeviceCandidate(spec, $"no {kind} device", kind, false, 0, false, $"looking for devices failed: {e.Message}"))];
        }
    }

    private static Finding Cpu()
    {
        string name = $"this machine's processor ({Environment.ProcessorCount} threads)";
        var candidate = new DeviceCandidate("cpu", name, DeviceKind.Cpu, true, HostMemory.Bytes(), true, "host kernels on vector instructions and threads: always there.");
        return new Finding(candidate, Finding.Cpu, threads => new HostDevice(threads));
    }

    private static Finding Simulator()
    {
        const string Reason = "a simulator of a GPU, for tests of the GPU kernels: deterministic and very slow. `auto` never takes it.";
        var candidate = new DeviceCandidate("ilgpu-cpu", "ILGPU's CPU accelerator", DeviceKind.IlgpuCpu, true, HostMemory.Bytes(), true, Reason);
        return new Finding(candidate, Finding.Never, threads => IlgpuDevice.OpenSimulator(threads));
    }

    // The first of the lowest rank; the cpu is always among them.
    private static Finding Best(List<Finding> findings) => findings.MinBy(finding => finding.Rank)!;

    private static DeviceCandidate Praise(DeviceCandidate candidate)
    {
        string why = candidate.Kind == DeviceKind.Cpu ? "no GPU can be used" : "first in the order CUDA, OpenCL GPU, cpu";
        return candidate with { Reason = $"{candidate.Reason} `auto` takes it: {why}." };
    }

    private static Finding Select(List<Finding> findings, string wanted)
    {
        Finding? exact = findings.Find(finding => finding.Candidate.Spec == wanted);
        if (exact is not null)
            return exact;
        List<Finding> ofKind = findings.FindAll(finding => finding.Candidate.Spec.StartsWith($"{wanted}:", StringComparison.Ordinal));
        if (ofKind.Count > 0)
            return ofKind.MinBy(finding => finding.Candidate.Usable ? finding.Rank : long.MaxValue)!;
        string known = string.Join(", ", findings.Where(finding => finding.Candidate.Usable).Select(finding => finding.Candidate.Spec));
        throw new DeviceException($"There is no device \"{wanted}\" here. Known are {known} and {Automatic}.");
    }
}
