using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Data.Subsets;

namespace BasinVolume.Data.Samples;

/// <summary>Some samples of a data set, in a given order and with given weights, as the samples of a loss.</summary>
public sealed class DatasetSamples : ISamples
{
    private readonly Dataset _dataset;
    private readonly int[] _indices;
    private readonly double[] _weights;

    /// <summary>Samples over a data set.</summary>
    /// <param name="dataset">The samples.</param>
    /// <param name="indices">Which of them, in order; the same one may come more than once.</param>
    /// <param name="weights">ω of each sample in the loss Σ ω ℓ; as many as indices.</param>
    /// <exception cref="ArgumentException">There are not as many weights as indices.</exception>
    public DatasetSamples(Dataset dataset, int[] indices, double[] weights)
    {
        ArgumentNullException.ThrowIfNull(indices);
        ArgumentNullException.ThrowIfNull(weights);
        if (indices.Length != weights.Length)
            throw new ArgumentException($"{indices.Length} samples need as many weights; {weights.Length} were given.", nameof(weights));
        (_dataset, _indices, _weights) = (dataset, indices, weights);
    }

    /// <inheritdoc/>
    public int Count => _indices.Length;

    /// <summary>How many labels each sample has; 0 where samples have real targets.</summary>
    public int LabelsPerSample => _dataset.Layout.HasClasses ? _dataset.Layout.LabelsPerSample : 0;

    /// <summary>All samples of a data set, their loss averaged.</summary>
    public static DatasetSamples All(Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return new(dataset, [.. Enumerable.Range(0, dataset.Count)], SampleWeights.Mean(dataset.Count));
    }

    /// <summary>Samples, and their classes as labels or, for a loss that takes real targets, their targets (<see cref="Dataset.ReadTargets"/>).</summary>
    /// <inheritdoc/>
    public void Read<T>(int first, Span<T> inputs, Span<int> labels, Span<T> targets, Span<T> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<int> indices = _indices.AsSpan(first, weights.Length);
        _dataset.Read(indices, inputs);
        if (!labels.IsEmpty)
            _dataset.ReadLabels(indices, labels);
        if (!targets.IsEmpty)
            _dataset.ReadTargets(indices, targets);
        for (int s = 0; s < weights.Length; s++)
            weights[s] = T.CreateTruncating(_weights[first + s]);
    }
}
