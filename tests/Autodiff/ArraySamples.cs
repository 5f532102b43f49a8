using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Tests;

/// <summary>Samples held in flat arrays, each with a weight.</summary>
internal sealed class ArraySamples : ISamples
{
    private readonly MatrixSamples _samples;

    /// <summary>Samples with labels.</summary>
    public ArraySamples(double[] inputs, int[] labels, double[] weights) => _samples = new(Rows(inputs, weights), labels, weights);

    /// <summary>Samples with real targets.</summary>
    public ArraySamples(double[] inputs, double[] targets, double[] weights) => _samples = new(Rows(inputs, weights), Rows(targets, weights), weights);

    public int Count => _samples.Count;

    public int LabelsPerSample => _samples.LabelsPerSample;

    /// <summary>
    /// Normal inputs or uniform tokens, uniform labels or normal targets as the loss takes them, and weights that differ from sample to sample.
    /// </summary>
    public static ArraySamples Random(Network network, int count, int seed)
    {
        var random = new Random(seed);
        double[] inputs = network.TokenCount == 0
            ? Normals(random, count * network.Input.Size)
            : [.. Enumerable.Range(0, count * network.Input.Size).Select(_ => (double)random.Next(network.TokenCount))];
        double[] weights = [.. Enumerable.Range(0, count).Select(_ => (0.5 + random.NextDouble()) / count)];
        return network.Loss.TakesLabels
            ? new(inputs, [.. Enumerable.Range(0, count * network.Loss.LabelsPerSample).Select(_ => random.Next(network.Loss.LabelCount))], weights)
            : new(inputs, Targets(random, network.Loss, count), weights);
    }

    /// <summary>Normal targets, or uniform ones where a loss takes those of a range.</summary>
    public static double[] Targets(Random random, Loss loss, int count)
        => double.IsInfinity(loss.TargetRange.Most)
            ? Normals(random, count * loss.TargetLength)
            : [.. Enumerable.Range(0, count * loss.TargetLength).Select(_ => double.Lerp(loss.TargetRange.Least, loss.TargetRange.Most, random.NextDouble()))];

    public static double[] Normals(Random random, int count)
        => [.. Enumerable.Range(0, count).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];

    public void Read<T>(int first, Span<T> inputs, Span<int> labels, Span<T> targets, Span<T> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => _samples.Read(first, inputs, labels, targets, weights);

    private static Matrix Rows(double[] values, double[] weights) => new(weights.Length, weights.Length == 0 ? 0 : values.Length / weights.Length, values);
}
