namespace BasinVolume.Benchmarks.Cluster;

/// <summary>
/// A sum over samples that several processes share, as the library cuts it. N samples are S shards: the largest power of two, at most 64, that leaves each at
/// least so many samples. Rank r of P has the shards from ⌊S r/P⌋ to ⌊S (r + 1)/P⌋; it adds them up to the roots of the largest whole subtrees that they are,
/// and sends these to rank 0, which receives one after the other, adds them, and sends the total to all.
/// <code>
/// T(P) = t · max samples of a rank + R · (M/B + 3 M/m) + 2 (P − 1)/P · M/B,   T(1) = t N
/// </code>
/// R is the number of roots of all ranks but rank 0, M the bytes of a sum, B the link's bytes in a second, and m those of memory, of which an addition moves
/// three for one. The last term is what MPI's broadcast of a long message takes: scattered first, then gathered by all.
/// </summary>
/// <param name="Name">What it is.</param>
/// <param name="SecondsPerSample">t, measured on one node.</param>
/// <param name="Bytes">M.</param>
/// <param name="LeastSamples">The fewest samples of a shard.</param>
internal sealed record SharedWork(string Name, double SecondsPerSample, double Bytes, int LeastSamples)
{
    private const int MostShards = 64;

    /// <summary>m: an addition of two triangles of 11.7 MB, one of them new, took 1.25 ms on one core of Zen 3.</summary>
    public const double MemoryRate = 28e9;

    /// <summary>Into how many shards samples are cut.</summary>
    public int Shards(long samples)
    {
        int shards = MostShards;
        while (shards > 1 && samples < (long)shards * LeastSamples)
            shards /= 2;
        return shards;
    }

    /// <summary>The seconds that so many nodes need.</summary>
    /// <param name="samples">N.</param>
    /// <param name="nodes">P.</param>
    /// <param name="link">B.</param>
    public double Seconds(long samples, int nodes, double link)
    {
        int shards = Shards(samples), roots = 0;
        long most = 0;
        for (int rank = 0; rank < nodes; rank++)
        {
            int first = Share(shards, rank, nodes), end = Share(shards, rank + 1, nodes);
            most = Math.Max(most, (samples * end / shards) - (samples * first / shards));
            roots += rank == 0 ? 0 : Roots(first, end);
        }

        double sending = Bytes / link;
        return (SecondsPerSample * most) + (roots * (sending + (3 * Bytes / MemoryRate))) + (2.0 * (nodes - 1) / nodes * sending);
    }

    /// <summary>How much of P nodes is used: T(1)/(P T(P)) for the same samples.</summary>
    public double StrongEfficiency(long samples, int nodes, double link) => Seconds(samples, 1, link) / (nodes * Seconds(samples, nodes, link));

    /// <summary>The same where each node brings its own samples: T(1) for its samples over T(P) for all.</summary>
    public double WeakEfficiency(long samplesOfNode, int nodes, double link) => Seconds(samplesOfNode, 1, link) / Seconds(samplesOfNode * nodes, nodes, link);

    /// <summary>The number of nodes, up to so many, that takes the least time.</summary>
    public int Fastest(long samples, int mostNodes, double link)
        => Enumerable.Range(1, mostNodes).MinBy(nodes => Seconds(samples, nodes, link));

    /// <summary>The largest whole subtrees that consecutive shards are.</summary>
    public static int Roots(int first, int end)
    {
        int roots = 0;
        for (int shard = first; shard < end; roots++)
        {
            int size = 1;
            while (shard % (2 * size) == 0 && shard + (2 * size) <= end)
                size *= 2;
            shard += size;
        }

        return roots;
    }

    private static int Share(int count, int share, int shares) => (int)((long)count * share / shares);
}
