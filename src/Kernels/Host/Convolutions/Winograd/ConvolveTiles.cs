using System.Numerics;
using System.Runtime.Intrinsics;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Host.Convolutions.Tiled;
using BasinVolume.Kernels.Host.Products;
using BasinVolume.Kernels.Host.Registers;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Convolutions.Winograd;

/// <summary>
/// The sum of one or two convolutions of transformed tiles, forward or towards the image; a part is a few images, of one entry or of all if these share some.
/// Products of all terms are summed before they are transformed back.
/// </summary>
/// <param name="product">What is multiplied.</param>
/// <param name="entries">V.</param>
/// <param name="samples">S.</param>
/// <param name="terms">The convolutions.</param>
/// <param name="result">[V, S, result size].</param>
/// <param name="accumulate">Whether the result is added.</param>
internal readonly struct ConvolveTiles<T>(
    WinogradProduct product, int entries, int samples, ArraySegment<WinogradTerm<T>> terms, View<T> result, bool accumulate)
    : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostView<T> _result = new(result, (long)entries * samples * product.Result.Size);
    private readonly TransformedTiles<T> _sources = new(product.BlockTiles, product.Source.Channels);
    private readonly TransformedTiles<T> _products = new(product.BlockTiles, product.Result.Channels);
    private readonly SharedImages _groups = new(entries, (samples + product.Images - 1) / product.Images, HasShared(terms));

    /// <summary>Number of parts.</summary>
    public int Parts => _groups.Parts;

    public void Run(int part)
    {
        if (Vector512.IsHardwareAccelerated)
            Run<WideLanes<T>>(part);
        else
            Run<UsualLanes<T>>(part);
    }

    private static bool HasShared(ArraySegment<WinogradTerm<T>> terms)
    {
        bool has = false;
        foreach (WinogradTerm<T> term in terms)
            has |= term.AreShared;
        return has;
    }

    private void Run<TLanes>(int part)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        (int entry, int end, int group) = _groups.Of(part);
        int start = group * product.Images, count = Math.Min(product.Images, samples - start);
        int outputsLength = product.Images * product.Result.LaidSize<T>(), termsLength = TermsLength(terms.Count);
        int placesLength = accumulate ? product.Images * product.Result.Size : 0;
        Span<T> rest = PackedOperand<T>.Own(outputsLength + _products.Length + termsLength + placesLength);
        Span<T> outputs = PackedOperand<T>.Taken(ref rest, outputsLength), products = PackedOperand<T>.Taken(ref rest, _products.Length);
        Span<T> tiles = PackedOperand<T>.Taken(ref rest, termsLength);
        for (int v = entry; v < end; v++)
        {
            for (int i = 0; i < terms.Count; i++)
            {
                if (v == entry || !terms[i].AreShared)
                    TilesOf(i, tiles).Take<TLanes>(v, start, count);
            }

            for (int block = 0; block < product.BlocksOf(count); block++)
            {
                for (int i = 0; i < terms.Count; i++)
                    Multiply(TilesOf(i, tiles).Block<TLanes>(block, count), terms[i].FiltersOf(v), product.TilesOf(block, count), products, i > 0);
                ReadOnlySpan<int> starts = product.ResultStarts.AsSpan(product.TilesBefore(block), product.TilesOf(block, count));
                _products.Put<TLanes>(products, starts, outputs, product.Result.Columns);
            }

            Put(outputs, _result.Slice(((v * samples) + start) * product.Result.Size, count * product.Result.Size), rest);
        }
    }

    // Elements of the workspace of the first terms.
    private int TermsLength(int count)
    {
        int length = 0;
        for (int i = 0; i < count; i++)
            length += TermTiles<T>.Length(product, terms[i].AreShared);
        return length;
    }

    private TermTiles<T> TilesOf(int i, Span<T> tiles) => new(product, terms[i], tiles[TermsLength(i)..]);

    // Of each of the sixteen elements: tiles times source channels, times source channels times result channels.
    private void Multiply(Span<T> transformed, Span<T> filters, int tiles, Span<T> products, bool accumulate)
    {
        int depth = product.Source.Channels, columns = product.Result.Channels, strip = depth * Tile<T>.Columns;
        int step = strip * WinogradProduct.Strips<T>(columns);
        var one = new ElementProduct<T>(tiles, depth, columns, _sources.Pitch, 1, strip, _products.Pitch);
        for (int element = 0; element < WinogradProduct.Elements; element++)
            one.Multiply(transformed[(element * _sources.Step)..], filters.Slice(element * step, step), products[(element * _products.Step)..], accumulate);
    }

    private void Put(ReadOnlySpan<T> outputs, Span<T> target, Span<T> places)
    {
        Span<T> place = accumulate ? places[..target.Length] : target;
        product.Result.Take(outputs, place);
        if (accumulate)
            Vectors.Add<T>(target, place);
    }
}
