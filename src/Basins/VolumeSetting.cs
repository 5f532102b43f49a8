using BasinVolume.Curvature.Volumes;
using BasinVolume.Curvature.Volumes.Gaussian;

namespace BasinVolume.Basins;

/// <summary>The constants of all definitions, once it is known what they are about.</summary>
/// <param name="Threshold">T or ΔT.</param>
/// <param name="Notebook">The constants of the shifted quadratic; its λ is 0 where the penalty is in the Hessian already.</param>
/// <param name="Prior">μ₀ and σ.</param>
/// <param name="Temperature">s, in units of the loss.</param>
/// <param name="AddedDecay">The λ whose penalty is added to the loss whose basin is measured; 0 for none, or where it is in already.</param>
/// <param name="Centre">Around which point the quadratic basin is taken.</param>
public sealed record VolumeSetting(
    BasinThreshold Threshold, VolumeParameters Notebook, GaussianPrior Prior, double Temperature, double AddedDecay, QuadraticCentre Centre);
