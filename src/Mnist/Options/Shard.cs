namespace BasinVolume.Mnist.Options;

/// <summary>Which part of how many a process computes.</summary>
/// <param name="Part">Which, from 1.</param>
/// <param name="Parts">How many there are.</param>
public sealed record Shard(int Part, int Parts)
{
    /// <summary>The most parts that work can be cut into.</summary>
    public const int MostParts = 1_000_000;

    /// <summary>As it is given: 3/16.</summary>
    public override string ToString() => FormattableString.Invariant($"{Part}/{Parts}");

    /// <summary>The part's share of a list: contiguous, and as large as the others' but for one element.</summary>
    /// <param name="count">Elements of the list.</param>
    public (int First, int End) Of(int count) => ((int)((long)count * (Part - 1) / Parts), (int)((long)count * Part / Parts));

    /// <summary>Reads one, I/K with 1 ≤ I ≤ K; null if it is none.</summary>
    public static Shard? Read(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return word.Split('/') is [var part, var parts] && Number.TryRead(part, out int i) && Number.TryRead(parts, out int k)
            && k is >= 1 and <= MostParts && i >= 1 && i <= k
            ? new(i, k)
            : null;
    }
}
