using System.Numerics;
using BasinVolume.Data.Normalizing;
using BasinVolume.Interop;

namespace BasinVolume.Data.Samples;

/// <summary>
/// Samples of one shape, each with its class or its real targets. Of a large set it may hold some samples only; these keep the indices that they have in the
/// whole set. Never changes.
/// </summary>
public sealed class Dataset
{
    private readonly SampleInputs _inputs;

    // The indices of the samples that are held, ascending; null where all are.
    private readonly int[]? _kept;
    private readonly int[] _labels;
    private readonly double[] _targets;

    /// <summary>A set of which some samples are held.</summary>
    /// <param name="layout">What they have in common.</param>
    /// <param name="count">Number of samples of the whole set.</param>
    /// <param name="kept">Indices of those that are held, ascending; null for all.</param>
    /// <param name="inputs">Their elements.</param>
    /// <param name="labels">Their labels; empty without classes.</param>
    /// <param name="targets">Their real targets; empty with classes.</param>
    internal Dataset(DataLayout layout, int count, int[]? kept, SampleInputs inputs, int[] labels, double[] targets)
    {
        (Layout, Count, Normalization) = (layout, count, Normalization.None);
        (_kept, _inputs, _labels, _targets) = (kept, inputs, labels, targets);
    }

    private Dataset(Dataset other, Normalization normalization)
    {
        (Layout, Count, Normalization) = (other.Layout, other.Count, normalization);
        (_kept, _labels, _targets, _inputs) = (other._kept, other._labels, other._targets, other._inputs.With(normalization));
    }

    /// <summary>Images that are in memory.</summary>
    /// <param name="layout">What they have in common.</param>
    /// <param name="levels">The levels: image by image, channel by channel, row by row; copied.</param>
    /// <param name="labels">One label an image; empty where the layout has no classes.</param>
    /// <exception cref="ArgumentException">There is no image, or the lengths do not fit each other, or a label is no class.</exception>
    public static Dataset OfPixels(DataLayout layout, ReadOnlySpan<byte> levels, ReadOnlySpan<int> labels)
    {
        ArgumentNullException.ThrowIfNull(layout);
        int size = layout.Shape.Size, count = levels.Length / size;
        if (levels.IsEmpty || levels.Length != (long)count * size || labels.Length != (layout.HasClasses ? count : 0))
            throw new ArgumentException(
                $"{labels.Length} labels need as many images {layout.Shape}, and at least one; got {levels.Length} pixels.", nameof(levels));
        var keeper = new SampleKeeper(layout, count, wanted: null, layout.Noun);
        for (int i = 0; i < count; i++)
        {
            keeper.PutPixels(i, levels.Slice(i * size, size));
            if (layout.HasClasses)
                keeper.PutLabels(i, labels[i]);
        }

        return keeper.ToDataset();
    }

    /// <summary>What the samples have in common.</summary>
    public DataLayout Layout { get; }

    /// <summary>How elements become inputs; as they are, until <see cref="With"/> says otherwise.</summary>
    public Normalization Normalization { get; }

    /// <summary>Number of samples of the whole set, at least 1.</summary>
    public int Count { get; }

    /// <summary>Elements of a sample.</summary>
    public int SampleSize => Layout.Shape.Size;

    /// <summary>How many samples it has, and of what.</summary>
    public override string ToString() => $"{Count} samples of {Layout.Said}";

    /// <summary>Whether a sample is held.</summary>
    public bool Holds(int index) => (uint)index < (uint)Count && (_kept is null || Array.BinarySearch(_kept, index) >= 0);

    /// <summary>The same samples whose elements become inputs in another way.</summary>
    /// <param name="normalization">The way; a sample must fall into as many equal parts as it has channels.</param>
    /// <exception cref="ArgumentException">It does not.</exception>
    public Dataset With(Normalization normalization)
    {
        ArgumentNullException.ThrowIfNull(normalization);
        return SampleSize % normalization.Channels == 0
            ? new(this, normalization)
            : throw new ArgumentException($"{SampleSize} elements do not fall into {normalization.Channels} channels.", nameof(normalization));
    }

    /// <summary>The levels of an image, channel by channel and row by row, where elements are pixels.</summary>
    /// <param name="index">0 … <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside the set, or that image is not held.</exception>
    public ReadOnlySpan<byte> Pixels(int index) => _inputs.Pixels(RowOf(index));

    /// <summary>The labels of a sample; none where samples have real targets.</summary>
    /// <param name="index">0 … <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside the set, or that sample is not held.</exception>
    public ReadOnlySpan<int> Labels(int index)
        => Layout.HasClasses ? _labels.AsSpan(RowOf(index) * Layout.LabelsPerSample, Layout.LabelsPerSample) : [];

