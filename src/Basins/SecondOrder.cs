using System.Collections.Immutable;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Structure;
using BasinVolume.Kernels;

namespace BasinVolume.Basins;

/// <summary>A loss to second order around weights, as it was computed or read.</summary>
/// <param name="Loss">L(θ*); a NaN if it is not known.</param>
/// <param name="Gradient">g, n elements; zeros if it is not known.</param>
/// <param name="Hessian">H, n × n.</param>
/// <param name="Weights">θ*, n elements; zeros if they are not known.</param>
/// <param name="Zeros">What is known of H's null directions: <see cref="NetworkZeros"/>; may be empty.</param>
/// <param name="Exactness">How exactly H is known.</param>
public sealed record SecondOrder(double Loss, double[] Gradient, Matrix Hessian, double[] Weights, ImmutableArray<NullDirections> Zeros, Exactness Exactness);
