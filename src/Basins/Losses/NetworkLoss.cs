using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Curvature;
using BasinVolume.Curvature.Volumes.Rays;
using BasinVolume.Kernels;

namespace BasinVolume.Basins.Losses;

/// <summary>L + ½λ|θ|² of a network on a device.</summary>
/// <typeparam name="T">What the device computes in.</typeparam>
/// <param name="plan">The network.</param>
/// <param name="samples">What L is a sum over.</param>
/// <param name="weightDecay">λ ≥ 0.</param>
public sealed class NetworkLoss<T>(Plan<T> plan, ISamples samples, double weightDecay) : ILossAtWeights
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly L2Penalty _penalty = new(weightDecay);

    /// <inheritdoc/>
    public int ParameterCount => plan.Network.ParameterCount;

    /// <inheritdoc/>
    public double UnitRoundoff => typeof(T) == typeof(float) ? Spectrum.SingleRoundoff : Spectrum.DoubleRoundoff;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlyMemory<double> weights, Memory<double> losses, CancellationToken cancellation)
    {
        Evaluation.Losses(plan, samples, weights, losses, cancellation);
        if (_penalty.WeightDecay == 0)
            return;
        for (int v = 0; v < losses.Length; v++)
            losses.Span[v] += _penalty.At(weights.Span.Slice(v * ParameterCount, ParameterCount));
    }
}
