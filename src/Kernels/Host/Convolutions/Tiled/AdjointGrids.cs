namespace BasinVolume.Kernels.Host.Convolutions.Tiled;

/// <summary>
/// The grids of a convolution's transpose in the image, one for each phase (a, b) or several:
/// <code>
/// x̄[c, u·s + a − padding, …] = Σ_{o, p·d mod s = a, …} w[o, c, p, q] ŷ[o, u − ⌊p·d/s⌋, …]
/// </code>
/// </summary>
internal sealed class AdjointGrids
{
    private readonly ConvolutionShape _shape;
    private readonly AdjointSide _rows;
    private readonly AdjointSide _columns;

    /// <summary>What follows from a shape.</summary>
    /// <param name="shape">The convolution's sizes.</param>
    public AdjointGrids(in ConvolutionShape shape)
    {
        _shape = shape;
        _rows = new(shape.InputHeight, shape.KernelHeight, shape.RowStride, shape.RowDilation, shape.Top);
        _columns = new(shape.InputWidth, shape.KernelWidth, shape.ColumnStride, shape.ColumnDilation, shape.Left);
        Image = new(shape.OutputChannels, shape.OutputHeight, shape.OutputWidth, _rows.Laid, _columns.Laid);
    }

    /// <summary>How the outputs are laid out.</summary>
    public LaidImage Image { get; }

    /// <summary>For vectors of neighbouring places.</summary>
    /// <param name="lanes">Elements of a vector.</param>
    public IReadOnlyList<Grid> OfPlaces(int lanes)
        => [.. from a in Phases(_rows) from b in Phases(_columns) select GridOf(a, b, new(0, _columns.Count(b)), [.. _columns.ElementsOf(b)], lanes, 1)];

    /// <summary>For vectors of samples. Pairs of columns that meet the same elements of the kernel are in one grid.</summary>
    /// <param name="lanes">Elements of a vector.</param>
    public IReadOnlyList<Grid> OfSamples(int lanes)
    {
        List<Grid> grids = [];
        foreach (int a in Phases(_rows))
        {
            foreach (int b in Phases(_columns))
            {
                for (int first = 0, end; first < _columns.Count(b); first = end)
                {
                    int[] elements = ElementsOfPair(b, first);
                    for (end = first + 2; end < _columns.Count(b) && ElementsOfPair(b, end).SequenceEqual(elements); end += 2)
                        continue;
                    end = Math.Min(end, _columns.Count(b));
                    grids.Add(GridOf(a, b, new(first, end), elements, 1, lanes));
                }
            }
        }

        return grids;
    }

    private static IEnumerable<int> Phases(AdjointSide side) => Enumerable.Range(0, side.Phases);

    // Elements of the kernel's rows that meet an output in one of two neighbouring columns.
    private int[] ElementsOfPair(int phase, int first)
    {
        (AdjointSide columns, int width) = (_columns, _shape.OutputWidth);
        return [.. columns.ElementsOf(phase).Where(q => columns.FirstOutput(phase, q) + first is var output && output + 1 >= 0 && output < width)];
    }

    // depth: elements of a place.
    private Grid GridOf(int a, int b, (int First, int End) wanted, int[] elements, int lanes, int depth)
    {
        List<Grid.Term> terms = [];
        // In order of the outputs' rows, which is against that of the kernel's.
        foreach (int p in _rows.ElementsOf(a).Reverse())
        {
            for (int o = 0; o < _shape.GroupOutputs; o++)
            {
                foreach (int q in elements)
                {
                    int offset = (o * Image.ChannelLength) + (_rows.PlaceOf(p) * Image.Pitch) + _columns.PlaceOf(q);
                    terms.Add(new(_rows.FirstOutput(a, p), offset * depth, (o * _shape.FilterSize) + (p * _shape.KernelWidth) + q));
                }
            }
        }

        int start = (_rows.FirstPlace(a) * Image.Pitch) + _columns.FirstPlace(b) + wanted.First;
        var target = new Positions.Target(
            (a * _shape.InputWidth) + b + (wanted.First * _shape.ColumnStride), _shape.RowStride * _shape.InputWidth, _shape.ColumnStride);
        return new(terms, new(_rows.Count(a), wanted.End - wanted.First, Image.Pitch, start, target, lanes), 1, _shape.OutputHeight);
    }
}
