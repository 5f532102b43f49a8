using System.Collections.Immutable;
using BasinVolume.Kernels;

namespace BasinVolume.Basins.Landscapes;

/// <summary>The loss along a direction v: L(θ* + tv) and its quadratic model L + t gᵀv + ½t² vᵀHv.</summary>
/// <param name="Direction">The direction.</param>
/// <param name="Places">t, ascending, in the units of the weights.</param>
/// <param name="Losses">The true loss at each; not finite where it overflows.</param>
/// <param name="Quadratic">The quadratic model at each.</param>
public sealed record LossLine(Direction Direction, ImmutableArray<double> Places, ImmutableArray<double> Losses, ImmutableArray<double> Quadratic);

/// <summary>The loss over the plane of two directions u and v.</summary>
/// <param name="Across">u.</param>
/// <param name="Up">v.</param>
/// <param name="PlacesAcross">s, ascending, in the units of the weights.</param>
/// <param name="PlacesUp">t, ascending.</param>
/// <param name="Losses">[t, s]: L(θ* + su + tv).</param>
public sealed record LossPlane(Direction Across, Direction Up, ImmutableArray<double> PlacesAcross, ImmutableArray<double> PlacesUp, Matrix Losses);
