using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Autodiff.Plans;

/// <summary>Reads samples into arrays; a part is some of them.</summary>
/// <param name="samples">The samples.</param>
/// <param name="first">The first one that is read.</param>
/// <param name="inputs">[samples, input size].</param>
/// <param name="labels">[samples], or empty.</param>
/// <param name="targets">[samples, target length].</param>
/// <param name="weights">[samples].</param>
internal readonly struct ReadSamples<T>(ISamples samples, int first, Memory<T> inputs, Memory<int> labels, Memory<T> targets, Memory<T> weights)
    : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Below this, waking a thread costs more than it brings.
    private const int ElementsOfPart = 1 << 13;

    /// <summary>Number of parts.</summary>
    public int Parts => (weights.Length + SamplesOfPart - 1) / SamplesOfPart;

    private int SamplesOfPart => Math.Max(1, (int)((long)ElementsOfPart * weights.Length / Math.Max(1, inputs.Length)));

    public void Run(int part)
    {
        int start = part * SamplesOfPart, count = Math.Min(SamplesOfPart, weights.Length - start);
        samples.Read(first + start, Part(inputs, start, count), Part(labels, start, count), Part(targets, start, count), weights.Span.Slice(start, count));
    }

    private Span<TElement> Part<TElement>(Memory<TElement> all, int start, int count)
    {
        int each = all.Length / weights.Length;
        return all.Span.Slice(start * each, count * each);
    }
}
