using System.Collections.Immutable;
using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Autodiff.Sweeps;

namespace BasinVolume.Autodiff;

/// <summary>
/// Fixed statistics for the batch normalisations of a network that has none yet: the mean and the variance (of the population, over samples and pixels) that
/// each channel has at given weights. A layer's input depends on the statistics of those before it, so they are measured one after the other.
/// </summary>
public static class NormalizationStatistics
{
    /// <summary>Measures them.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network; what its statistics are does not matter.</param>
    /// <param name="samples">What is measured.</param>
    /// <param name="parameters">The weights, all n.</param>
    /// <param name="compile">Makes the plan; it is disposed here.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Stops at the next layer.</param>
    /// <returns>The same network with the statistics.</returns>
    /// <exception cref="NetworkException">There are no samples, or values are not finite, so that they have no statistics.</exception>
    public static Network Measure<T>(
        Network network,
        ISamples samples,
        ReadOnlySpan<T> parameters,
        Func<Network, Plan<T>> compile,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(compile);
        // The plan has a place for factors and shifts of each layer, whatever they will be: statistics of 2 give both.
        network = network.WithBuffers(buffer => [.. Enumerable.Repeat(2.0, buffer.Shape.Size)]);
        using Plan<T> plan = compile(network);
        plan.SetParameters(parameters);
        using Plan<T>.Turn turn = plan.Enter();
        SampleRange all = Chunks.All(samples);
        int chunks = Chunks.Count(plan, all), done = 0;
        var inputs = new HostNumbers<T>();
        for (int node = 0; node < network.Nodes.Length; node++)
        {
            if (network.Nodes[node].Operator is not FixedStandardization layer)
                continue;
            var channels = new ChannelMoments(layer.Output.Dimensions[0]);
            for (int chunk = 0; chunk < chunks; chunk++)
            {
                cancellation.ThrowIfCancellationRequested();
                // Samples that are all in place go on from the layer before; else each chunk begins anew.
                if (chunks > 1 || done == 0)
                {
                    SampleRange range = Chunks.Of(plan, all, chunk);
                    plan.Load(samples, range.First, range.Count);
                    done = 0;
                }

                plan.Forward(done, node);
                channels.Add(inputs.Read(plan.Value(network.Nodes[node].Inputs[0])), plan.Samples);
                done = node;
            }

            network = With(network, layer, channels);
            var measured = (FixedStandardization)network.Nodes[node].Operator;
            plan.WriteConstants(node, [.. measured.Factors, .. measured.Shifts]);
            progress?.Report((node + 1.0) / network.Nodes.Length);
        }

        return network;
    }

    private static Network With(Network network, FixedStandardization layer, ChannelMoments channels)
        => network.WithBuffers(buffer =>
            buffer.Name == layer.Buffers[0].Name ? channels.Means : buffer.Name == layer.Buffers[1].Name ? channels.Variances : buffer.Values);

    /// <summary>Mean and variance of each channel, value by value (Welford): no square of a large mean is taken.</summary>
    private sealed class ChannelMoments(int channels)
    {
        private readonly double[] _means = new double[channels];
        private readonly double[] _squares = new double[channels];
        private long _count;

        public ImmutableArray<double> Means => [.. _means];

        public ImmutableArray<double> Variances => [.. _squares.Select(square => square / _count)];

        public void Add(ReadOnlySpan<double> values, int samples)
        {
            int size = values.Length / samples;
            for (int sample = 0; sample < samples; sample++)
                Add(values.Slice(sample * size, size));
        }

        private void Add(ReadOnlySpan<double> sample)
        {
            int pixels = sample.Length / channels;
            for (int c = 0; c < channels; c++)
            {
                for (int i = 0; i < pixels; i++)
                {
                    double away = sample[(c * pixels) + i] - _means[c];
                    _means[c] += away / (_count + i + 1);
                    _squares[c] += away * (sample[(c * pixels) + i] - _means[c]);
                }
            }

            _count += pixels;
        }
    }
}
