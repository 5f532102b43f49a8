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
    private readonly Dictionary<ConvolutionShape, SlidingProduct> _adjointOfSamples = [];
    private readonly Dictionary<ConvolutionShape, FilterProduct> _filters = [];
    private readonly Dictionary<ConvolutionShape, ChannelProduct> _channels = [];
    private readonly PackedOperand<T> _packed = new();

    private static int Lanes => Tile<T>.HalfColumns;

    public void Convolve(int entries, int samples, in ConvolutionShape shape, Batch<T> x, Batch<T> w, View<T> y, bool accumulate)
    {
        if (TileRule.HasChannelsInLanes<T>(shape))
        {
            SlideChannels(entries, samples, shape, x, w, y, accumulate);
            return;
        }

        SlidingProduct product = Known(_forward, shape, static shape => SlidingProduct.Forward(shape, Lanes));
        (ArraySegment<T> packed, int stride) = Pack(product, entries, shape, w);
        var slide = new Slide<T>(product, entries, samples, x, shape.InputSize, packed, stride, y, shape.OutputSize, accumulate);
        sharing.Run(shape.Multiplications(entries, samples), slide.Parts, slide);
    }

    public void ConvolveInputAdjoint(int entries, int samples, in ConvolutionShape shape, Batch<T> yAdjoint, Batch<T> w, View<T> xAdjoint, bool accumulate)
    {
        SlidingProduct product = Known(_adjoint, shape, static shape => SlidingProduct.Adjoint(shape, Lanes));
        long operations = shape.Multiplications(entries, samples);
        if (OfSamples(shape, samples, product) is { } ofSamples)
        {
            (ArraySegment<T> packed, int stride) = Pack(ofSamples, entries, shape, w);
            var slide = new SlideSamples<T>(ofSamples, entries, samples, yAdjoint, shape.OutputSize, packed, stride, xAdjoint, shape.InputSize, accumulate);
            sharing.Run(operations, slide.Parts, slide);
        }
        else
        {
            (ArraySegment<T> packed, int stride) = Pack(product, entries, shape, w);
            var slide = new Slide<T>(product, entries, samples, yAdjoint, shape.OutputSize, packed, stride, xAdjoint, shape.InputSize, accumulate);
            sharing.Run(operations, slide.Parts, slide);
        }
    }

    /// <summary>The partial sums of blocks of samples, [entries, blocks, weight size].</summary>
    public void SumToFilters(int entries, int samples, in ConvolutionShape shape, Batch<T> x, Batch<T> yAdjoint, T[] partials)
    {
        long operations = shape.Multiplications(entries, samples);
        if (TileRule.HasChannelsInLanes<T>(shape))
        {
            var channels = new SumToChannels<T>(ChannelsOf(shape), shape, entries, samples, x, yAdjoint, partials);
            sharing.Run(operations, channels.Parts, channels);
        }
        else
        {
            FilterProduct product = Known(_filters, shape, static shape => new FilterProduct(shape, Lanes));
            var work = new SumToFilters<T>(product, shape, entries, samples, x, yAdjoint, partials);
            sharing.Run(operations, work.Parts, work);
        }
    }

    private static TProduct Known<TProduct>(Dictionary<ConvolutionShape, TProduct> products, in ConvolutionShape shape, Func<ConvolutionShape, TProduct> make)
    {
        if (!products.TryGetValue(shape, out TProduct? product))
            products.Add(shape, product = make(shape));
        return product;
    }

    // The product with samples in lanes if that is better than the one with places.
    private SlidingProduct? OfSamples(in ConvolutionShape shape, int samples, SlidingProduct ofPlaces)
    {
        if (!TileRule.MayHaveSamplesInLanes<T>(shape, samples))
            return null;
        SlidingProduct ofSamples = Known(_adjointOfSamples, shape, static shape => SlidingProduct.AdjointOfSamples(shape, Lanes));
        return TileRule.HasSamplesInLanes<T>(shape, samples, ofPlaces, ofSamples) ? ofSamples : null;
    }

    private ChannelProduct ChannelsOf(in ConvolutionShape shape) => Known(_channels, shape, static shape => new ChannelProduct(shape));

    private void SlideChannels(int entries, int samples, in ConvolutionShape shape, Batch<T> x, Batch<T> w, View<T> y, bool accumulate)
    {
        int weights = w.Stride == 0 ? Math.Min(entries, 1) : entries;
        int length = ChannelProduct.Strips<T>(shape.OutputChannels) * Tile<T>.Columns * shape.FilterSize;
        ArraySegment<T> packed = _packed.Shared((long)weights * length);
        var pack = new PackChannels<T>(weights, shape.OutputChannels, shape.FilterSize, w, packed);
        sharing.Run((long)weights * length, pack.Parts, pack);
        var slide = new SlideChannels<T>(ChannelsOf(shape), shape, entries, samples, x, packed, w.Stride == 0 ? 0 : length, y, accumulate);
        sharing.Run(shape.Multiplications(entries, samples), slide.Parts, slide);
    }

    // The weights as a product takes them, and the elements from one entry's to the next one's.
    private (ArraySegment<T> Packed, int Stride) Pack(SlidingProduct product, int entries, in ConvolutionShape shape, Batch<T> w)
    {
        int weights = w.Stride == 0 ? Math.Min(entries, 1) : entries;
        ArraySegment<T> packed = _packed.Shared((long)weights * product.PackedLength);
        var pack = new PackFilters<T>(product, weights, shape.WeightSize, w, packed);
        sharing.Run((long)weights * product.PackedLength, pack.Parts, pack);
        return (packed, w.Stride == 0 ? 0 : product.PackedLength);
    }
}
