using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Parts;

/// <summary>Does the parts of a kernel: on all threads if there is enough to do, otherwise on the caller's.</summary>
/// <param name="threads">The team.</param>
internal sealed class WorkSharing(HostThreads threads)
{
    // Below this many elementary operations, waking a thread costs more than it brings.
    private const long WorthSharing = 1 << 15;

    /// <summary>Does all parts.</summary>
    /// <typeparam name="TWork">The kind of work.</typeparam>
    /// <param name="operations">About how many elementary operations they take together.</param>
    /// <param name="parts">How many parts.</param>
    /// <param name="work">The work.</param>
    /// <exception cref="ObjectDisposedException">The threads have ended.</exception>
    public void Run<TWork>(long operations, int parts, TWork work)
        where TWork : struct, IPartitionedWork
    {
        if (operations >= WorthSharing)
        {
            threads.Run(parts, work);
            return;
        }

        threads.CheckRunning();
        for (int part = 0; part < parts; part++)
            work.Run(part);
    }
}
