using System.Numerics;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Subsets;
using BasinVolume.Report.Findings;

namespace BasinVolume.Mnist.Jobs;

/// <summary>
/// Where a model begins that has no weights yet: the statistics of its batch normalisations, if it has any, are measured at its initial weights and then stay
/// as they are, so that the loss is a function of the weights alone.
/// </summary>
internal static class Beginning
{
    /// <summary>The most samples that statistics are measured on: each layer takes a pass over all of them.</summary>
    public const int MostSamples = 256;

    /// <summary>How many of the samples used are measured.</summary>
    public static int SamplesOf(int samples) => Math.Min(samples, MostSamples);

    /// <summary>The network with statistics of the first of the samples used.</summary>
    /// <param name="network">The network as it was described.</param>
    /// <param name="weights">Its initial weights.</param>
    /// <param name="data">The images.</param>
    /// <param name="indices">The training images that are used, in order.</param>
    /// <param name="device">Where it is computed.</param>
    /// <param name="options">What was asked.</param>
    /// <param name="view">Who watches.</param>
    /// <param name="cancellation">Stops it at the next layer.</param>
    /// <exception cref="ExplainedException">The network does not fit into memory, or its values are not finite.</exception>
    public static Network Measured<T>(
        Network network,
        double[] weights,
        Dataset data,
        int[] indices,
        Device device,
        JobOptions options,
        IRunView view,
        CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (network.Buffers.IsEmpty)
            return network;
        int[] measured = indices[..SamplesOf(indices.Length)];
        view.Say($"statistics of normalisations are measured on {measured.Length} training samples at the initial weights, and stay fixed");
        return view.During("Statistics of normalisations", progress => NormalizationStatistics.Measure(
            network,
            new DatasetSamples(data, measured, SampleWeights.Mean(measured.Length)),
            Array.ConvertAll(weights, T.CreateTruncating),
            known => MemoryBudget.CreatePlan<T>(known, device, options),
            progress,
            cancellation));
    }
}
