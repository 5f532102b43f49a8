using System.Numerics;

namespace BasinVolume.Autodiff.Tests;

/// <summary>Samples held in arrays.</summary>
internal sealed class ArraySamples(double[] inputs, int[] labels, double[] weights) : ISamples
{
    private readonly int _size = inputs.Length / Math.Max(1, labels.Length);

    public int Count => labels.Length;

    /// <summary>Normal inputs, uniform labels, and weights that differ from sample to sample.</summary>
    public static ArraySamples Random(Network network, int count, int seed)
    {
        var random = new Random(seed);
        double[] inputs = Normals(random, count * network.Input.Size);
        int[] labels = [.. Enumerable.Range(0, count).Select(_ => random.Next(network.Loss.Classes))];
        double[] weights = [.. Enumerable.Range(0, count).Select(_ => (0.5 + random.NextDouble()) / count)];
        return new(inputs, labels, weights);
    }

    public static double[] Normals(Random random, int count)
        => [.. Enumerable.Range(0, count).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];

    public void Read<T>(int first, Span<T> into, Span<int> intoLabels, Span<T> intoWeights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < into.Length; i++)
            into[i] = T.CreateTruncating(inputs[(first * _size) + i]);
        labels.AsSpan(first, intoLabels.Length).CopyTo(intoLabels);
        for (int s = 0; s < intoWeights.Length; s++)
            intoWeights[s] = T.CreateTruncating(weights[first + s]);
    }
}
