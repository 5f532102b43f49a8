using System.Numerics;
using BasinVolume.Kernels.Ranks;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels;

/// <summary>
/// Something that holds buffers and implements the vocabulary of <see cref="IKernels{T}"/>. Several threads may share a device, each with buffers and kernels
/// of its own (<see cref="Kernels"/>).
/// Kernels of one thread run in the order in which they were started; <see cref="View{T}.Read"/> waits for the kernels before it.
/// After its disposal a device, its kernels and whatever computes with them throw <see cref="ObjectDisposedException"/>.
/// </summary>
public abstract class Device : IDisposable
{
    /// <summary>A device with a team of the host's threads.</summary>
    /// <param name="threads">Threads of the team, at least 1.</param>
    protected Device(int threads) => Threads = new HostThreads(threads);

    /// <summary>The team of threads for what the host computes with the device's results, such as the sums of chunks in double.</summary>
    public HostThreads Threads { get; }

    /// <summary>The processes whose devices compute one answer together with this one; a process alone, unless it is set before any plan is made.</summary>
    public IRanks Ranks { get; set; } = OneRank.Alone;

    /// <summary>What this device is.</summary>
    public abstract DeviceDescription Description { get; }

    /// <summary>
    /// Bytes of its memory that are free now for this process, as far as its driver says; all of them where it does not. Of several processes it is the least
    /// that one of them has, for which they ask each other: what they do must not depend on what one machine has to spare.
    /// </summary>
    public long FreeMemoryBytes => (long)Ranks.Least(Description.Kind.Costs.SharesHostMemory ? OwnFreeMemoryBytes / Ranks.Neighbours : OwnFreeMemoryBytes);

    /// <summary>Reserves memory. Its content is arbitrary until written.</summary>
    /// <typeparam name="T">float, double or int.</typeparam>
    /// <param name="length">Number of elements, at least 0.</param>
    /// <exception cref="DeviceException">The device has not that much memory left, or lacks the type.</exception>
    public abstract DeviceBuffer<T> Allocate<T>(int length)
        where T : unmanaged;

    /// <summary>The vocabulary in one precision, for one thread at a time: whoever shares a device with others asks for kernels of their own.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <exception cref="DeviceException">The device cannot compute in <typeparamref name="T"/>; a narrower type is never taken instead.</exception>
    public abstract IKernels<T> Kernels<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>
    /// Frees everything the device holds; its buffers are invalid afterwards. Waits for the kernel that another thread has started; a second time does nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">A part of its own work calls it, which would have to wait for itself.</exception>
    public void Dispose()
    {
        Threads.Dispose();
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>What it is, for a person.</summary>
    public override string ToString() => Description.ToString();

    /// <summary>What is thrown by a device that is used after its disposal.</summary>
    protected ObjectDisposedException Closed() => new(GetType().Name, $"The device {Description.Name} was closed; open it anew, and what computes on it.");

    /// <summary>Bytes of its memory that are free now, as far as its driver says; all of them where it does not.</summary>
    protected abstract long OwnFreeMemoryBytes { get; }

    /// <summary>Frees everything the device holds.</summary>
    /// <param name="disposing">True when called by <see cref="Dispose()"/>.</param>
    protected abstract void Dispose(bool disposing);
}
