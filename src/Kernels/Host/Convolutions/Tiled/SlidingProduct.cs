namespace BasinVolume.Kernels.Host.Convolutions.Tiled;

/// <summary>
/// A convolution, or its transpose in the image, as sums over a laid image: for the channels r of the result, group by group,
/// <code>
/// forward  y[o, i, j] = Σ_{c,p,q} w[o, c, p, q] x̂[phase of (p, q); c, i + ⌊p·d/s⌋, j + ⌊q·d/s⌋]          one grid
/// adjoint  x̄[c, u·s + a − padding, …] = Σ_{o, p·d mod s = a, …} w[o, c, p, q] ŷ[o, u − ⌊p·d/s⌋, …]        a grid for each phase (a, b)
/// </code>
/// An element of the kernel belongs to the one phase whose pixels it meets, so that no zero is multiplied for a stride's sake.
/// </summary>
internal sealed class SlidingProduct
{
    private readonly ConvolutionShape _shape;

    private SlidingProduct(in ConvolutionShape shape, LaidImage image, IReadOnlyList<Grid> grids, int rows, int weightRowStep, int sourceChannels)
    {
        (_shape, Image, Rows, WeightRowStep, GroupChannels) = (shape, image, rows, weightRowStep, sourceChannels);
        Grids = [.. grids];
        Strips = FilterStrip.Of(Grids, shape.Groups, rows);
    }

    /// <summary>How the image that is read is laid out.</summary>
    public LaidImage Image { get; }

    /// <summary>Where something is summed, and what.</summary>
    public Grid[] Grids { get; }

    /// <summary>Channels of the result in a group.</summary>
    public int Rows { get; }

    /// <summary>Groups.</summary>
    public int Groups => _shape.Groups;

    /// <summary>Channels of a group of the image that is read.</summary>
    public int GroupChannels { get; }

    /// <summary>Elements of the weights from one row to the next.</summary>
    public int WeightRowStep { get; }

    /// <summary>Elements of the weights from one group to the next.</summary>
    public int WeightGroupStep => _shape.GroupOutputs * _shape.FilterSize;

    /// <summary>Strips of rows, packed: those of the first grid's first group, then those of its others, then of other grids.</summary>
    public FilterStrip[] Strips { get; }

    /// <summary>Strips of a group.</summary>
    public int StripsOfGroup => Strips.Length / (Grids.Length * Groups);

    /// <summary>Elements of the packed weights.</summary>
    public int PackedLength => Strips[^1].End;

    /// <summary>The convolution.</summary>
    /// <param name="shape">Its sizes.</param>
    /// <param name="lanes">Elements of a vector.</param>
    public static SlidingProduct Forward(in ConvolutionShape shape, int lanes)
    {
        LaidImage image = InputOf(shape);
        int[] offsets = TapsOf(shape, image);
        List<Grid.Term> terms = [];
        for (int p = 0; p < shape.KernelHeight; p++)
        {
            for (int c = 0; c < shape.FilterChannels; c++)
            {
                int first = ((c * shape.KernelHeight) + p) * shape.KernelWidth;
                for (int k = first; k < first + shape.KernelWidth; k++)
                    terms.Add(new((p * shape.RowDilation) - shape.Top, offsets[k], k));
            }
        }

        var positions = new Positions(shape.OutputHeight, shape.OutputWidth, image.Pitch, 0, new(0, shape.OutputWidth, 1), lanes);
        var grid = new Grid(terms, positions, shape.RowStride, shape.InputHeight);
        return new(shape, image, [grid], shape.GroupOutputs, shape.FilterSize, shape.FilterChannels);
    }

    /// <summary>The transpose in the image.</summary>
    /// <param name="shape">The convolution's sizes.</param>
    /// <param name="lanes">Elements of a vector.</param>
    public static SlidingProduct Adjoint(in ConvolutionShape shape, int lanes)
    {
        var rows = new AdjointSide(shape.InputHeight, shape.KernelHeight, shape.RowStride, shape.RowDilation, shape.Top);
        var columns = new AdjointSide(shape.InputWidth, shape.KernelWidth, shape.ColumnStride, shape.ColumnDilation, shape.Left);
        var image = new LaidImage(shape.OutputChannels, shape.OutputHeight, shape.OutputWidth, rows.Laid, columns.Laid);
        List<Grid> grids = [];
        for (int a = 0; a < rows.Phases; a++)
        {
            for (int b = 0; b < columns.Phases; b++)
                grids.Add(PhaseOf(shape, image, rows, columns, a, b, lanes));
        }

        return new(shape, image, grids, shape.FilterChannels, shape.KernelHeight * shape.KernelWidth, shape.GroupOutputs);
    }

    /// <summary>How the input of a convolution is laid out.</summary>
    public static LaidImage InputOf(in ConvolutionShape shape)
    {
        var rows = SideOf(shape.RowStride, (shape.KernelHeight - 1) * shape.RowDilation, shape.Top, shape.OutputHeight);
        var columns = SideOf(shape.ColumnStride, (shape.KernelWidth - 1) * shape.ColumnDilation, shape.Left, shape.OutputWidth);
        return new(shape.InputChannels, shape.InputHeight, shape.InputWidth, rows, columns);
    }

    /// <summary>How far each element of a filter looks from an output's position.</summary>
    public static int[] TapsOf(in ConvolutionShape shape, LaidImage image)
    {
        var offsets = new int[shape.FilterSize];
        int k = 0;
        for (int c = 0; c < shape.FilterChannels; c++)
        {
            for (int p = 0; p < shape.KernelHeight; p++)
            {
                for (int q = 0; q < shape.KernelWidth; q++)
                    offsets[k++] = (c * image.ChannelLength) + image.OffsetOf(p * shape.RowDilation, q * shape.ColumnDilation);
            }
        }

        return offsets;
    }

    private static LaidSide SideOf(int stride, int span, int before, int outputs) => new(stride, Math.Min(stride, span + 1), before, outputs + (span / stride));

    private static Grid PhaseOf(in ConvolutionShape shape, LaidImage image, AdjointSide rows, AdjointSide columns, int a, int b, int lanes)
    {
        List<Grid.Term> terms = [];
        // In order of the outputs' rows, which is against that of the kernel's.
        foreach (int p in rows.ElementsOf(a).Reverse())
        {
            for (int o = 0; o < shape.GroupOutputs; o++)
            {
                foreach (int q in columns.ElementsOf(b))
                {
                    int offset = (o * image.ChannelLength) + (rows.PlaceOf(p) * image.Pitch) + columns.PlaceOf(q);
                    terms.Add(new(rows.FirstOutput(a, p), offset, (o * shape.FilterSize) + (p * shape.KernelWidth) + q));
                }
            }
        }

        var target = new Positions.Target(
            (a * shape.InputWidth) + b, shape.RowStride * shape.InputWidth, shape.ColumnStride);
        int start = (rows.FirstPlace(a) * image.Pitch) + columns.FirstPlace(b);
        return new(terms, new(rows.Count(a), columns.Count(b), image.Pitch, start, target, lanes), 1, shape.OutputHeight);
    }
}
