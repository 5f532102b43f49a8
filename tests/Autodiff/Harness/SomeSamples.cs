using System.Collections.Concurrent;
using System.Numerics;
using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Autodiff.Tests.Harness;

/// <summary>Consecutive ones of other samples, which know what of them was read.</summary>
internal sealed class SomeSamples(ISamples samples, int first, int count) : ISamples
{
    private readonly ConcurrentDictionary<int, bool> _read = new();

    public SomeSamples(ISamples samples)
        : this(samples, 0, samples.Count)
    {
    }

    public int Count => count;

    public int LabelsPerSample => samples.LabelsPerSample;

    /// <summary>The numbers of those that were read, ascending.</summary>
    public IEnumerable<int> Seen => _read.Keys.Order();

    public void Read<T>(int start, Span<T> inputs, Span<int> labels, Span<T> targets, Span<T> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int s = start; s < start + weights.Length; s++)
            _read[s] = true;
        samples.Read(first + start, inputs, labels, targets, weights);
    }
}
