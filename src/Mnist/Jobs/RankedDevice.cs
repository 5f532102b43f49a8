using BasinVolume.Gpu.Devices;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Ranks;

namespace BasinVolume.Mnist.Jobs;

/// <summary>A device of each of several processes, on which they compute one answer.</summary>
internal static class RankedDevice
{
    /// <summary>Opens a device; all processes do.</summary>
    /// <param name="spec">Which one.</param>
    /// <param name="threads">Threads of the processor.</param>
    /// <param name="ranks">The processes.</param>
    /// <exception cref="DeviceException">There is no such device, or those of the processes are not of one kind.</exception>
    public static Device Open(string spec, int threads, IRanks ranks)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        Device device = DeviceCatalog.Open(spec, threads);
        try
        {
            string[] kinds = ranks.Texts(device.Description.Kind.Name);
            int other = Array.FindIndex(kinds, kind => kind != kinds[0]);
            if (other > 0)
                throw new DeviceException(
                    $"Rank 0 computes on {kinds[0]} and rank {other} on {kinds[other]}, and their roundings differ; "
                    + $"name with --device a kind that all have.");
            device.Ranks = ranks;
            return device;
        }
        catch
        {
            device.Dispose();
            throw;
        }
    }
}
