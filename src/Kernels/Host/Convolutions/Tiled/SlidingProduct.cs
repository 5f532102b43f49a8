namespace BasinVolume.Kernels.Host.Convolutions.Tiled;

/// <summary>
/// A convolution, or its transpose in the image, as sums over a laid image: for the channels r of the result, group by group,
/// <code>
/// forward  y[o, i, j] = Σ_{c,p,q} w[o, c, p, q] x̂[phase of (p, q); c, i + ⌊p·d/s⌋, j + ⌊q·d/s⌋]          one grid
/// adjoint  those of <see cref="AdjointGrids"/>
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
        Steps = Strips.Sum(strip => strip.Height * Grids[strip.Grid].Pairs.Sum(pair => (long)(pair.EndTerm - pair.FirstTerm)));
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

    /// <summary>Products of a weight and a pair of vectors.</summary>
    public long Steps { get; }

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
        var adjoint = new AdjointGrids(shape);
        return new(shape, adjoint.Image, adjoint.OfPlaces(lanes), shape.FilterChannels, shape.KernelHeight * shape.KernelWidth, shape.GroupOutputs);
    }

    /// <summary>
    /// The same for vectors that have one place of several images: places stand alone, so that those at the edges leave out the terms that lie beside the
    /// image too. An element is the same sum in the same order.
    /// </summary>
    /// <param name="shape">The convolution's sizes.</param>
    /// <param name="lanes">Elements of a vector.</param>
    public static SlidingProduct AdjointOfSamples(in ConvolutionShape shape, int lanes)
    {
        var adjoint = new AdjointGrids(shape);
        return new(shape, adjoint.Image, adjoint.OfSamples(lanes), shape.FilterChannels, shape.KernelHeight * shape.KernelWidth, shape.GroupOutputs);
    }

    /// <summary>How the input of a convolution is laid out.</summary>
    public static LaidImage InputOf(in ConvolutionShape shape)
    {
        var rows = SideOf(shape.RowStride, (shape.KernelHeight - 1) * shape.RowDilation, shape.Top, shape.OutputHeight);
        return new(shape.InputChannels, shape.InputHeight, shape.InputWidth, rows, ColumnsOf(shape));
    }

    /// <summary>How its columns are.</summary>
    public static LaidSide ColumnsOf(in ConvolutionShape shape)
        => SideOf(shape.ColumnStride, (shape.KernelWidth - 1) * shape.ColumnDilation, shape.Left, shape.OutputWidth);

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
}