    /// <summary>Writes the inputs (<see cref="Normalization"/>) of the samples asked for, in that order. Allocates nothing.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="indices">Which samples, each 0 … <see cref="Count"/> − 1; one may be asked for more than once.</param>
    /// <param name="inputs">Receives [indices, shape of a sample]; exactly that long.</param>
    /// <exception cref="ArgumentException"><paramref name="inputs"/> has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the set, or a sample is not held.</exception>
    public void Read<T>(ReadOnlySpan<int> indices, Span<T> inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckLength(inputs.Length, (long)indices.Length * SampleSize, nameof(inputs));
        for (int i = 0; i < indices.Length; i++)
            _inputs.Read(RowOf(indices[i]), inputs.Slice(i * SampleSize, SampleSize));
    }

    /// <summary>Writes the labels of the samples asked for, in that order. Allocates nothing.</summary>
    /// <param name="indices">Which samples, each 0 … <see cref="Count"/> − 1; one may be asked for more than once.</param>
    /// <param name="labels">Receives the labels, <see cref="DataLayout.LabelsPerSample"/> a sample; exactly that many.</param>
    /// <exception cref="ArgumentException"><paramref name="labels"/> has another length.</exception>
    /// <exception cref="DataException">The samples have real targets and no classes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the set, or a sample is not held.</exception>
    public void ReadLabels(ReadOnlySpan<int> indices, Span<int> labels)
    {
        if (!Layout.HasClasses)
            throw new DataException(
                "These samples have real targets and no classes, but the network's loss takes classes; give it a mean-squared loss, or data with classes.");
        int each = Layout.LabelsPerSample;
        CheckLength(labels.Length, (long)indices.Length * each, nameof(labels));
        for (int i = 0; i < indices.Length; i++)
            Labels(indices[i]).CopyTo(labels.Slice(i * each, each));
    }

    /// <summary>
    /// Writes the targets of the samples asked for: their real ones, or of a class a vector of 1 at the class and 0 elsewhere, or of two classes for one
    /// output the number 0 or 1. Allocates nothing.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="indices">Which samples, each 0 … <see cref="Count"/> − 1.</param>
    /// <param name="targets">Receives [indices, outputs of the network]; exactly that long.</param>
    /// <exception cref="DataException">
    /// <paramref name="targets"/> has another length: the network has other outputs than there are classes or targets.
    /// </exception>
    public void ReadTargets<T>(ReadOnlySpan<int> indices, Span<T> targets)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int each = targets.Length / Math.Max(1, indices.Length);
        if (!TakesOutputs(each) || targets.Length != indices.Length * each)
            throw new DataException(
                $"{(Layout.HasClasses ? "The labels" : "The targets")} of these {Layout.Noun} become targets of {TargetLength} elements, but the network has "
                + $"{each} outputs; give it {TargetLength}.");
        for (int i = 0; i < indices.Length; i++)
            ReadTarget(indices[i], targets.Slice(i * each, each));
    }

    /// <summary>Whether targets for so many outputs can be made of what the samples have.</summary>
    public bool TakesOutputs(int outputs) => outputs == TargetLength || (outputs == 1 && Layout is { Classes.Length: 2, LabelsPerSample: 1 });

    private int TargetLength => Layout.HasClasses ? Layout.Classes.Length * Layout.LabelsPerSample : Layout.Targets.Length;

    private void ReadTarget<T>(int index, Span<T> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!Layout.HasClasses)
        {
            ReadOnlySpan<double> given = _targets.AsSpan(RowOf(index) * target.Length, target.Length);
            for (int i = 0; i < target.Length; i++)
                target[i] = T.CreateTruncating(given[i]);
            return;
        }

        ReadOnlySpan<int> labels = Labels(index);
        target.Clear();
        if (target.Length < TargetLength)
            target[0] = T.CreateTruncating(labels[0]);
        else
            MarkClasses(labels, target);
    }

    private void MarkClasses<T>(ReadOnlySpan<int> labels, Span<T> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int position = 0; position < labels.Length; position++)
            target[(position * Layout.Classes.Length) + labels[position]] = T.One;
    }

    private int RowOf(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        if (_kept is null)
            return index;
        int row = Array.BinarySearch(_kept, index);
        return row >= 0 ? row : throw new ArgumentOutOfRangeException(nameof(index), index, "That sample is not held.");
    }

    private static void CheckLength(int actual, long expected, string name)
    {
        if (actual != expected)
            throw new ArgumentException($"Expected room for {expected} values, got {actual}.", name);
    }
}
