using System.Collections.Immutable;
using BasinVolume.Autodiff;
using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Rays;

namespace BasinVolume.Basins;

/// <summary>What the true loss says along rays, and at points of the prior.</summary>
/// <param name="Gaussian">The probability under the prior.</param>
/// <param name="Lebesgue">The volume from the same crossings, in parameter units; in units of the deviations where each parameter has its own.</param>
/// <param name="Quadratic">The quadratic's probability under the rays' prior, which need not be that of the other definitions.</param>
/// <param name="Draws">Plain Monte Carlo, and how much the loss rises over the prior.</param>
/// <param name="Reach">The true loss on the surface of the quadratic basin; null where no ray was followed.</param>
/// <param name="Switched">
/// Share of relus and max-pools that are in another piece at the crossing than at the weights; null without kinks, or where no ray was followed.
/// </param>
/// <param name="Sweep">The crossings at each threshold of the sweep, of rays shaped for it; empty where no ray was followed.</param>
/// <param name="Evaluations">How many weight vectors the loss was evaluated at.</param>
/// <param name="Seconds">Seconds for all of it.</param>
public sealed record RayResult(
    RayVolume Gaussian,
    RayVolume Lebesgue,
    IVolumeDefinition Quadratic,
    PriorDraws Draws,
    QuadraticReach? Reach,
    SwitchedUnits? Switched,
    ImmutableArray<RayCrossings> Sweep,
    long Evaluations,
    double Seconds);
