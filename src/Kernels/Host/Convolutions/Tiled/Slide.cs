using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Host.Products;
using BasinVolume.Kernels.Host.Registers;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Convolutions.Tiled;

/// <summary>
/// A sliding product for all images; a part is one image that is read. It is laid out once for all entries that share it, and tiles go over it pair by pair of
/// vectors of positions, strip by strip of rows.
/// </summary>
/// <param name="product">What is summed where.</param>
/// <param name="entries">V.</param>
/// <param name="samples">S.</param>
/// <param name="source">[S, source size] for each entry.</param>
/// <param name="sourceSize">Elements of an image that is read.</param>
/// <param name="packed">The weights, packed by <see cref="PackFilters{T}"/>: once, or for each entry.</param>
/// <param name="packedStride">Elements from one entry's weights to the next one's; 0 when they are shared.</param>
/// <param name="result">[V, S, result size].</param>
/// <param name="resultSize">Elements of an image that is written.</param>
/// <param name="accumulate">Whether the result is added.</param>
internal readonly struct Slide<T>(
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
    private readonly HostBatch<T> _source = new(source, entries, (long)samples * sourceSize);
    private readonly HostView<T> _result = new(result, (long)entries * samples * resultSize);
    private readonly SharedImages _images = new(entries, samples, source.Stride == 0);
    private readonly int _plane = resultSize / (product.Rows * product.Groups);

    /// <summary>Number of parts.</summary>
    public int Parts => _images.Parts;

    public void Run(int part)
    {
        (int entry, int end, int sample) = _images.Of(part);
        Span<T> image = PackedOperand<T>.Own(product.Image.Length);
        product.Image.Lay(_source.Entry(entry, sample * sourceSize, sourceSize), image);
        for (int v = entry; v < end; v++)
        {
            ReadOnlySpan<T> filters = packed.AsSpan(v * packedStride, product.PackedLength);
            Span<T> target = _result.Slice(((v * samples) + sample) * resultSize, resultSize);
            if (Vector512.IsHardwareAccelerated)
                Grids<WideLanes<T>>(filters, image, target);
            else
                Grids<UsualLanes<T>>(filters, image, target);
        }
    }

    private void Grids<TLanes>(ReadOnlySpan<T> filters, ReadOnlySpan<T> image, Span<T> target)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        int channels = product.GroupChannels * product.Image.ChannelLength;
        for (int first = 0; first < product.Strips.Length; first += product.StripsOfGroup)
        {
            ReadOnlySpan<FilterStrip> strips = product.Strips.AsSpan(first, product.StripsOfGroup);
            Group<TLanes>(product.Grids[strips[0].Grid], strips, filters, image[(strips[0].Group * channels)..], target);
        }
    }

    private void Group<TLanes>(Grid grid, ReadOnlySpan<FilterStrip> strips, ReadOnlySpan<T> filters, ReadOnlySpan<T> image, Span<T> target)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        Positions positions = grid.Positions;
        foreach ((int v, int partner, int firstTerm, int endTerm) in grid.Pairs)
        {
            // A last vector without a partner is computed twice and put once.
            var tile = new SlidingTile<T, TLanes>(grid.Offsets.AsSpan()[firstTerm..endTerm], positions.Starts[v], positions.Starts[partner]);
            bool whole = partner > v && positions.IsWhole(v, accumulate) && positions.IsWhole(partner, accumulate);
            foreach (FilterStrip strip in strips)
            {
                ReadOnlySpan<T> weights = filters[(strip.Start + (firstTerm * strip.Height))..strip.End];
                if (whole && strip.FirstRow + strip.Height <= product.Rows)
                    PutWhole(tile, strip, weights, image, positions, v, target);
                else
                    PutRuns(tile, strip, weights, image, positions, v, target);
            }
        }
    }

    private void PutWhole<TLanes>(
        in SlidingTile<T, TLanes> tile, in FilterStrip strip, ReadOnlySpan<T> weights, ReadOnlySpan<T> image, Positions positions, int v, Span<T> target)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        int first = ((strip.Group * product.Rows) + strip.FirstRow) * _plane, plane = _plane;
        var places = new SlidingTile<T, TLanes>.Places(
            [
                first, first + plane, first + (2 * plane), first + (3 * plane),
                first + (4 * plane), first + (5 * plane), first + (6 * plane), first + (7 * plane),
            ],
            positions.TargetOf(v), positions.TargetOf(v + 1), accumulate);
        tile.Multiply(strip.Height, weights, image, ref MemoryMarshal.GetReference(target), places);
    }

    private void PutRuns<TLanes>(
        in SlidingTile<T, TLanes> tile, in FilterStrip strip, ReadOnlySpan<T> weights, ReadOnlySpan<T> image, Positions positions, int v, Span<T> target)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        int lanes = TLanes.Count, width = 2 * lanes;
        Span<T> sums = stackalloc T[8 * width];
        var places = new SlidingTile<T, TLanes>.Places([0, width, 2 * width, 3 * width, 4 * width, 5 * width, 6 * width, 7 * width], 0, lanes, false);
        tile.Multiply(strip.Height, weights, image, ref MemoryMarshal.GetReference(sums), places);
        int rows = Math.Min(strip.Height, product.Rows - strip.FirstRow), vectors = Math.Min(2, positions.Count - v);
        for (int i = 0; i < rows; i++)
        {
            Span<T> plane = target.Slice(((strip.Group * product.Rows) + strip.FirstRow + i) * _plane, _plane);
            for (int n = 0; n < vectors; n++)
            {
                foreach (Positions.Run run in positions.RunsOf(v + n))
                    Put(sums.Slice((i * width) + (n * lanes) + run.Lane, run.Length), plane[run.Target..], positions.ColumnStep);
            }
        }
    }

    private void Put(ReadOnlySpan<T> values, Span<T> place, int step)
    {
        if (step == 1)
            ShortRuns.Put(values, place, accumulate);
        else
            PutApart(values, place, step);
    }

    private void PutApart(ReadOnlySpan<T> values, Span<T> place, int step)
    {
        for (int j = 0; j < values.Length; j++)
        {
            ref T element = ref place[j * step];
            element = accumulate ? element + values[j] : values[j];
        }
    }
}
