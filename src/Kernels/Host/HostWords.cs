using BasinVolume.Kernels.Elementary;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host;

/// <summary>
/// The host's words for computations that have a team of threads and arrays of their own, and therefore need no device: linear algebra on host matrices.
/// </summary>
public static class HostWords
{
    /// <summary>The words in double, spoken by a team of threads, by one caller at a time: packed operands are kept from call to call. Other callers take words of their own; they may share the team.</summary>
    /// <param name="threads">The team; results do not depend on its size.</param>
    public static IKernels<double> Doubles(HostThreads threads)
    {
        ArgumentNullException.ThrowIfNull(threads);
        return new HostKernels<double, DoubleElementary>(threads);
    }

    /// <summary>All elements of an array as a view that the words take; the array is used, not copied.</summary>
    /// <param name="values">The elements.</param>
    public static View<double> Over(double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new HostBuffer<double>(values).View;
    }
}
