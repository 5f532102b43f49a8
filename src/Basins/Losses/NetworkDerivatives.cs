using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Stationary;
using BasinVolume.Kernels;

namespace BasinVolume.Basins.Losses;

/// <summary>L + ½λ|θ|² of a network on a device, with gradient λθ + ∇L and products (H + λI) v.</summary>
/// <typeparam name="T">What the device computes in.</typeparam>
/// <param name="plan">The network.</param>
/// <param name="samples">What L is a sum over.</param>
/// <param name="weightDecay">λ ≥ 0.</param>
public sealed class NetworkDerivatives<T>(Plan<T> plan, ISamples samples, double weightDecay) : IDifferentiableLoss
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public int ParameterCount => plan.Network.ParameterCount;

    /// <inheritdoc/>
    public double UnitRoundoff => typeof(T) == typeof(float) ? Spectrum.SingleRoundoff : Spectrum.DoubleRoundoff;

    /// <inheritdoc/>
    public double MoveTo(double[] weights, double[] gradient)
    {
        plan.SetParameters(Array.ConvertAll(weights, T.CreateTruncating));
        double loss = Gradient.Compute(plan, samples, gradient);
        double squares = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            gradient[i] += weightDecay * weights[i];
            squares += weights[i] * weights[i];
        }

        return loss + (weightDecay / 2 * squares);
    }

    /// <inheritdoc/>
    public double[] Multiply(double[] direction)
    {
        double[] product = Hessian.Multiply(plan, samples, new Matrix(1, direction.Length, direction)).Values;
        for (int i = 0; i < product.Length; i++)
            product[i] += weightDecay * direction[i];
        return product;
    }
}
