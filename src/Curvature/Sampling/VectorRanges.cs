namespace BasinVolume.Curvature.Sampling;

/// <summary>
/// Where the vectors of each user of <see cref="NormalVectors"/> begin who may share a seed with others. Users that see each other's results must not see each
/// other's vectors: a probe that is a start vector of the recurrence whose space is taken out of it is no probe at all.
/// </summary>
internal static class VectorRanges
{
    /// <summary>Probes of traces on the sphere.</summary>
    public const ulong TraceProbes = 1UL << 40;

    /// <summary>What spans the rest of a small space for a trace.</summary>
    public const ulong TraceSpans = 2UL << 40;

    /// <summary>Signs for diagonals.</summary>
    public const ulong Signs = 3UL << 40;

    /// <summary>Probes of quadratures.</summary>
    public const ulong Quadratures = 5UL << 40;

    /// <summary>Directions that a block Lanczos recurrence begins with, and those that it takes where a space is exhausted.</summary>
    public const ulong LanczosBlocks = 6UL << 40;

    /// <summary>Directions that known zeros are checked with.</summary>
    public const ulong KnownZeros = 7UL << 40;
}
