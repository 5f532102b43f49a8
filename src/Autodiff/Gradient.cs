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
    /// <example>
    /// <code>
    /// var gradient = new double[network.ParameterCount];
    /// double loss = Gradient.Compute(plan, samples, gradient);
    /// </code>
    /// </example>
    public static double Compute<T>(Plan<T> plan, ISamples samples, Span<double> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(samples);
        using Plan<T>.Turn turn = plan.Enter();
        int n = plan.Network.ParameterCount;
        double[] total = SharedSum.Over(plan, SampleShards.OfVectors(plan, samples.Count), plan.GradientSums, (shard, sum) =>
        {
            sum[n] = 0;
            for (int chunk = 0; chunk < Chunks.Count(plan, shard); chunk++)
                sum[n] += Chunks.ForwardAndAdjoint(plan, samples, Chunks.Of(plan, shard, chunk), sum.AsMemory(0, n), accumulate: chunk > 0);
        });
        total.AsSpan(0, n).CopyTo(gradient);
        plan.GradientSums.Return(total);
        return total[n];
    }

    /// <summary>
    /// Which samples <see cref="Compute"/> reads at once, in the order in which it does: those of this process, chunk by chunk. For whoever has them ready
    /// before they are asked for.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="plan">The plan that computes.</param>
    /// <param name="samples">How many samples there are in all.</param>
    /// <exception cref="NetworkException">There are no samples.</exception>
    public static IEnumerable<SampleRange> ChunksOf<T>(Plan<T> plan, int samples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(plan);
        var shards = SampleShards.OfVectors(plan, samples);
        ShardRange own = shards.OfRank(plan.Device.Ranks);
        return
            from shard in Enumerable.Range(own.First, own.Count)
            from chunk in Enumerable.Range(0, Chunks.Count(plan, shards[shard]))
            select Chunks.Of(plan, shards[shard], chunk);
    }
}
