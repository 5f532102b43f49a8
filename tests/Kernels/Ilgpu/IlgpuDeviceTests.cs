using BasinVolume.Gpu.Ilgpu;
using BasinVolume.Kernels.Tests.Devices;
using ILGPU;

namespace BasinVolume.Kernels.Tests.Ilgpu;

public sealed class IlgpuDeviceTests
{
    [Fact]
    public void Double_is_refused_where_the_device_has_none_and_float_still_works()
    {
        using Device? device = PoclDevice.TryOpenWithoutDouble();
        Assert.SkipWhen(device is null, PoclDevice.Absence);
        Assert.False(device!.Description.SupportsDouble);
        Assert.Contains("double precision", Assert.Throws<DeviceException>(device.Kernels<double>).Message, StringComparison.Ordinal);
        Assert.Throws<DeviceException>(() => device.Allocate<double>(1));

        using DeviceBuffer<float> buffer = device.Allocate<float>(1);
        device.Kernels<float>().Fill(1, 2f, buffer.View);
        float[] value = new float[1];
        buffer.View.Read(value);
        Assert.Equal(2f, value[0]);
    }

    [Fact]
    public void Other_precisions_are_refused()
    {
        using var device = IlgpuDevice.OpenSimulator(threads: 1);
        Assert.Contains("Half", Assert.Throws<DeviceException>(device.Kernels<System.Half>).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kernel_that_cannot_be_built_is_named()
    {
        // A device of its own: a kernel that fails spoils the whole context.
        using var device = IlgpuDevice.OpenSimulator(threads: 1);
        var e = Assert.Throws<DeviceException>(() => device.Load<Arguments>(Unbuildable));
        Assert.Contains(nameof(Unbuildable), e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_buffer_of_another_device_is_refused()
    {
        using var device = IlgpuDevice.OpenSimulator(threads: 1);
        using var other = IlgpuDevice.OpenSimulator(threads: 1);
        using DeviceBuffer<float> buffer = other.Allocate<float>(1);
        Assert.Throws<ArgumentException>(() => device.Kernels<float>().Fill(1, 1f, buffer.View));
    }

    [Fact]
    public void A_closed_device_refuses_work_and_its_buffers_can_still_be_closed()
    {
        var device = IlgpuDevice.OpenSimulator(threads: 1);
        DeviceBuffer<float> buffer = device.Allocate<float>(1);
        device.Kernels<float>().Fill(1, 1f, buffer.View);
        device.Dispose();
        device.Dispose();
        buffer.Dispose();
        Assert.Throws<ObjectDisposedException>(device.Kernels<float>);
        Assert.Throws<ObjectDisposedException>(() => device.Allocate<float>(1));
    }

    [Fact]
    public void A_launch_beyond_32_bits_is_refused()
    {
        using var device = IlgpuDevice.OpenSimulator(threads: 1);
        using DeviceBuffer<float> buffer = device.Allocate<float>(1);
        IlgpuKernel<Arguments> kernel = device.Load<Arguments>(Idle);
        Assert.Contains("2147483648", Assert.Throws<DeviceException>(() => kernel.Launch(1L << 31, default)).Message, StringComparison.Ordinal);
    }

    internal static void Unbuildable(Index1D thread, Arguments arguments)
    {
        if (arguments.Value > thread)
            throw new InvalidOperationException();
    }

    internal static void Idle(Index1D thread, Arguments arguments)
    {
    }

    internal struct Arguments
    {
        public int Value;
    }
}
