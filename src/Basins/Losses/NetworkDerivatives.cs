using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Maps;
using BasinVolume.Curvature.Stationary;
using BasinVolume.Kernels;

namespace BasinVolume.Basins.Losses;

/// <summary>L + ½λ|θ|² of a network on a device, with gradient λθ + ∇L and Hessian H + λI.</summary>
/// <typeparam name="T">What the device computes in.</typeparam>
/// <param name="plan">The network.</param>
/// <param name="samples">What L is a sum over.</param>
/// <param name="weightDecay">λ ≥ 0.</param>
public sealed class NetworkDerivatives<T>(Plan<T> plan, ISamples samples, double weightDecay) : IDifferentiableLoss
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly L2Penalty _penalty = new(weightDecay);

    /// <inheritdoc/>
    public int ParameterCount => plan.Network.ParameterCount;

    /// <inheritdoc/>
    public double UnitRoundoff => typeof(T) == typeof(float) ? Spectrum.SingleRoundoff : Spectrum.DoubleRoundoff;

    /// <inheritdoc/>
    public ILinearMap Hessian { get; } = new ShiftedMap(NetworkMaps.Hessian(plan, samples), weightDecay);

    /// <inheritdoc/>
    public double MoveTo(double[] weights, double[] gradient)
    {
        plan.SetParameters(Array.ConvertAll(weights, T.CreateTruncating));
        double loss = Gradient.Compute(plan, samples, gradient);
        _penalty.AddGradient(gradient, weights);
        return loss + _penalty.At(weights);
    }
}
