using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Host.Products;
using BasinVolume.Kernels.Host.Registers;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Convolutions.Tiled;

/// <summary>
/// Partial sums towards the weights with channels in lanes; a part is a block of samples of one entry. Blocks are added in ascending order afterwards.
/// Each sample is summed for itself before it is added.
/// </summary>
/// <param name="product">What follows from the shape.</param>
/// <param name="shape">Sizes of image and kernel.</param>
/// <param name="entries">V.</param>
/// <param name="samples">S.</param>
/// <param name="x">[S, input size] for each entry.</param>
/// <param name="yAdjoint">[S, output size] for each entry.</param>
/// <param name="partials">[entries, blocks, weight size].</param>
internal readonly struct SumToChannels<T>(
    ChannelProduct product, ConvolutionShape shape, int entries, int samples, Batch<T> x, Batch<T> yAdjoint, T[] partials)
    : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ConvolutionShape _shape = shape;
    private readonly HostBatch<T> _x = new(x, entries, (long)samples * shape.InputSize);
    private readonly HostBatch<T> _yAdjoint = new(yAdjoint, entries, (long)samples * shape.OutputSize);

    /// <summary>Number of parts.</summary>
    public int Parts => entries * SampleBlocks.Count(samples);

    private int Strips => ChannelProduct.Strips<T>(_shape.OutputChannels);

    public void Run(int part)
    {
        (int entry, int first, int end) = SampleBlocks.Of(part, samples);
        int width = Tile<T>.Columns;
        // Vectors first, so that they begin at cache lines.
        int outputLength = width * product.Places.Length, sumLength = Strips * width * _shape.FilterSize;
        Span<T> workspace = PackedOperand<T>.Own(outputLength + sumLength + product.Image.Length);
        Span<T> outputs = workspace[..outputLength], sums = workspace.Slice(outputLength, sumLength), image = workspace[(outputLength + sumLength)..];
        sums.Clear();
        for (int s = first; s < end; s++)
        {
            product.Image.Lay(_x.Entry(entry, s * _shape.InputSize, _shape.InputSize), image);
            ReadOnlySpan<T> adjoint = _yAdjoint.Entry(entry, s * _shape.OutputSize, _shape.OutputSize);
            if (Vector512.IsHardwareAccelerated)
                AddSample<WideLanes<T>>(image, adjoint, outputs, sums);
            else
                AddSample<UsualLanes<T>>(image, adjoint, outputs, sums);
        }

        PutTransposed(sums, partials.AsSpan(part * _shape.WeightSize, _shape.WeightSize));
    }

    private void AddSample<TLanes>(ReadOnlySpan<T> image, ReadOnlySpan<T> adjoint, Span<T> outputs, Span<T> sums)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        int width = ChannelTile<T, TLanes>.Columns, plane = product.Places.Length;
        Span<T> columns = outputs[..(width * plane)];
        for (int first = 0; first < _shape.OutputChannels; first += width)
        {
            PackChannels<T>.Transpose(adjoint[(first * plane)..], plane, Math.Min(width, _shape.OutputChannels - first), columns);
            AddStrip<TLanes>(image, columns, MemoryMarshal.Cast<T, TLanes>(sums.Slice(first * _shape.FilterSize, width * _shape.FilterSize)));
        }
    }

    private void AddStrip<TLanes>(ReadOnlySpan<T> image, ReadOnlySpan<T> columns, Span<TLanes> sums)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        Span<int> starts = stackalloc int[ChannelTile<T, TLanes>.Rows];
        Span<TLanes> tile = stackalloc TLanes[2 * ChannelTile<T, TLanes>.Rows];
        for (int k = 0; k < product.Taps.Length; k += starts.Length)
        {
            ChannelTile<T, TLanes>.Take(product.Taps, k, starts);
            ChannelTile<T, TLanes>.Multiply(image, starts, product.Places, columns, tile);
            Span<TLanes> place = sums.Slice(2 * k, 2 * Math.Min(starts.Length, product.Taps.Length - k));
            for (int i = 0; i < place.Length; i++)
                place[i] = TLanes.Add(place[i], tile[i]);
        }
    }

    private void PutTransposed(ReadOnlySpan<T> sums, Span<T> weights)
    {
        int width = Tile<T>.Columns;
        for (int o = 0; o < _shape.OutputChannels; o++)
        {
            ReadOnlySpan<T> column = sums[((o / width * width * _shape.FilterSize) + (o % width))..];
            Span<T> filter = weights.Slice(o * _shape.FilterSize, _shape.FilterSize);
            for (int k = 0; k < filter.Length; k++)
                filter[k] = column[k * width];
        }
    }
}
