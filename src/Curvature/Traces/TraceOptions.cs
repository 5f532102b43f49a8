namespace BasinVolume.Curvature.Traces;

/// <summary>How exactly a trace or a diagonal is wanted, and what it may cost.</summary>
/// <param name="RelativeTolerance">
/// Products end when the interval, rounding aside, is no wider than that of a normal number whose standard error is this share of |trace|; at least 0, which
/// takes all products or meets all of the matrix. There is no other floor than rounding: of a trace that cancels no tolerance is met, and the reason says so.
/// </param>
/// <param name="MaxProducts">Most products with a direction, at least 0.</param>
/// <param name="Seed">Of the random probes.</param>
/// <param name="MemoryBytes">
/// Most memory for vectors of n elements: two are kept for each probe, three for a diagonal by XDiag, and three blocks of
/// <see cref="TraceEstimate.BlockRows"/> are at work; null for no limit.
/// </param>
public sealed record TraceOptions(double RelativeTolerance, int MaxProducts, ulong Seed, long? MemoryBytes = null)
{
    // Directions, products, and what becomes of them.
    private const int BlocksAtWork = 3;

    /// <summary>How many vectors of n elements may be kept.</summary>
    internal int MostVectors(int order) => MemoryBytes is not { } bytes
        ? int.MaxValue
        : (int)Math.Clamp((bytes / sizeof(double) / Math.Max(1, order)) - (BlocksAtWork * ProbeSketch.BlockRows), 0, int.MaxValue);

    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    internal void Check()
    {
        if (!(RelativeTolerance >= 0 && double.IsFinite(RelativeTolerance)))
            throw new ArgumentOutOfRangeException(nameof(RelativeTolerance), RelativeTolerance, "A relative tolerance is a finite number of at least 0.");
        ArgumentOutOfRangeException.ThrowIfNegative(MaxProducts);
    }
}
