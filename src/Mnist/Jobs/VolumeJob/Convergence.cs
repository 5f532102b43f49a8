using System.Collections.Immutable;
using System.Globalization;
using BasinVolume.Basins;
using BasinVolume.Curvature.Stationary;

namespace BasinVolume.Mnist.Jobs.VolumeJob;

/// <summary>How a run's weights were moved to a stationary point, and what the volumes were before.</summary>
/// <param name="Options">What was asked.</param>
/// <param name="Point">The search.</param>
/// <param name="Before">The definitions at the run's own weights.</param>
/// <param name="Seconds">Seconds for the search.</param>
public sealed record Convergence(ConvergeOptions Options, StationaryPoint Point, ImmutableArray<VolumeEntry> Before, double Seconds)
{
    /// <summary>One sentence on how it ended.</summary>
    public string Outcome => Point.End switch
    {
        SearchEnd.Converged => FormattableString.Invariant($"converged in {Point.Steps.Length} steps to a gradient of {Point.Last.GradientNorm:g3}"),
        SearchEnd.Stalled => string.Create(
            CultureInfo.InvariantCulture,
            $"stalled after {Point.Steps.Length} steps at a gradient of {Point.Last.GradientNorm:g3}: no shorter step lowers the loss as its quadratic says, "
            + $"as happens at a kink of relus or max-pools, where a minimum need not have a gradient of 0"),
        SearchEnd.StepLimit => FormattableString.Invariant(
            $"gave up after {Point.Steps.Length} steps at a gradient of {Point.Last.GradientNorm:g3}; allow more with --converge-steps"),
        _ => "failed, as the loss or its gradient is not a number; compute in float64",
    };
}
