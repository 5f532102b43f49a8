namespace BasinVolume.Curvature.Estimates;

/// <summary>How exactly a trace is wanted, and what it may cost.</summary>
/// <param name="RelativeTolerance">
/// Products end when the standard error, widened by <see cref="TraceEstimate.Correction"/>, is at most this share of |trace|; at least 0, which takes all
/// products.
/// </param>
/// <param name="MaxProducts">Most products with a direction, at least 0.</param>
/// <param name="Seed">Of the random probes.</param>
/// <param name="MemoryBytes">
/// Most memory for vectors of n elements, of which two are kept for each probe and three blocks of <see cref="TraceEstimate.BlockRows"/> are at work;
/// null for no limit.
/// </param>
public sealed record TraceOptions(double RelativeTolerance, int MaxProducts, ulong Seed, long? MemoryBytes = null);
