using System.Globalization;

namespace BasinVolume.Mnist.Limits;

/// <summary>
/// How much memory the system lets the program have. Where the runtime itself does not get what it asks for, between two instructions of this program, it
/// ends the process. So that this is not left to chance there must be enough for the runtime and the libraries, and the heap gets a limit of its own within
/// what remains: an array that does not fit is then an exception, and jobs see how much they may plan with.
/// </summary>
/// <param name="limits">What the system allows.</param>
/// <param name="processors">How many processors the runtime has threads for.</param>
internal sealed class Memory(SystemLimits limits, int processors)
{
    private const long MiB = 1L << 20;

    // Beyond so many processors nobody has measured what more threads take.
    private const int MostProcessors = 32;

    // What small jobs have of the heap, with room.
    private const long SmallHeap = 64 * MiB;

    // Measured with two processors, and a fifth more. The runtime reserves half of the addresses for the heap and 2 GiB for code; each thread takes 8 MiB for
    // its stack and up to 128 for what libraries allocate in it.
    private long AddressesNeeded => (4224 + (160L * Threads)) * MiB;

    // Measured likewise: the smallest jobs hold 180 MiB that can be written to, of which the heap has 40.
    private long DataNeeded => (224 + (16L * Threads)) * MiB;

    private int Threads => Math.Min(processors, MostProcessors);

    /// <summary>One sentence if there may be too little; else null.</summary>
    public string? Shortage => Of(limits.Addresses, AddressesNeeded, "of addresses", 'v') ?? Of(limits.Data, DataNeeded, "of memory", 'd');

    /// <summary>What the heap may have, in bytes; null where there is no limit.</summary>
    public long? Heap
    {
        get
        {
            long most = Math.Min(limits.Addresses / 5 * 2 ?? long.MaxValue, limits.Data - DataNeeded + SmallHeap ?? long.MaxValue);
            return most == long.MaxValue ? null : most;
        }
    }

    /// <summary>Tells the collector of garbage what the heap may have.</summary>
    public void LimitHeap()
    {
        if (Heap is { } most)
            HeapLimit.Lower(most);
    }

    private static string? Of(long? most, long needed, string what, char letter) => most is null || most >= needed
        ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"Only {most / MiB} MiB {what} may be used here, and the runtime with this program's libraries needs {needed / MiB} MiB before it computes; "
            + $"allow them with 'ulimit -{letter} {needed >> 10}', and run it again.");
}
