using System.Numerics;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Networks;

/// <summary>Samples held in memory, one a row.</summary>
/// <example>
/// <code>
/// var classes = new MatrixSamples(new Matrix(3, 2, [0.1, 0.2, -0.5, 0.9, 0.7, -0.3]), [0, 1, 1]);
/// var targets = new MatrixSamples(new Matrix(3, 2, [0.1, 0.2, -0.5, 0.9, 0.7, -0.3]), new Matrix(3, 1, [0.5, 1.5, -1]));
/// </code>
/// </example>
public sealed class MatrixSamples : ISamples
{
    private readonly Matrix _inputs;
    private readonly int[] _labels;
    private readonly Matrix _targets;
    private readonly double[] _weights;

    /// <summary>Samples with labels, for a loss that takes them. The inputs are used, not copied.</summary>
    /// <param name="inputs">[N, size of the network's input]: a sample a row, its elements in the order of the input's shape.</param>
    /// <param name="labels">[N, labels of a sample]: the class of each, counted from 0, or one for each position of a sequence.</param>
    /// <param name="weights">ω of each, N of them; 1/N each if left out, so that the loss is the mean over samples.</param>
    /// <exception cref="NetworkException">There are no samples, or not as many labels and one weight for each.</exception>
    public MatrixSamples(Matrix inputs, ReadOnlySpan<int> labels, ReadOnlySpan<double> weights = default)
        : this(inputs, labels.ToArray(), NoTargets(inputs), weights)
    {
        if (labels.IsEmpty || labels.Length % Count != 0)
            throw new NetworkException($"There are {Count} samples and {labels.Length} labels; give one for each sample, or as many for each.");
    }

    /// <summary>Samples with real targets, for a loss that takes them. Inputs and targets are used, not copied.</summary>
    /// <param name="inputs">[N, size of the network's input]: a sample a row, its elements in the order of the input's shape.</param>
    /// <param name="targets">[N, size of the network's output].</param>
    /// <param name="weights">ω of each, N of them; 1/N each if left out, so that the loss is the mean over samples.</param>
    /// <exception cref="NetworkException">There are no samples, or not one target and one weight for each.</exception>
    public MatrixSamples(Matrix inputs, Matrix targets, ReadOnlySpan<double> weights = default)
        : this(inputs, [], targets, weights)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ThrowIfNot(Count, targets.Rows, "rows of targets");
    }

    private MatrixSamples(Matrix inputs, int[] labels, Matrix targets, ReadOnlySpan<double> weights)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Rows == 0)
            throw new NetworkException("There are no samples; a loss needs at least one row of inputs.");
        (_inputs, _labels, _targets) = (inputs, labels, targets);
        _weights = weights.IsEmpty ? [.. Enumerable.Repeat(1.0 / Count, Count)] : weights.ToArray();
        ThrowIfNot(Count, _weights.Length, "weights");
    }

    /// <inheritdoc/>
    public int Count => _inputs.Rows;

    /// <inheritdoc/>
    public int LabelsPerSample => _labels.Length / Count;

    /// <summary>How many there are, and of what.</summary>
    public override string ToString()
        => $"{Count} samples of {_inputs.Columns} numbers with {(_labels.Length > 0 ? $"{LabelsPerSample} label(s)" : $"{_targets.Columns} target(s)")} each";

    /// <inheritdoc/>
    /// <exception cref="NetworkException">
    /// The network takes labels where there are targets or the other way round, or its input or target has another size.
    /// </exception>
    public void Read<T>(int first, Span<T> inputs, Span<int> labels, Span<T> targets, Span<T> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadRows(_inputs, first, inputs, weights.Length, "inputs");
        ReadRows(_targets, first, targets, weights.Length, "targets");
        if (labels.Length > _labels.Length)
            throw new NetworkException(
                "The network's loss takes a label for each sample, but the samples have targets; give labels, or end the network in a mean squared loss.");
        _labels.AsSpan(labels.IsEmpty ? 0 : first * LabelsPerSample, labels.Length).CopyTo(labels);
        Convert(_weights.AsSpan(first, weights.Length), weights);
    }

    /// <summary>
    /// The samples in batches, in their order; the last one may be smaller. Weights of a batch of B are N/B times those of all N samples, so that its loss
    /// is the mean over the batch where that of all is the mean over all.
    /// </summary>
    /// <param name="size">Samples of a batch, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public IReadOnlyList<ISamples> Batches(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        return [.. Enumerable.Range(0, (Count + size - 1) / size).Select(batch => new Part(this, batch * size, Math.Min(size, Count - (batch * size))))];
    }

    private static Matrix NoTargets(Matrix inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new Matrix(inputs.Rows, 0);
    }

    private static void ReadRows<T>(Matrix matrix, int first, Span<T> to, int samples, string what)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (to.Length != samples * matrix.Columns)
            throw new NetworkException(
                $"The samples have {what} of {matrix.Columns} elements where the network takes {to.Length / samples}; give as many columns as it takes.");
        Convert(matrix.Values.AsSpan(first * matrix.Columns, to.Length), to);
    }

    private static void Convert<T>(ReadOnlySpan<double> from, Span<T> to)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < to.Length; i++)
            to[i] = T.CreateTruncating(from[i]);
    }

    private static void ThrowIfNot(int samples, int given, string what)
    {
        if (given != samples)
            throw new NetworkException($"There are {samples} samples and {given} {what}; give one for each sample.");
    }

    // Some samples one after the other.
    private sealed class Part(MatrixSamples all, int start, int count) : ISamples
    {
        public int Count => count;

        public int LabelsPerSample => all.LabelsPerSample;

        public void Read<T>(int first, Span<T> inputs, Span<int> labels, Span<T> targets, Span<T> weights)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            all.Read(start + first, inputs, labels, targets, weights);
            for (int s = 0; s < weights.Length; s++)
                weights[s] = T.CreateTruncating(all._weights[start + first + s] * all.Count / count);
        }
    }
}
