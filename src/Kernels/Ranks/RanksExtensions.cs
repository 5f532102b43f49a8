using System.Runtime.InteropServices;
using System.Text;

namespace BasinVolume.Kernels.Ranks;

/// <summary>What ranks exchange besides sums. All make these calls, in the same order.</summary>
public static class RanksExtensions
{
    /// <summary>The least of the numbers that the ranks have, the same for all.</summary>
    public static double Least(this IRanks ranks, double mine)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        double least = double.PositiveInfinity;
        for (int rank = 0; rank < ranks.Count; rank++)
        {
            double[] value = [mine];
            ranks.Broadcast(value, rank);
            least = Math.Min(least, value[0]);
        }

        return least;
    }

    /// <summary>The texts that the ranks have, in the order of the ranks, the same for all.</summary>
    public static string[] Texts(this IRanks ranks, string mine)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        return [.. Enumerable.Range(0, ranks.Count).Select(rank => ranks.Text(mine, rank))];
    }

    /// <summary>The text of one rank, for all.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="mine">This rank's text; that of the others says nothing.</param>
    /// <param name="rank">Whose text it is.</param>
    public static string Text(this IRanks ranks, string mine, int rank) => Encoding.UTF8.GetString(ranks.Bytes(Encoding.UTF8.GetBytes(mine), rank));

    /// <summary>The bytes of one rank, for all.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="mine">This rank's bytes; those of the others say nothing.</param>
    /// <param name="rank">Whose bytes they are.</param>
    public static byte[] Bytes(this IRanks ranks, byte[] mine, int rank)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        ArgumentNullException.ThrowIfNull(mine);
        double[] length = [mine.Length];
        ranks.Broadcast(length, rank);
        // The bytes as they are, in numbers that nobody computes with.
        var numbers = new double[((int)length[0] + sizeof(double) - 1) / sizeof(double)];
        Span<byte> room = MemoryMarshal.AsBytes(numbers.AsSpan());
        if (rank == ranks.Rank)
            mine.CopyTo(room);
        ranks.Broadcast(numbers, rank);
        return room[..(int)length[0]].ToArray();
    }

    /// <summary>What rank 0 says, for all.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="mine">What this rank would say.</param>
    public static bool OfFirst(this IRanks ranks, bool mine)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        double[] said = [mine ? 1 : 0];
        ranks.Broadcast(said, 0);
        return said[0] != 0;
    }

    /// <summary>Waits until rank 0 is here.</summary>
    public static void AwaitFirst(this IRanks ranks)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        ranks.Broadcast(new double[1], 0);
    }
}
