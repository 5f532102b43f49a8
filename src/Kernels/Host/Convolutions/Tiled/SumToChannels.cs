using System.Numerics;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Host.Products;
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
    public int Parts => entries * FilterProduct.Blocks(samples);

    private int Strips => ChannelProduct.Strips<T>(_shape.OutputChannels);

    public void Run(int part)
    {
        int size = FilterProduct.SamplesOfBlock(samples), width = ChannelTile<T>.Columns;
        (int entry, int block) = Math.DivRem(part, FilterProduct.Blocks(samples));
        // Vectors first, so that they begin at cache lines.
        int outputLength = Strips * width * product.Places.Length, sumLength = Strips * width * _shape.FilterSize;
        Span<T> workspace = PackedOperand<T>.Own(outputLength + sumLength + product.Image.Length);
        Span<T> outputs = workspace[..outputLength], sums = workspace.Slice(outputLength, sumLength), image = workspace[(outputLength + sumLength)..];
        sums.Clear();
        int end = Math.Min(samples, (block + 1) * size);
        for (int s = block * size; s < end; s++)
        {
            product.Image.Lay(_x.Entry(entry, s * _shape.InputSize, _shape.InputSize), image);
            ReadOnlySpan<T> adjoint = _yAdjoint.Entry(entry, s * _shape.OutputSize, _shape.OutputSize);
            for (int strip = 0; strip < Strips; strip++)
                AddSample(image, adjoint, strip, outputs, sums.Slice(strip * width * _shape.FilterSize, width * _shape.FilterSize));
        }

        PutTransposed(sums, partials.AsSpan(part * _shape.WeightSize, _shape.WeightSize));
    }

    private void AddSample(ReadOnlySpan<T> image, ReadOnlySpan<T> adjoint, int strip, Span<T> outputs, Span<T> sums)
    {
        int width = ChannelTile<T>.Columns, plane = product.Places.Length, first = strip * width;
        Span<T> columns = outputs[..(width * plane)];
        PackChannels<T>.Transpose(adjoint[(first * plane)..], plane, Math.Min(width, _shape.OutputChannels - first), columns);
        Span<int> starts = stackalloc int[ChannelTile<T>.Rows];
        Span<Vector<T>> tile = stackalloc Vector<T>[2 * ChannelTile<T>.Rows];
        for (int k = 0; k < product.Taps.Length; k += starts.Length)
        {
            ChannelTile<T>.Take(product.Taps, k, starts);
            ChannelTile<T>.Multiply(image, starts, product.Places, columns, tile);
            Span<Vector<T>> place = MemoryMarshal.Cast<T, Vector<T>>(sums[(k * width)..]);
            int wanted = 2 * Math.Min(starts.Length, product.Taps.Length - k);
            for (int i = 0; i < wanted; i++)
                place[i] += tile[i];
        }
    }

    private void PutTransposed(ReadOnlySpan<T> sums, Span<T> weights)
    {
        int width = ChannelTile<T>.Columns;
        for (int o = 0; o < _shape.OutputChannels; o++)
        {
            ReadOnlySpan<T> column = sums[((o / width * width * _shape.FilterSize) + (o % width))..];
            Span<T> filter = weights.Slice(o * _shape.FilterSize, _shape.FilterSize);
            for (int k = 0; k < filter.Length; k++)
                filter[k] = column[k * width];
        }
    }
}
