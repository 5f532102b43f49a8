namespace BasinVolume.Kernels.Host.Convolutions.Tiled;

/// <summary>
/// How samples are cut into blocks whose sums towards the weights are added in ascending order: a part is a block of one entry. Blocks are small, so that there
/// is work for many threads, or larger where there are very many samples.
/// </summary>
internal static class SampleBlocks
{
    /// <summary>Samples of a block if there are not very many in all.</summary>
    public const int LeastSamples = 8;

    private const int MostBlocks = 32;

    /// <summary>How many blocks there are; one that holds none if there are no samples.</summary>
    public static int Count(int samples) => Math.Max(1, (samples + Size(samples) - 1) / Size(samples));

    /// <summary>The entry of a part, and its samples.</summary>
    public static (int Entry, int First, int End) Of(int part, int samples)
    {
        (int entry, int block) = Math.DivRem(part, Count(samples));
        return (entry, block * Size(samples), Math.Min(samples, (block + 1) * Size(samples)));
    }

    private static int Size(int samples) => Math.Max(LeastSamples, (samples + MostBlocks - 1) / MostBlocks);
}
