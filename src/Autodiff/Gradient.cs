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
    /// <param name="gradient">g, [n]; computed in, so that it holds anything after an exception.</param>
    /// <returns>L.</returns>
    /// <exception cref="NetworkException">
    /// The gradient does not have n elements, there are no samples, or a label is not a class of the network.
    /// </exception>
    /// <example>
    /// <code>
    /// var gradient = new double[network.ParameterCount];
    /// double loss = Gradient.Compute(plan, samples, gradient);
    /// </code>
    /// </example>
    public static double Compute<T>(Plan<T> plan, ISamples samples, double[] gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(gradient);
        if (gradient.Length != plan.Network.ParameterCount)
            throw new NetworkException($"The gradient of this network has {plan.Network.ParameterCount} elements; the array given has {gradient.Length}.");
        using Plan<T>.Turn turn = plan.Enter();
        var shards = SampleShards.OfVectors(plan, samples.Count);
        IReadOnlyList<Plan<T>> lanes = samples is IOrderedSamples ? [plan] : shards.LanesOf(plan);
        double[] losses = new double[shards.Count];
        // The total stands in the first place, which is the caller's.
        SharedSum.Over(
            lanes,
            shards,
            new SumPlaces(gradient, plan.GradientSums),
            (lane, shard, sum) => losses[shard] = AddUp(lane, samples, shards[shard], sum));
        return SharedSum.Over([plan], shards, new SumPlaces(1), (_, shard, sum) => sum[0] = losses[shard])[0];
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

    // The shard's share of the loss; that of the gradient is written.
    private static double AddUp<T>(Plan<T> plan, ISamples samples, SampleRange shard, double[] sum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double loss = 0;
        for (int chunk = 0; chunk < Chunks.Count(plan, shard); chunk++)
            loss += Chunks.ForwardAndGradient(plan, samples, Chunks.Of(plan, shard, chunk), sum, accumulate: chunk > 0);
        return loss;
    }
}
