using System.Diagnostics;
using BasinVolume.Gpu.Devices;
using BasinVolume.Gpu.Ilgpu;

[assembly: AssemblyFixture(typeof(BasinVolume.Kernels.Tests.Devices.TestDevices))]
// The devices are shared, and a device is used from one thread at a time.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace BasinVolume.Kernels.Tests.Devices;

/// <summary>The devices that every kernel is tested on, opened when first asked for and closed when all tests are done.</summary>
public sealed class TestDevices : IDisposable
{
    public const string Cpu = "cpu";
    public const string Simulator = "ilgpu-cpu";
    public const string Pocl = "pocl";
    public const string Cuda = "cuda";

    // For a run that looks at one device where it is missing: the rows of the others are those of any run.
    private static readonly string? Only = Environment.GetEnvironmentVariable("BASIN_VOLUME_TEST_DEVICE") is { Length: > 0 } name ? name : null;

    private static readonly Dictionary<string, Lazy<Device?>> All = new()
    {
        [Cpu] = new(() => DeviceCatalog.Open(Cpu, threads: 2)),
        [Simulator] = new(() => DeviceCatalog.Open(Simulator, threads: 1)),
        [Pocl] = new(PoclDevice.TryOpen),
        [Cuda] = new(TryOpenCuda),
    };

    public TestDevices()
    {
        // The default listener ends the process at a failed assertion, and ILGPU asserts on its own threads.
        Trace.Listeners.Clear();
        Trace.Listeners.Add(Failures);
    }

    /// <summary>
    /// One row for each device; PoCL has one even where it is not installed, so that what is not tested is said.
    /// CUDA cards are few and have none where there is none. Where the environment names one device, the others have none.
    /// </summary>
    public static TheoryData<string> Names => [.. All.Keys.Where(name => IsMeant(name) && (name != Cuda || All[name].Value is not null))];

    /// <summary>What ILGPU has asserted in vain, such as an index out of range in a kernel on the simulator.</summary>
    internal static AssertionLog Failures { get; } = new();

    /// <summary>The device of that name; without it the test is skipped.</summary>
    public static Device Get(string name)
    {
        Device? device = All[name].Value;
        Assert.SkipWhen(device is null, PoclDevice.Absence);
        return device!;
    }

    /// <summary>For a test that takes long on that device, or on one like it, and would say nothing else where one device alone is tested.</summary>
    internal static void SkipUnlessMeant(string name)
        => Assert.SkipUnless(IsMeant(name), $"BASIN_VOLUME_TEST_DEVICE asks for {Only}, and this is a test of {name}.");

    public void Dispose()
    {
        foreach (Lazy<Device?> device in All.Values)
        {
            if (device.IsValueCreated)
                device.Value?.Dispose();
        }
    }

    private static bool IsMeant(string name) => Only is null || name == Only;

    private static Device? TryOpenCuda()
        => DeviceCatalog.List().Any(candidate => candidate.Kind == IlgpuKinds.Cuda && candidate.Usable) ? DeviceCatalog.Open(Cuda, threads: 1) : null;
}
