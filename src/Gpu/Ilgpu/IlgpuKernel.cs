using BasinVolume.Kernels;
using ILGPU;
using ILGPU.Runtime;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>A kernel built for one device. Holding it keeps it built: ILGPU's own cache is weak.</summary>
/// <typeparam name="TArguments">The struct of views and sizes that the kernel takes.</typeparam>
internal sealed class IlgpuKernel<TArguments>(IlgpuDevice device, string name, Action<AcceleratorStream, Index1D, TArguments> launch)
    where TArguments : struct
{
    // ILGPU rounds the number of threads up to whole groups in 32 bits.
    private const int MostThreads = int.MaxValue - 4096;

    /// <summary>Starts one thread for each index below <paramref name="threads"/>, and does not wait for them. Allocates nothing of ours.</summary>
    public void Launch(long threads, in TArguments arguments)
    {
        if (threads == 0)
            return;
        if (threads > MostThreads)
            throw new DeviceException(
                $"The kernel {name} was asked for {threads} elements at once; a launch holds at most {MostThreads}. "
                + $"Take fewer samples or directions at a time.");
        try
        {
            device.Accelerator.Bind();
            launch(device.Accelerator.DefaultStream, (int)threads, arguments);
        }
        catch (AcceleratorException e)
        {
            throw new DeviceException($"The kernel {name} could not be started on {device.Description.Name}: {e.Message}", e);
        }
    }
}
