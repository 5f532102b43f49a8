using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Host.Products;
using BasinVolume.Kernels.Host.Registers;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Convolutions.Tiled;

/// <summary>
/// A sliding product with samples in the lanes of vectors; a part is as many images as a vector has lanes. They are laid out side by side once for all entries
/// that share them, and what is computed at a place is one vector, which is transposed back when all places are there.
/// </summary>
/// <param name="product">What is summed where, made for samples.</param>
/// <param name="entries">V.</param>
/// <param name="samples">S.</param>
/// <param name="source">[S, source size] for each entry.</param>
/// <param name="sourceSize">Elements of an image that is read.</param>
/// <param name="packed">The weights, packed by <see cref="PackFilters{T}"/>: once, or for each entry.</param>
/// <param name="packedStride">Elements from one entry's weights to the next one's; 0 when they are shared.</param>
/// <param name="result">[V, S, result size].</param>
/// <param name="resultSize">Elements of an image that is written.</param>
/// <param name="accumulate">Whether the result is added.</param>
internal readonly struct SlideSamples<T>(
    SlidingProduct product,
    int entries,
    int samples,
    Batch<T> source,
    int sourceSize,
    ArraySegment<T> packed,
    int packedStride,
    View<T> result,
    int resultSize,
    bool accumulate)
    : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Rows that a strip may have beyond its group's last; what goes there is overwritten by the next group's, or is behind the last one's.
    private const int EmptyRows = 3;

    private readonly HostBatch<T> _source = new(source, entries, (long)samples * sourceSize);
    private readonly HostView<T> _result = new(result, (long)entries * samples * resultSize);
    private readonly SharedImages _images = new(entries, Blocks(samples), source.Stride == 0);
    private readonly int _plane = resultSize / (product.Rows * product.Groups);

    /// <summary>Number of parts.</summary>
    public int Parts => _images.Parts;

    private static int Lanes => Tile<T>.HalfColumns;

    /// <summary>How many times as many images as a vector has lanes, the last ones counted as if they were all there.</summary>
    public static int Blocks(int samples) => (samples + Lanes - 1) / Lanes;

    public void Run(int part)
    {
        (int entry, int end, int block) = _images.Of(part);
        int first = block * Lanes, count = Math.Min(Lanes, samples - first);
        int imageLength = product.Image.Length * Lanes, sumLength = (resultSize + (EmptyRows * _plane)) * Lanes;
        Span<T> workspace = PackedOperand<T>.Own(imageLength + sumLength + (resultSize * Lanes));
        Span<T> images = workspace[..imageLength], sums = workspace.Slice(imageLength, sumLength);
        product.Image.LaySideBySide(_source.Entry(entry, first * sourceSize, count * sourceSize), count, Lanes, images);
        for (int v = entry; v < end; v++)
        {
            ReadOnlySpan<T> filters = packed.AsSpan(v * packedStride, product.PackedLength);
            if (Vector512.IsHardwareAccelerated)
                Grids<WideLanes<T>>(filters, images, sums);
            else
                Grids<UsualLanes<T>>(filters, images, sums);
            Put(sums, count, _result.Slice(((v * samples) + first) * resultSize, count * resultSize), workspace[(imageLength + sumLength)..]);
        }
    }

    private void Grids<TLanes>(ReadOnlySpan<T> filters, ReadOnlySpan<T> images, Span<T> sums)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        int channels = product.GroupChannels * product.Image.ChannelLength * Lanes;
        for (int first = 0; first < product.Strips.Length; first += product.StripsOfGroup)
        {
            ReadOnlySpan<FilterStrip> strips = product.Strips.AsSpan(first, product.StripsOfGroup);
            Group<TLanes>(product.Grids[strips[0].Grid], strips, filters, images[(strips[0].Group * channels)..], sums);
        }
    }

    private void Group<TLanes>(Grid grid, ReadOnlySpan<FilterStrip> strips, ReadOnlySpan<T> filters, ReadOnlySpan<T> images, Span<T> sums)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        int plane = _plane * Lanes;
        ReadOnlySpan<int> rows = [0, plane, 2 * plane, 3 * plane, 4 * plane, 5 * plane, 6 * plane, 7 * plane], offsets = grid.Offsets;
        ReadOnlySpan<int> starts = grid.Positions.Starts;
        foreach ((int v, int partner, int firstTerm, int endTerm) in grid.Pairs)
        {
            var tile = new SlidingTile<T, TLanes>(offsets[firstTerm..endTerm], starts[v] * Lanes, starts[partner] * Lanes);
            var places = new SlidingTile<T, TLanes>.Places(
                rows, grid.Positions.TargetOf(v) * Lanes, grid.Positions.TargetOf(partner) * Lanes, accumulate: false);
            foreach (FilterStrip strip in strips)
            {
                Span<T> target = sums[(((strip.Group * product.Rows) + strip.FirstRow) * plane)..];
                ReadOnlySpan<T> weights = filters[(strip.Start + (firstTerm * strip.Height))..strip.End];
                tile.Multiply(strip.Height, weights, images, ref MemoryMarshal.GetReference(target), places);
            }
        }
    }

    private void Put(ReadOnlySpan<T> sums, int count, Span<T> target, Span<T> terms)
    {
        Span<T> place = accumulate ? terms[..target.Length] : target;
        Transposition.Copy(sums, Lanes, place, resultSize, resultSize, count);
        if (accumulate)
            Vectors.Add<T>(target, place);
    }
}
