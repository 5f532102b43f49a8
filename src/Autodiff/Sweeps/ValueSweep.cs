using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>Is shown one sample as the network sees it; where a sample has several labels, each of its rows with one.</summary>
/// <param name="value">One of the network's values, such as the features that the last layer takes.</param>
/// <param name="output">The network's output.</param>
/// <param name="label">The sample's class; −1 when the loss takes none.</param>
/// <param name="weight">ω; a row's share of it.</param>
internal delegate void SampleVisitor(ReadOnlySpan<double> value, ReadOnlySpan<double> output, int label, double weight);

/// <summary>
/// A forward pass over all samples that shows each one's values to a visitor on the host. What is shown is no sum that could be parted among processes
/// (nor are the statistics of a normalisation, taken value by value, or the units that weights switch): each of them goes through all samples.
/// </summary>
internal static class ValueSweep
{
    /// <summary>Shows all samples in ascending order.</summary>
    /// <param name="plan">The network with its parameters set.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="value">The number of the value that is shown beside the output; it has as many rows.</param>
    /// <param name="visit">Is shown each sample.</param>
    public static void Run<T>(Plan<T> plan, ISamples samples, int value, SampleVisitor visit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using Plan<T>.Turn turn = plan.Enter();
        Network network = plan.Network;
        int rows = Math.Max(1, network.Loss.LabelsPerSample);
        int size = network.Values[value].Size / rows, outputs = network.Values[network.OutputValue].Size / rows;
        SampleRange all = Chunks.All(samples);
        int chunks = Chunks.Count(plan, all);
        HostNumbers<T> shown = new(), given = new(), weighed = new();
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            Chunks.Forward(plan, samples, Chunks.Of(plan, all, chunk));
            ReadOnlySpan<double> values = shown.Read(plan.Value(value)), results = given.Read(plan.Value(network.OutputValue));
            ReadOnlySpan<double> weights = weighed.Read(plan.Weights);
            var labels = new int[plan.Labels.Length];
            plan.Labels.Read(labels);
            for (int row = 0; row < plan.Samples * rows; row++)
                visit(
                    values.Slice(row * size, size),
                    results.Slice(row * outputs, outputs),
                    network.Loss.TakesLabels ? labels[row] : -1,
                    weights[row / rows] / rows);
        }
    }
}
