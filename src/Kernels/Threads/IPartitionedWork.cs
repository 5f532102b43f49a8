namespace BasinVolume.Kernels.Threads;

/// <summary>
/// Work that falls into numbered parts which may run in any order and at the same time. The parts must not depend on
/// how many threads there are: that is what makes results the same for any number of them.
/// </summary>
public interface IPartitionedWork
{
    /// <summary>Does part number <paramref name="part"/>, counted from 0.</summary>
    /// <param name="part">0 … parts − 1.</param>
    void Run(int part);
}
