using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>What is done with the values of a chunk of samples under several weight vectors.</summary>
/// <param name="first">Number of the first vector.</param>
/// <param name="vectors">How many.</param>
/// <param name="sample">Number of the chunk's first sample.</param>
internal delegate void WeightVectorVisitor(int first, int vectors, int sample);

/// <summary>
/// Forward passes for many weight vectors: as many vectors at once as leave the chunk enough samples to fill a device, then the samples chunk by chunk in
/// ascending order.
/// </summary>
internal static class WeightVectorSweep
{
    /// <summary>Fewer samples, and the products of one vector are too small to be shared.</summary>
    private const int LeastSamples = 64;

    /// <summary>Runs all samples under all vectors and calls <paramref name="visit"/> after each forward pass.</summary>
    /// <exception cref="NetworkException">There are no samples, a label is not a class of the network, or the weights are not whole vectors.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static void Run<T>(Plan<T> plan, ISamples samples, ReadOnlySpan<double> weights, WeightVectorVisitor visit, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using Plan<T>.Turn turn = plan.Enter();
        int n = plan.Network.ParameterCount;
        SampleRange range = Chunks.All(samples);
        int all = weights.Length / n;
        int capacity = plan.Budget.Samples;
        int most = Math.Max(1, capacity / Math.Min(LeastSamples, range.Count));
        for (int first = 0; first < all; first += most)
        {
            int vectors = Math.Min(most, all - first);
            plan.SetWeightVectors(weights.Slice(first * n, vectors * n));
            int chunk = capacity / vectors;
            for (int start = 0; start < range.End; start += chunk)
            {
                cancellation.ThrowIfCancellationRequested();
                plan.LoadForWeightVectors(samples, start, Math.Min(chunk, range.End - start), vectors);
                plan.Forward();
                visit(first, vectors, start);
            }
        }
    }
}
