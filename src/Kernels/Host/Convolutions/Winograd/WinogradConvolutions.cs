using System.Numerics;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Host.Parts;
using BasinVolume.Kernels.Host.Products;

namespace BasinVolume.Kernels.Host.Convolutions.Winograd;

/// <summary>The convolutions that <see cref="WinogradRule"/> gives to transformed tiles. What follows from a shape alone is found once.</summary>
internal sealed class WinogradConvolutions<T>(WorkSharing sharing)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Dictionary<ConvolutionShape, (WinogradProduct Forward, WinogradProduct Adjoint)> _products = [];
    private readonly PackedOperand<T> _packed = new();
    private readonly WinogradTerm<T>[] _terms = new WinogradTerm<T>[2];

    public void Convolve(int entries, int samples, in ConvolutionShape shape, in ConvolutionTerm<T> term, View<T> y, bool accumulate)
        => One(ProductsOf(shape).Forward, entries, samples, shape, term, y, accumulate);

    public void ConvolveTwo(int entries, int samples, in ConvolutionShape shape, in ConvolutionTerm<T> one, in ConvolutionTerm<T> other, View<T> y)
        => Two(ProductsOf(shape).Forward, entries, samples, shape, one, other, y, false);

    public void ConvolveInputAdjoint(int entries, int samples, in ConvolutionShape shape, in ConvolutionTerm<T> term, View<T> xAdjoint, bool accumulate)
        => One(ProductsOf(shape).Adjoint, entries, samples, shape, term, xAdjoint, accumulate);

    public void ConvolveTwoInputAdjoints(
        int entries, int samples, in ConvolutionShape shape, in ConvolutionTerm<T> one, in ConvolutionTerm<T> other, View<T> xAdjoint, bool accumulate)
        => Two(ProductsOf(shape).Adjoint, entries, samples, shape, one, other, xAdjoint, accumulate);

    /// <summary>The partial sums of blocks of samples, [entries, blocks, weight size].</summary>
    public void SumToFilters(int entries, int samples, in ConvolutionShape shape, Batch<T> x, Batch<T> yAdjoint, T[] partials)
    {
        var work = new SumTilesToFilters<T>(ProductsOf(shape).Forward, entries, samples, x, yAdjoint, partials);
        sharing.Run(shape.Multiplications(entries, samples), work.Parts, work);
    }

    private void One(
        WinogradProduct product, int entries, int samples, in ConvolutionShape shape, in ConvolutionTerm<T> term, View<T> result, bool accumulate)
    {
        ArraySegment<T> packed = _packed.Shared(PackedLength(product, entries, term));
        _terms[0] = Packed(product, entries, samples, term, packed);
        Run(product, 1, entries, samples, shape, result, accumulate);
    }

    private void Two(
        WinogradProduct product,
        int entries,
        int samples,
        in ConvolutionShape shape,
        in ConvolutionTerm<T> one,
        in ConvolutionTerm<T> other,
        View<T> result,
        bool accumulate)
    {
        long length = PackedLength(product, entries, one);
        ArraySegment<T> packed = _packed.Shared(length + PackedLength(product, entries, other));
        _terms[0] = Packed(product, entries, samples, one, packed);
        _terms[1] = Packed(product, entries, samples, other, packed[(int)length..]);
        Run(product, 2, entries, samples, shape, result, accumulate);
    }

    private void Run(WinogradProduct product, int terms, int entries, int samples, in ConvolutionShape shape, View<T> result, bool accumulate)
    {
        var work = new ConvolveTiles<T>(product, entries, samples, new(_terms, 0, terms), result, accumulate);
        sharing.Run(terms * shape.Multiplications(entries, samples), work.Parts, work);
    }

    private static int Weights(int entries, in ConvolutionTerm<T> term) => term.Weights.Stride == 0 ? Math.Min(entries, 1) : entries;

    private static long PackedLength(WinogradProduct product, int entries, in ConvolutionTerm<T> term)
        => (long)Weights(entries, term) * WinogradFilters<T>.Length(product);

    private WinogradTerm<T> Packed(WinogradProduct product, int entries, int samples, in ConvolutionTerm<T> term, ArraySegment<T> packed)
    {
        var filters = new WinogradFilters<T>(product, Weights(entries, term), term.Weights, packed);
        sharing.Run(PackedLength(product, entries, term), filters.Parts, filters);
        var images = new HostBatch<T>(term.Images, entries, (long)samples * product.Source.Size);
        return new(images, term.Images.Stride == 0 && entries > 1, packed, term.Weights.Stride == 0 ? 0 : WinogradFilters<T>.Length(product));
    }

    private (WinogradProduct Forward, WinogradProduct Adjoint) ProductsOf(in ConvolutionShape shape)
    {
        if (!_products.TryGetValue(shape, out (WinogradProduct Forward, WinogradProduct Adjoint) products))
            _products.Add(shape, products = (WinogradProduct.Forward(shape), WinogradProduct.Adjoint(shape)));
        return products;
    }
}
