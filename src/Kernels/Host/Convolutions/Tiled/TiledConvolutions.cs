using System.Numerics;
using BasinVolume.Kernels.Host.Parts;
using BasinVolume.Kernels.Host.Products;

namespace BasinVolume.Kernels.Host.Convolutions.Tiled;

/// <summary>The convolutions that <see cref="TileRule"/> gives to tiles. What follows from a shape alone is found once.</summary>
internal sealed class TiledConvolutions<T>(WorkSharing sharing)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Dictionary<ConvolutionShape, SlidingProduct> _forward = [];
    private readonly Dictionary<ConvolutionShape, SlidingProduct> _adjoint = [];
    private readonly Dictionary<ConvolutionShape, FilterProduct> _filters = [];
    private readonly Dictionary<ConvolutionShape, ChannelProduct> _channels = [];
    private readonly PackedOperand<T> _packed = new();

    private static int Lanes => Tile<T>.HalfColumns;

    public void Convolve(int entries, int samples, in ConvolutionShape shape, Batch<T> x, Batch<T> w, View<T> y, bool accumulate)
    {
        if (!_forward.TryGetValue(shape, out SlidingProduct? product))
            _forward.Add(shape, product = SlidingProduct.Forward(shape, Lanes));
        if (TileRule.HasChannelsInLanes<T>(shape, product.Grids[0].Positions.Count * Lanes))
            SlideChannels(entries, samples, shape, x, w, y, accumulate);
        else
            Slide(product, shape, entries, samples, x, shape.InputSize, w, y, shape.OutputSize, accumulate);
    }

    public void ConvolveInputAdjoint(int entries, int samples, in ConvolutionShape shape, Batch<T> yAdjoint, Batch<T> w, View<T> xAdjoint, bool accumulate)
    {
        if (!_adjoint.TryGetValue(shape, out SlidingProduct? product))
            _adjoint.Add(shape, product = SlidingProduct.Adjoint(shape, Lanes));
        Slide(product, shape, entries, samples, yAdjoint, shape.OutputSize, w, xAdjoint, shape.InputSize, accumulate);
    }

    /// <summary>The partial sums of blocks of samples, [entries, blocks, weight size].</summary>
    public void SumToFilters(int entries, int samples, in ConvolutionShape shape, Batch<T> x, Batch<T> yAdjoint, T[] partials)
    {
        if (!_filters.TryGetValue(shape, out FilterProduct? product))
            _filters.Add(shape, product = new(shape, Lanes));
        long operations = Multiplications(entries, samples, shape);
        if (TileRule.HasChannelsInLanes<T>(shape, product.OutputLength))
        {
            var channels = new SumToChannels<T>(ChannelsOf(shape), shape, entries, samples, x, yAdjoint, partials);
            sharing.Run(operations, channels.Parts, channels);
        }
        else
        {
            var work = new SumToFilters<T>(product, shape, entries, samples, x, yAdjoint, partials);
            sharing.Run(operations, work.Parts, work);
        }
    }

    // Each output pixel is a sum over one filter.
    private static long Multiplications(int entries, int samples, in ConvolutionShape shape)
        => (long)entries * samples * shape.OutputSize * shape.FilterSize;

    private ChannelProduct ChannelsOf(in ConvolutionShape shape)
    {
        if (!_channels.TryGetValue(shape, out ChannelProduct? product))
            _channels.Add(shape, product = new(shape));
        return product;
    }

    private void SlideChannels(int entries, int samples, in ConvolutionShape shape, Batch<T> x, Batch<T> w, View<T> y, bool accumulate)
    {
        int weights = w.Stride == 0 ? Math.Min(entries, 1) : entries;
        int length = ChannelProduct.Strips<T>(shape.OutputChannels) * Tile<T>.Columns * shape.FilterSize;
        ArraySegment<T> packed = _packed.Shared((long)weights * length);
        var pack = new PackChannels<T>(weights, shape.OutputChannels, shape.FilterSize, w, packed);
        sharing.Run((long)weights * length, pack.Parts, pack);
        var slide = new SlideChannels<T>(ChannelsOf(shape), shape, entries, samples, x, packed, w.Stride == 0 ? 0 : length, y, accumulate);
        sharing.Run(Multiplications(entries, samples, shape), slide.Parts, slide);
    }

    private void Slide(
        SlidingProduct product,
        in ConvolutionShape shape,
        int entries,
        int samples,
        Batch<T> source,
        int sourceSize,
        Batch<T> w,
        View<T> result,
        int resultSize,
        bool accumulate)
    {
        int weights = w.Stride == 0 ? Math.Min(entries, 1) : entries;
        ArraySegment<T> packed = _packed.Shared((long)weights * product.PackedLength);
        var pack = new PackFilters<T>(product, weights, shape.WeightSize, w, packed);
        sharing.Run((long)weights * product.PackedLength, pack.Parts, pack);
        int stride = w.Stride == 0 ? 0 : product.PackedLength;
        var slide = new Slide<T>(product, entries, samples, source, sourceSize, packed, stride, result, resultSize, accumulate);
        sharing.Run(Multiplications(entries, samples, shape), slide.Parts, slide);
    }
}
