using System.Globalization;
using System.Numerics;
using BasinVolume.Data.Normalizing;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Data.Samples;

/// <summary>
/// Takes the samples of a stream one by one, checks every one, counts the levels of every one, and keeps those that are wanted.
/// To be fed by one thread at a time, in any order.
/// </summary>
public sealed class SampleKeeper
{
    // Sorted, each once; null for all.
    private readonly int[]? _wanted;
    private readonly int _rows;
    private readonly bool[] _taken;
    private readonly int[] _labels;
    private readonly double[] _targets;
    private readonly BlockArray<byte>? _pixels;
    private readonly BlockArray<float>? _singles;
    private readonly BlockArray<double>? _doubles;
    private readonly BlockArray<int>? _tokens;

    /// <summary>Makes room.</summary>
    /// <param name="layout">What all samples have in common.</param>
    /// <param name="count">How many will come.</param>
    /// <param name="wanted">Indices of those to keep, each 0 … <paramref name="count"/> − 1, in any order, some perhaps twice; null for all.</param>
    /// <param name="what">What they are called in errors: "training images of data/mnist".</param>
    /// <exception cref="DataException">They take more memory than is free.</exception>
    public SampleKeeper(DataLayout layout, int count, int[]? wanted, string what)
    {
        ArgumentNullException.ThrowIfNull(layout);
        (Layout, Count) = (layout, count);
        _wanted = wanted is null ? null : [.. wanted.Distinct().Order()];
        _rows = _wanted?.Length ?? count;
        CheckRoom(what);
        _taken = new bool[_rows];
        _labels = new int[layout.HasClasses ? _rows * layout.LabelsPerSample : 0];
        _targets = new double[_rows * layout.Targets.Length];
        int size = layout.Shape.Size;
        _pixels = layout.Elements == ElementKind.Pixels ? new(_rows, size) : null;
        _singles = layout.Elements == ElementKind.Single ? new(_rows, size) : null;
        _doubles = layout.Elements == ElementKind.Double ? new(_rows, size) : null;
        _tokens = layout.Elements == ElementKind.Tokens ? new(_rows, size) : null;
        Levels = new LevelCounts(layout.Elements == ElementKind.Pixels ? layout.Channels : 0);
    }

    /// <summary>What all samples have in common.</summary>
    public DataLayout Layout { get; }

    /// <summary>How many samples come.</summary>
    public int Count { get; }

    /// <summary>How often each level came, of all samples that were put, kept or not; of nothing where elements are no pixels.</summary>
    public LevelCounts Levels { get; }

    /// <summary>Whether a sample is kept; a reader need not decode one that is not.</summary>
    public bool Wants(int index) => _wanted is null || Array.BinarySearch(_wanted, index) >= 0;

    /// <summary>Takes the elements of a sample of pixels.</summary>
    /// <param name="index">Its place in the whole set, from 0.</param>
    /// <param name="levels">Its levels, channel by channel and row by row; copied.</param>
    public void PutPixels(int index, ReadOnlySpan<byte> levels)
    {
        Levels.Add(levels);
        Put(_pixels, index, levels);
    }

