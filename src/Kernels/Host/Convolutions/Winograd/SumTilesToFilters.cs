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
/// Partial sums towards the weights; a part is a block of samples of one entry. Of each of the sixteen elements the sums over tiles are a matrix, source
/// channels times result channels, and filters are made of them when all samples of the block are there.
/// </summary>
/// <param name="product">What is summed, forward.</param>
/// <param name="entries">V.</param>
/// <param name="samples">S.</param>
/// <param name="x">[S, input size] for each entry.</param>
/// <param name="yAdjoint">[S, output size] for each entry.</param>
/// <param name="partials">[entries, blocks, weight size].</param>
internal readonly struct SumTilesToFilters<T>(WinogradProduct product, int entries, int samples, Batch<T> x, Batch<T> yAdjoint, T[] partials)
    : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostBatch<T> _x = new(x, entries, (long)samples * product.Source.Size);
    private readonly HostBatch<T> _yAdjoint = new(yAdjoint, entries, (long)samples * product.Result.Size);
    private readonly TransformedTiles<T> _sources = new(product.BlockTiles, product.Source.Channels);
    private readonly TransformedStrips<T> _adjoints = new(product.BlockTiles, product.Result.Channels);

    /// <summary>Number of parts.</summary>
    public int Parts => entries * SampleBlocks.Count(samples);

    private int SumPitch => WinogradProduct.Pitch<T>(product.Result.Channels);

    private int SumStep => (ElementProduct<T>.WholeRows(product.Source.Channels) * SumPitch) + Tile<T>.HalfColumns;

    public void Run(int part)
    {
        if (Vector512.IsHardwareAccelerated)
            Run<WideLanes<T>>(part);
        else
            Run<UsualLanes<T>>(part);
    }

    private void Run<TLanes>(int part)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        (int entry, int start, int end) = SampleBlocks.Of(part, samples);
        int laidLength = product.Images * product.Source.LaidSize<T>(), adjointsLength = product.Images * product.Result.LaidSize<T>();
        int sumsLength = WinogradProduct.Elements * SumStep, filtersLength = WinogradProduct.Taps * product.Source.Channels * SumPitch;
        Span<T> rest = PackedOperand<T>.Own(laidLength + adjointsLength + _sources.Length + _adjoints.Length + sumsLength + filtersLength);
        Span<T> images = PackedOperand<T>.Taken(ref rest, laidLength), adjoints = PackedOperand<T>.Taken(ref rest, adjointsLength);
        Span<T> left = PackedOperand<T>.Taken(ref rest, _sources.Length), right = PackedOperand<T>.Taken(ref rest, _adjoints.Length);
        Span<T> sums = PackedOperand<T>.Taken(ref rest, sumsLength);
        sums.Clear();
        for (int first = start; first < end; first += product.Images)
        {
            int count = Math.Min(product.Images, end - first);
            product.Source.Lay(_x.Entry(entry, first * product.Source.Size, count * product.Source.Size), images);
            product.Result.Lay(_yAdjoint.Entry(entry, first * product.Result.Size, count * product.Result.Size), adjoints);
            for (int block = 0; block < product.BlocksOf(count); block++)
            {
                int before = product.TilesBefore(block), tiles = product.TilesOf(block, count);
                _sources.Transform<TLanes>(images, product.Source.Columns, product.SourceStarts.AsSpan(before, tiles), left);
                _adjoints.Transform<TLanes>(adjoints, product.Result.Columns, product.ResultStarts.AsSpan(before, tiles), right);
                AddSums(left, right, tiles, sums);
            }
        }

        ToFilters<TLanes>(sums, rest, partials.AsSpan(part * product.WeightSize, product.WeightSize));
    }

    // Of each of the sixteen elements: source channels times tiles, times tiles times result channels.
    private void AddSums(Span<T> left, Span<T> right, int tiles, Span<T> sums)
    {
        var one = new ElementProduct<T>(product.Source.Channels, tiles, product.Result.Channels, 1, _sources.Pitch, _adjoints.Strip, SumPitch);
        for (int element = 0; element < WinogradProduct.Elements; element++)
            one.Multiply(left[(element * _sources.Step)..], right[(element * _adjoints.Step)..], sums[(element * SumStep)..], true);
    }

    private void ToFilters<TLanes>(Span<T> sums, Span<T> filters, Span<T> result)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        int pitch = SumPitch, rows = product.Source.Channels * WinogradProduct.Taps;
        var half = TLanes.Broadcast(T.CreateChecked(0.5));
        for (int channel = 0; channel < product.Source.Channels; channel++)
        {
            for (int column = 0; column < pitch; column += TLanes.Count)
            {
                ref T filter = ref filters[(channel * WinogradProduct.Taps * pitch) + column];
                WinogradTile<T, TLanes>.TransformSums(ref sums[(channel * pitch) + column], SumStep, half, ref filter, pitch);
            }
        }

        Transposition.Copy(filters, pitch, result, rows, rows, product.Result.Channels);
    }
}
