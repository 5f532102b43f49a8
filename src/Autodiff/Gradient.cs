using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Sweeps;

namespace BasinVolume.Autodiff;

/// <summary>The loss L = Σ_s ω_s ℓ_s and its gradient g = ∇L at the plan's parameters.</summary>
public static class Gradient
{
    /// <summary>Computes both.</summary>
    /// <typeparam name="T">float or double: the precision of the passes. Sums over chunks are double.</typeparam>
    /// <param name="plan">The network with its parameters set.</param>
    /// <param name="samples">The samples that the loss is a sum over.</param>
    /// <param name="gradient">g, [n]; overwritten.</param>
    /// <returns>L.</returns>
    /// <exception cref="NetworkException">There are no samples, or a label is not a class of the network.</exception>
    public static double Compute<T>(Plan<T> plan, ISamples samples, Span<double> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(samples);
        using Plan<T>.Turn turn = plan.Enter();
        gradient.Clear();
        double loss = 0;
        int chunks = Chunks.Count(plan, samples);
        for (int chunk = 0; chunk < chunks; chunk++)
            loss += Chunks.ForwardAndAdjoint(plan, samples, chunk, gradient);
        return loss;
    }
}
