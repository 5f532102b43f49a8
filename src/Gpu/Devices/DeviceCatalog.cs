using System.Reflection;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Gpu.Devices;

/// <summary>What devices there are on this machine, and the way to open one.</summary>
public static class DeviceCatalog
{
    /// <summary>The version of ILGPU, through which every device but the processor's own is reached.</summary>
    public static string IlgpuVersion
        => typeof(ILGPU.Context).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    private const string Automatic = "auto";

    // In the order in which `auto` prefers them. A new kind of device is a line here.
    private static readonly DeviceWay[] Ways = [CudaDiscovery.Way, OpenCLDiscovery.Way, ProcessorDiscovery.Way, SimulatorDiscovery.Way];

    // What every machine has comes first, then cards, those that `auto` prefers last.
    private static readonly DeviceWay[] Shown = [.. Ways.Where(way => !way.IsNumbered), .. Ways.Where(way => way.IsNumbered).Reverse()];

    /// <summary>What may be asked for, without numbers: <c>auto</c>, and each kind of device.</summary>
    public static IReadOnlyList<string> Specs { get; } = [Automatic, .. Shown.Select(way => way.Kind.Name)];

    /// <summary>The same for a sentence: "cpu, …, cuda[:i] or auto".</summary>
    public static string Usage { get; } = $"{string.Join(", ", Shown.Select(way => way.Usage))} or {Automatic}";

    /// <summary>All devices, and the ways to devices that lead nowhere, in the order in which <c>auto</c> prefers them. Never throws.</summary>
    public static IReadOnlyList<DeviceCandidate> List()
    {
        List<Finding> findings = Find();
        Finding taken = Best(findings);
        return [.. findings.Select(finding => finding == taken ? Praise(finding.Candidate) : finding.Candidate)];
    }

    /// <summary>Opens a device.</summary>
    /// <param name="spec">
    /// <c>cpu</c>, <c>ilgpu-cpu</c>, <c>opencl</c>, <c>opencl:1</c>, <c>cuda</c>, <c>cuda:1</c>; or <c>auto</c>: CUDA, then an OpenCL GPU, then <c>cpu</c>.
    /// Without a number the first that can be used.
    /// </param>
    /// <param name="threads">Threads of the <c>cpu</c> device; others ignore it.</param>
    /// <exception cref="DeviceException">There is no such device, or it cannot be used; the message says which there are.</exception>
    /// <example>
    /// <code>
    /// using Device best = DeviceCatalog.Open("auto", Environment.ProcessorCount);   // a GPU if one can be used, else the processor
    /// using var there = LossCurvature.On&lt;double&gt;(best, network, weights, samples);
    /// </code>
    /// </example>
    public static Device Open(string spec, int threads)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        List<Finding> findings = Find();
        string wanted = spec.Trim().ToLowerInvariant();
        return (wanted == Automatic ? Best(findings) : Select(findings, wanted)).Open(threads);
    }

    private static List<Finding> Find() => [.. Ways.SelectMany(way => way.Find())];

    // The processor is always among them.
    private static Finding Best(List<Finding> findings) => findings.First(finding => finding.IsAutomatic);

    private static DeviceCandidate Praise(DeviceCandidate candidate)
    {
        string why = candidate.Kind == HostDevice.Kind ? "no GPU can be used" : "first in the order CUDA, OpenCL GPU, cpu";
        return candidate with { Reason = $"{candidate.Reason} `auto` takes it: {why}." };
    }

    private static Finding Select(List<Finding> findings, string wanted)
    {
        Finding? exact = findings.Find(finding => finding.Candidate.Spec == wanted);
        if (exact is not null)
            return exact;
        List<Finding> ofKind = findings.FindAll(finding => finding.Candidate.Spec.StartsWith($"{wanted}:", StringComparison.Ordinal));
        if (ofKind.Count > 0)
            return ofKind.Find(finding => finding.IsAutomatic) ?? ofKind.Find(finding => finding.Candidate.Usable) ?? ofKind[0];
        string known = string.Join(", ", findings.Where(finding => finding.Candidate.Usable).Select(finding => finding.Candidate.Spec));
        throw new DeviceException($"There is no device \"{wanted}\" here. Known are {known} and {Automatic}.");
    }
}
