using System.Collections.Immutable;
using BasinVolume.Basins;

namespace BasinVolume.Mnist.Jobs.VolumeJob;

/// <summary>All definitions of one basin's volume.</summary>
/// <param name="Options">What was asked.</param>
/// <param name="Source">The Hessian and what belongs to it.</param>
/// <param name="Setting">The constants.</param>
/// <param name="Quadratic">The quadratic model whose basin is measured, an added penalty included.</param>
/// <param name="Entries">The definitions in the order in which they are shown.</param>
/// <param name="Rays">What more was found along rays; null if none were followed.</param>
/// <param name="Sweep">The definitions over ranges of T and k.</param>
/// <param name="Convergence">How the weights were moved to a stationary point, at which all of this is; null if they were not.</param>
/// <param name="Seconds">From the first file read to the last value.</param>
public sealed record VolumeResult(
    VolumeOptions Options,
    VolumeSource Source,
    VolumeSetting Setting,
    QuadraticFacts Quadratic,
    ImmutableArray<VolumeEntry> Entries,
    RayResult? Rays,
    VolumeSweep Sweep,
    Convergence? Convergence,
    double Seconds);
