using BasinVolume.Kernels;
using ILGPU;
using ILGPU.Runtime;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>A kernel whose threads work in groups, built for one device.</summary>
/// <typeparam name="TArguments">The struct of views and sizes that the kernel takes.</typeparam>
internal sealed class IlgpuGroupKernel<TArguments>(IlgpuDevice device, string name, int threads, Action<AcceleratorStream, KernelConfig, TArguments> launch)
    where TArguments : struct
{
    /// <summary>Starts so many groups, and does not wait for them. Allocates nothing of ours.</summary>
    public void Launch(long groups, in TArguments arguments)
    {
        if (groups == 0)
            return;
        if (groups * threads > int.MaxValue)
            throw new DeviceException(
                $"The kernel {name} was asked for {groups} groups of {threads} threads at once; a launch holds at most {int.MaxValue} threads. "
                + $"Take fewer samples or directions at a time.");
        try
        {
            device.Accelerator.Bind();
            launch(device.Accelerator.DefaultStream, new KernelConfig((int)groups, threads), arguments);
        }
        catch (AcceleratorException e)
        {
            throw new DeviceException($"The kernel {name} could not be started on {device.Description.Name}: {e.Message}", e);
        }
    }
}
