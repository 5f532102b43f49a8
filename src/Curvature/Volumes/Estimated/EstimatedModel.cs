using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Volumes.Gaussian;

namespace BasinVolume.Curvature.Volumes.Estimated;

/// <summary>
/// A loss to second order as products know it. Penalties are kept apart: H is that of the bare loss, whose known zeros are zeros, and L + ½λ|θ|² has H + λI.
/// </summary>
/// <param name="Loss">L(θ*), with the penalty; a NaN where it is not known.</param>
/// <param name="Curvature">What probes tell of the bare H.</param>
/// <param name="Gradient">The gradient, with the penalty's share λθ*, as the spectrum of the bare H sees it.</param>
public sealed record EstimatedModel(double Loss, ProbeQuadratures Curvature, VectorMeasure Gradient)
{
    /// <summary>λ ≥ 0.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Where tr H lies, of other probes, as a control variate; null if it is not known.</summary>
    public Interval? Trace { get; init; }

    /// <summary>What a prior around 0 needs; null if it was not measured.</summary>
    public PriorOffset? Origin { get; init; }

    /// <summary>Why a definition with a prior around 0 has no value without <see cref="Origin"/>.</summary>
    internal const string WithoutOrigin
        = "The prior is centred at 0, and the model was not measured as seen from there: take a prior around the weights, or measure the gradient at 0.";

    /// <summary>n.</summary>
    public int Dimension => Curvature.Order;

    /// <summary>The smallest number that was met of the spectrum of the bare H: an eigenvalue lies at or below it.</summary>
    internal double Smallest => Math.Min(Curvature.Smallest, Gradient.Measure?.Nodes[0] ?? double.PositiveInfinity);

    /// <summary>The model as seen from a prior's centre; null where it was not measured.</summary>
    internal PriorOffset? OffsetOf(GaussianPrior prior) => prior.Centre == PriorCentre.Weights ? new(0, Gradient) : Origin;
}

/// <summary>The quadratic model as seen from the point where the prior is centred, δ = m = μ₀ − θ*: one product with m gives both.</summary>
/// <param name="Rise">Q(m) = gᵀm + ½ mᵀHm, penalty included.</param>
/// <param name="Gradient">g + Hm, penalty included, as the spectrum of the bare H sees it.</param>
public sealed record PriorOffset(double Rise, VectorMeasure Gradient);
