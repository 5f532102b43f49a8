using System.Numerics;
using System.Runtime.Intrinsics;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Host.Products;
using BasinVolume.Kernels.Host.Registers;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Convolutions.Tiled;

/// <summary>
/// Partial sums towards the weights; a part is a block of samples of one entry. Images and outputs of a few samples are laid out, and tiles go over all
/// elements of the filters and all channels of outputs. Blocks are added in ascending order afterwards.
/// </summary>
/// <param name="product">What is summed.</param>
/// <param name="shape">Sizes of image and kernel.</param>
/// <param name="entries">V.</param>
/// <param name="samples">S.</param>
/// <param name="x">[S, input size] for each entry.</param>
/// <param name="yAdjoint">[S, output size] for each entry.</param>
/// <param name="partials">[entries, blocks, weight size].</param>
internal readonly struct SumToFilters<T>(
    FilterProduct product, ConvolutionShape shape, int entries, int samples, Batch<T> x, Batch<T> yAdjoint, T[] partials)
    : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Channels of a tile on processors with many registers.
    private const int Four = 4;

    private readonly ConvolutionShape _shape = shape;
    private readonly HostBatch<T> _x = new(x, entries, (long)samples * shape.InputSize);
    private readonly HostBatch<T> _yAdjoint = new(yAdjoint, entries, (long)samples * shape.OutputSize);

    /// <summary>Number of parts.</summary>
    public int Parts => entries * SampleBlocks.Count(samples);

    public void Run(int part)
    {
        (int entry, int start, int end) = SampleBlocks.Of(part, samples);
        Span<T> sums = partials.AsSpan(part * _shape.WeightSize, _shape.WeightSize);
        sums.Clear();
        int outputLength = _shape.OutputChannels * product.OutputLength * product.SamplesOfSum;
        Span<T> workspace = PackedOperand<T>.Own(outputLength + (product.Image.Length * product.SamplesOfSum));
        for (int first = start; first < end; first += product.SamplesOfSum)
        {
            int count = Math.Min(product.SamplesOfSum, end - first);
            Lay(entry, first, count, workspace[..outputLength], workspace[outputLength..]);
            if (Vector512.IsHardwareAccelerated)
                AddSums<WideLanes<T>>(workspace[..outputLength], workspace[outputLength..], count, sums);
            else
                AddSums<UsualLanes<T>>(workspace[..outputLength], workspace[outputLength..], count, sums);
        }
    }

    private void Lay(int entry, int first, int count, Span<T> outputs, Span<T> images)
    {
        for (int s = 0; s < count; s++)
        {
            product.Image.Lay(_x.Entry(entry, (first + s) * _shape.InputSize, _shape.InputSize), images.Slice(s * product.Image.Length, product.Image.Length));
            ReadOnlySpan<T> adjoint = _yAdjoint.Entry(entry, (first + s) * _shape.OutputSize, _shape.OutputSize);
            int plane = _shape.OutputHeight * _shape.OutputWidth;
            for (int o = 0; o < _shape.OutputChannels; o++)
                TakeByVectors(adjoint.Slice(o * plane, plane), outputs.Slice(((o * count) + s) * product.OutputLength, product.OutputLength));
        }
    }

    // Lanes that are not wanted are zeros, so that what they are multiplied with does not count.
    private void TakeByVectors(ReadOnlySpan<T> plane, Span<T> vectors)
    {
        vectors.Clear();
        foreach (Positions.Run piece in product.Positions.Pieces)
            ShortRuns.Put(plane.Slice(piece.Target, piece.Length), vectors[piece.Lane..], accumulate: false);
    }

    private void AddSums<TLanes>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> images, int count, Span<T> sums)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        int channels = _shape.FilterChannels * product.Image.ChannelLength;
        for (int group = 0; group < _shape.Groups; group++)
        {
            var tile = new FilterTile<T, TLanes>(images[(group * channels)..], product.Image.Length, product.Positions.Starts, count);
            foreach (FilterProduct.Tile taps in product.Tiles)
                Channels(tile, outputs, count, group, taps, sums);
        }
    }

    private void Channels<TLanes>(
        in FilterTile<T, TLanes> tile, ReadOnlySpan<T> outputs, int count, int group, in FilterProduct.Tile taps, Span<T> sums)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        Span<TLanes> tileSums = stackalloc TLanes[Four * FilterTile<T, TLanes>.Taps];
        int length = count * product.OutputLength;
        int end = (group + 1) * _shape.GroupOutputs, o = group * _shape.GroupOutputs;
        for (; Vector512.IsHardwareAccelerated && o + Four <= end; o += Four)
        {
            tile.SumFour(new(outputs, o, length), taps.Offsets, tileSums);
            AddChannels(tileSums, o, o + Four, taps, sums);
        }

        for (; o < end; o += FilterTile<T, TLanes>.Channels)
        {
            int second = Math.Min(o + 1, end - 1);
            tile.Sum(outputs.Slice(o * length, length), outputs.Slice(second * length, length), taps.Offsets, tileSums);
            AddChannels(tileSums, o, second + 1, taps, sums);
        }
    }

    private void AddChannels<TLanes>(ReadOnlySpan<TLanes> tileSums, int first, int end, in FilterProduct.Tile taps, Span<T> sums)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        for (int o = first; o < end; o++)
            AddLanes(tileSums.Slice((o - first) * taps.Offsets.Length, taps.Count), sums[((o * _shape.FilterSize) + taps.First)..]);
    }

    private static void AddLanes<TLanes>(ReadOnlySpan<TLanes> values, Span<T> sums)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        for (int i = 0; i < values.Length; i++)
            sums[i] += TLanes.Sum(values[i]);
    }
}
