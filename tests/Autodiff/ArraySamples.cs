using System.Numerics;

namespace BasinVolume.Autodiff.Tests;

/// <summary>Samples held in arrays.</summary>
internal sealed class ArraySamples : ISamples
{
    private readonly double[] _inputs;
    private readonly int[] _labels;
    private readonly double[] _targets;
    private readonly double[] _weights;

    /// <summary>Samples with labels.</summary>
    public ArraySamples(double[] inputs, int[] labels, double[] weights) => (_inputs, _labels, _targets, _weights) = (inputs, labels, [], weights);

    /// <summary>Samples with real targets.</summary>
    public ArraySamples(double[] inputs, double[] targets, double[] weights) => (_inputs, _labels, _targets, _weights) = (inputs, [], targets, weights);

    public int Count => _weights.Length;

    /// <summary>Normal inputs, uniform labels or normal targets as the loss takes them, and weights that differ from sample to sample.</summary>
    public static ArraySamples Random(Network network, int count, int seed)
    {
        var random = new Random(seed);
        double[] inputs = Normals(random, count * network.Input.Size);
        double[] weights = [.. Enumerable.Range(0, count).Select(_ => (0.5 + random.NextDouble()) / count)];
        return network.Loss.TakesLabels
            ? new(inputs, [.. Enumerable.Range(0, count).Select(_ => random.Next(network.Loss.LabelCount))], weights)
            : new(inputs, Normals(random, count * network.Loss.TargetLength), weights);
    }

    public static double[] Normals(Random random, int count)
        => [.. Enumerable.Range(0, count).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];

    public void Read<T>(int first, Span<T> inputs, Span<int> labels, Span<T> targets, Span<T> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int samples = weights.Length;
        Convert(_inputs.AsSpan(first * inputs.Length / samples), inputs);
        Convert(_targets.AsSpan(first * targets.Length / samples), targets);
        Convert(_weights.AsSpan(first), weights);
        _labels.AsSpan(labels.IsEmpty ? 0 : first, labels.Length).CopyTo(labels);
    }

    private static void Convert<T>(ReadOnlySpan<double> from, Span<T> to)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < to.Length; i++)
            to[i] = T.CreateTruncating(from[i]);
    }
}
