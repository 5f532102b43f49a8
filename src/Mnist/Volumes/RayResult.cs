using BasinVolume.Curvature.Volumes.Rays;

namespace BasinVolume.Mnist.Volumes;

/// <summary>What the true loss says along rays.</summary>
/// <param name="Gaussian">The probability under the prior.</param>
/// <param name="Lebesgue">The volume in parameter units, from the same crossings.</param>
/// <param name="Reach">The true loss on the surface of the quadratic basin; null where nothing was sampled.</param>
/// <param name="Evaluations">How many weight vectors the loss was evaluated at.</param>
/// <param name="Seconds">Seconds for all of it.</param>
public sealed record RayResult(RayVolume Gaussian, RayVolume Lebesgue, QuadraticReach? Reach, long Evaluations, double Seconds);