    /// <summary>Takes the elements of a sample of numbers.</summary>
    /// <typeparam name="TElement">As the layout has it: float for <see cref="ElementKind.Single"/>, double for <see cref="ElementKind.Double"/>.</typeparam>
    /// <param name="index">Its place in the whole set, from 0.</param>
    /// <param name="numbers">Its elements, the last dimension running fastest; copied.</param>
    /// <param name="source">The file, for errors.</param>
    /// <exception cref="DataException">One is not finite.</exception>
    public void PutNumbers<TElement>(int index, ReadOnlySpan<TElement> numbers, string source)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!TElement.IsFinite(numbers[i]))
                throw NotFinite(source, double.CreateTruncating(numbers[i]), $"in element {i} of sample {index}");
        }

        if (_singles is BlockArray<TElement> singles)
            Put(singles, index, numbers);
        else
            Put((BlockArray<TElement>?)(object?)_doubles, index, numbers);
    }

    /// <summary>Takes the tokens of a sample.</summary>
    /// <param name="index">Its place in the whole set, from 0.</param>
    /// <param name="tokens">Numbers of a vocabulary; copied.</param>
    /// <param name="source">The file, for errors.</param>
    /// <exception cref="DataException">One is below 0.</exception>
    public void PutTokens(int index, ReadOnlySpan<int> tokens, string source)
    {
        int bad = tokens.IndexOfAnyInRange(int.MinValue, -1);
        if (bad >= 0)
            throw new DataException(
                $"{source} has the token {tokens[bad]} at position {bad} of sample {index}, expected 0 or more; number the vocabulary from 0.");
        Put(_tokens, index, tokens);
    }

    /// <summary>Takes the class of a sample, or one for each of its positions.</summary>
    /// <param name="index">Its place in the whole set, from 0.</param>
    /// <param name="labels">Places in the layout's classes; the reader has checked them.</param>
    public void PutLabels(int index, params ReadOnlySpan<int> labels)
    {
        if (labels.IndexOfAnyExceptInRange(0, Layout.Classes.Length - 1) >= 0)
            throw new ArgumentException("A label is not below the number of classes.", nameof(labels));
        if (RowOf(index) is >= 0 and var row)
            labels.CopyTo(_labels.AsSpan(row * Layout.LabelsPerSample, Layout.LabelsPerSample));
    }

    /// <summary>Takes the real targets of a sample.</summary>
    /// <param name="index">Its place in the whole set, from 0.</param>
    /// <param name="targets">One for each of the layout's; copied.</param>
    /// <param name="source">The file, for errors.</param>
    /// <exception cref="DataException">One is not finite.</exception>
    public void PutTargets(int index, ReadOnlySpan<double> targets, string source)
    {
        for (int i = 0; i < targets.Length; i++)
        {
            if (!double.IsFinite(targets[i]))
                throw NotFinite(source, targets[i], $"in target {i} of sample {index}");
        }

        if (RowOf(index) is >= 0 and var row)
            targets.CopyTo(_targets.AsSpan(row * targets.Length, targets.Length));
    }

    /// <summary>What was kept.</summary>
    /// <exception cref="InvalidOperationException">A sample that was wanted has not come: the reader's fault.</exception>
    public Dataset ToDataset() => Array.IndexOf(_taken, false) is < 0
        ? new(Layout, Count, _wanted, Inputs(), _labels, _targets)
        : throw new InvalidOperationException("The stream ended before all samples had come.");

    private SampleInputs Inputs() => Layout.Elements switch
    {
        ElementKind.Pixels => new PixelInputs(_pixels!, Normalization.None),
        ElementKind.Single => new NumberInputs<float>(_singles!, Normalization.None),
        ElementKind.Double => new NumberInputs<double>(_doubles!, Normalization.None),
        _ => new NumberInputs<int>(_tokens!, Normalization.None),
    };

    private void Put<TElement>(BlockArray<TElement>? kept, int index, ReadOnlySpan<TElement> elements)
        where TElement : unmanaged
    {
        if (kept is null)
            throw new InvalidOperationException($"Elements of another kind than {Layout.Elements} were put.");
        int row = RowOf(index);
        if (row < 0)
            return;
        elements.CopyTo(kept.Row(row));
        _taken[row] = true;
    }

    private int RowOf(int index) => _wanted is null ? index : Array.BinarySearch(_wanted, index);

    private void CheckRoom(string what)
    {
        double free = HostMemory.FreeBytes();
        double each = ((double)Layout.BytesPerElement * Layout.Shape.Size) + (sizeof(int) * Layout.LabelsPerSample) + (sizeof(double) * Layout.Targets.Length);
        if (each * _rows > free)
            throw new DataException(string.Create(
                CultureInfo.InvariantCulture,
                $"{_rows:n0} {what} take {ByteSize.Of(each * _rows)} of memory, of which {ByteSize.Of(free)} are free; "
                + $"take fewer with --samples or --indices, or a machine with more memory."));
    }

    private static DataException NotFinite(string source, double value, string where) => new(string.Create(
        CultureInfo.InvariantCulture, $"{source} has {value} {where}, where a finite number was expected; leave such samples out, or put a number there."));
}
