using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Sweeps;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Ranks;

namespace BasinVolume.Autodiff;

/// <summary>How a network does on samples.</summary>
/// <param name="Loss">L = Σ_s ω_s ℓ_s.</param>
/// <param name="Correct">
/// Samples whose largest output (the first of equals) is their label's; rows, where each row of a sample has a label. A single output for two classes is on
/// its target's side of the loss's boundary. Means nothing where targets are no classes.
/// </param>
/// <param name="Total">Number of samples, or of rows.</param>
public sealed record Evaluation(double Loss, int Correct, int Total)
{
    /// <summary>Runs samples through the network.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="plan">The network with its parameters set.</param>
    /// <param name="samples">The samples that the loss is a sum over.</param>
    /// <exception cref="NetworkException">There are no samples, or a label is not a class of the network.</exception>
    public static Evaluation Compute<T>(Plan<T> plan, ISamples samples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(samples);
        using Plan<T>.Turn turn = plan.Enter();
        int places = Math.Max(1, plan.Network.Loss.TakesLabels ? plan.Network.Loss.LabelsPerSample : samples.LabelsPerSample);
        var shards = SampleShards.OfVectors(plan, samples.Count);
        double[] total = SharedSum.Over(shards.LanesOf(plan), shards, new(2), (lane, number, sum) =>
        {
            SampleRange shard = shards[number];
            sum.AsSpan().Clear();
            for (int chunk = 0; chunk < Chunks.Count(lane, shard); chunk++)
            {
                sum[0] += Chunks.Forward(lane, samples, Chunks.Of(lane, shard, chunk));
                sum[1] += lane.ReadCorrect(places);
            }
        });
        return new(total[0], (int)total[1], samples.Count * places);
    }

    /// <summary>What the network gives for each sample: its logits, where it ends in a softmax.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="plan">The network with its parameters set.</param>
    /// <param name="samples">The samples; their labels or targets are read and not used.</param>
    /// <returns>[samples, outputs], a sample a row.</returns>
    /// <exception cref="NetworkException">There are no samples, or a label is not a class of the network.</exception>
    public static Matrix Outputs<T>(Plan<T> plan, ISamples samples)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(samples);
        int outputs = plan.Network.Values[plan.Network.OutputValue].Size, done = 0;
        var all = new double[samples.Count * outputs];
        ValueSweep.Run(plan, samples, plan.Network.OutputValue, (_, output, _, _) =>
        {
            output.CopyTo(all.AsSpan(done));
            done += output.Length;
        });
        return new(samples.Count, outputs, all);
    }

    /// <summary>
    /// The loss at many weight vectors, several of them in every launch. A vector's loss has the same bits whatever others it comes with:
    /// its samples are added one by one in ascending order, in double.
    /// </summary>
    /// <param name="plan">The network.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="weights">The vectors one after the other, n elements each; rounded to the precision of the plan.</param>
    /// <param name="losses">Receives L of each; its length is their number.</param>
    /// <param name="cancellation">Checked before each chunk.</param>
    /// <exception cref="NetworkException">There are no samples, a label is not a class of the network, or the weights are not n for each loss.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static void Losses<T>(
        Plan<T> plan, ISamples samples, ReadOnlyMemory<double> weights, Memory<double> losses, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(samples);
        int n = plan.Network.ParameterCount;
        if (weights.Length != (long)n * losses.Length)
            throw new NetworkException(
                $"The network has {n} parameters, so {losses.Length} losses need {(long)n * losses.Length} weights; {weights.Length} were given.");
        losses.Span.Clear();
        // Each vector by itself, so processes part the vectors and not the samples.
        IRanks ranks = plan.Device.Ranks;
        int first = Share.Start(losses.Length, ranks.Rank, ranks.Count), end = Share.Start(losses.Length, ranks.Rank + 1, ranks.Count);
        WeightVectorSweep.Run(
            plan,
            samples,
            weights.Span[(first * n)..(end * n)],
            (vector, vectors, _) => plan.AddLosses(losses.Span.Slice(first + vector, vectors)),
            cancellation);
        for (int rank = 0; rank < ranks.Count; rank++)
            ranks.Broadcast(losses.Span[Share.Start(losses.Length, rank, ranks.Count)..Share.Start(losses.Length, rank + 1, ranks.Count)], rank);
    }
}
