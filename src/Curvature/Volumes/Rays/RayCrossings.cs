using System.Collections.Immutable;

namespace BasinVolume.Curvature.Volumes.Rays;

/// <summary>What was found along all rays of a search; see <see cref="RayVolume"/> for what it means.</summary>
/// <param name="Dimension">n.</param>
/// <param name="Loss">L(θ*).</param>
/// <param name="Excess">ΔT, how far the loss may rise. No ray was followed unless it is positive.</param>
/// <param name="SquaredWeights">|θ*|².</param>
/// <param name="Preconditioner">What P is called.</param>
/// <param name="Rays">The rays in order.</param>
public sealed record RayCrossings(int Dimension, double Loss, double Excess, double SquaredWeights, string Preconditioner, ImmutableArray<RayCrossing> Rays)
{
    /// <summary>How many rays ended in an outcome.</summary>
    /// <param name="outcome">The outcome.</param>
    public int Count(RayOutcome outcome) => Rays.Count(ray => ray.Outcome == outcome);

    /// <summary>Rays along which the loss was not monotone.</summary>
    public int NonMonotone => Rays.Count(ray => !ray.Monotone);
}
