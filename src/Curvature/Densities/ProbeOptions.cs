using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Sampling;

namespace BasinVolume.Curvature.Densities;

/// <summary>How many random probes a spectrum is looked at with, and how closely.</summary>
/// <param name="Probes">Random directions, at least 2.</param>
/// <param name="Steps">Most steps of a recurrence, at least 1: products with each probe.</param>
/// <param name="Seed">Of the directions (<see cref="NormalVectors"/>).</param>
public sealed record ProbeOptions(int Probes = 10, int Steps = 80, ulong Seed = 1)
{
    /// <summary>Most probes whose products are taken in one block.</summary>
    public int Width { get; init; } = 12;

    /// <summary>
    /// Bytes that may be used for the vectors of the recurrences, steps × n × 8 for each probe of a block; null for no bound. Fewer probes at a time cost
    /// time, not exactness.
    /// </summary>
    public long? MemoryBytes { get; init; }

    /// <summary>A number that no eigenvalue lies below, such as 0 for a Gauss–Newton matrix; null if none is known.</summary>
    public double? LowerBound { get; init; }

    /// <summary>A number that no eigenvalue lies above; null if none is known.</summary>
    public double? UpperBound { get; init; }

    /// <summary>
    /// Ends a probe before all its steps are done: asked after each step. What is left out is in every bracket. Null to take all steps.
    /// </summary>
    public Func<SpectralQuadrature, bool>? Enough { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Probes, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Width, 1);
        CheckFinite(LowerBound, nameof(LowerBound));
        CheckFinite(UpperBound, nameof(UpperBound));
    }

    private static void CheckFinite(double? bound, string name)
    {
        if (bound is { } value && !double.IsFinite(value))
            throw new ArgumentOutOfRangeException(name, value, "A bound of the spectrum must be a finite number.");
    }
}
