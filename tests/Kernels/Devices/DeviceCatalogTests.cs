using BasinVolume.Gpu.Devices;
using BasinVolume.Gpu.Ilgpu;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Kernels.Tests.Devices;

public sealed class DeviceCatalogTests
{
    [Fact]
    public void The_list_has_a_line_for_each_way_to_devices_and_one_that_auto_takes()
    {
        IReadOnlyList<DeviceCandidate> list = DeviceCatalog.List();
        Assert.All(
            [HostDevice.Kind, IlgpuKinds.Simulator, IlgpuKinds.OpenCL, IlgpuKinds.Cuda], kind => Assert.Contains(list, candidate => candidate.Kind == kind));
        Assert.All(list, candidate => Assert.NotEmpty(candidate.Reason));
        Assert.Single(list, candidate => candidate.Reason.Contains("`auto` takes it", StringComparison.Ordinal));
        Assert.Equal(list.Count, list.Select(candidate => candidate.Spec).Distinct().Count());
    }

    [Fact]
    public void What_may_be_asked_for_is_said()
    {
        Assert.Equal(["auto", "cpu", "ilgpu-cpu", "opencl", "cuda"], DeviceCatalog.Specs);
        Assert.Equal("cpu, ilgpu-cpu, opencl[:i], cuda[:i] or auto", DeviceCatalog.Usage);
    }

    [Fact]
    public void An_unknown_device_is_refused_with_those_that_exist()
    {
        var e = Assert.Throws<DeviceException>(() => DeviceCatalog.Open("abacus", threads: 1));
        Assert.Contains("abacus", e.Message, StringComparison.Ordinal);
        Assert.Contains("ilgpu-cpu", e.Message, StringComparison.Ordinal);
        Assert.Contains("auto", e.Message, StringComparison.Ordinal);
        Assert.Throws<DeviceException>(() => DeviceCatalog.Open("opencl:99", threads: 1));
    }

    [Fact]
    public void A_device_that_cannot_be_used_is_refused_with_the_reason_in_the_list()
    {
        DeviceCandidate? candidate = DeviceCatalog.List().FirstOrDefault(device => !device.Usable);
        Assert.SkipWhen(candidate is null, "Every device here can be used.");
        var e = Assert.Throws<DeviceException>(() => DeviceCatalog.Open(candidate!.Spec, threads: 1));
        Assert.Contains(candidate!.Reason, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_simulator_opens_under_its_name()
    {
        using Device device = DeviceCatalog.Open(" ILGPU-CPU ", threads: 1);
        Assert.Equal(IlgpuKinds.Simulator, device.Description.Kind);
        Assert.True(device.Description.SupportsDouble);
    }
}
