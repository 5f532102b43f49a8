using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Host.Products;
using BasinVolume.Kernels.Host.Registers;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Convolutions.Tiled;

/// <summary>The convolution with channels in lanes; a part is one image that is read, laid out once for all entries that share it.</summary>
/// <param name="product">What follows from the shape.</param>
/// <param name="shape">Sizes of image and kernel.</param>
/// <param name="entries">V.</param>
/// <param name="samples">S.</param>
/// <param name="x">[S, input size] for each entry.</param>
/// <param name="packed">The weights, packed by <see cref="PackChannels{T}"/>: once, or for each entry.</param>
/// <param name="packedStride">Elements from one entry's weights to the next one's; 0 when they are shared.</param>
/// <param name="y">[V, S, output size].</param>
/// <param name="accumulate">Whether the result is added.</param>
internal readonly struct SlideChannels<T>(
    ChannelProduct product,
    ConvolutionShape shape,
    int entries,
    int samples,
    Batch<T> x,
    ArraySegment<T> packed,
    int packedStride,
    View<T> y,
    bool accumulate)
    : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ConvolutionShape _shape = shape;
    private readonly HostBatch<T> _x = new(x, entries, (long)samples * shape.InputSize);
    private readonly HostView<T> _y = new(y, (long)entries * samples * shape.OutputSize);
    private readonly SharedImages _images = new(entries, samples, x.Stride == 0);

    /// <summary>Number of parts.</summary>
    public int Parts => _images.Parts;

    public void Run(int part)
    {
        (int entry, int end, int sample) = _images.Of(part);
        // Vectors first, so that they begin at cache lines.
        int sumLength = product.RoundedPlaces * ChannelProduct.Strips<T>(_shape.OutputChannels) * Tile<T>.Columns;
        Span<T> workspace = PackedOperand<T>.Own(sumLength + product.Image.Length + _shape.OutputSize);
        Span<T> sums = workspace[..sumLength], image = workspace.Slice(sumLength, product.Image.Length);
        product.Image.Lay(_x.Entry(entry, sample * _shape.InputSize, _shape.InputSize), image);
        for (int v = entry; v < end; v++)
        {
            ReadOnlySpan<T> weights = packed.AsSpan(v * packedStride);
            if (Vector512.IsHardwareAccelerated)
                Multiply(image, weights, MemoryMarshal.Cast<T, WideLanes<T>>(sums));
            else
                Multiply(image, weights, MemoryMarshal.Cast<T, UsualLanes<T>>(sums));
            Put(sums, _y.Slice(((v * samples) + sample) * _shape.OutputSize, _shape.OutputSize), workspace[(sumLength + product.Image.Length)..]);
        }
    }

    // sums: [strips, rounded places, 2], a vector each.
    private void Multiply<TLanes>(ReadOnlySpan<T> image, ReadOnlySpan<T> weights, Span<TLanes> sums)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        Span<int> starts = stackalloc int[ChannelTile<T, TLanes>.Rows];
        int width = ChannelTile<T, TLanes>.Columns, length = _shape.FilterSize * width, tile = 2 * starts.Length;
        for (int place = 0; place < product.Places.Length; place += starts.Length)
        {
            ChannelTile<T, TLanes>.Take(product.Places, place, starts);
            for (int strip = 0; strip * width < _shape.OutputChannels; strip++)
            {
                Span<TLanes> result = sums.Slice(2 * ((strip * product.RoundedPlaces) + place), tile);
                ChannelTile<T, TLanes>.Multiply(image, starts, product.Taps, weights.Slice(strip * length, length), result);
            }
        }
    }

    // Channels lie a plane apart.
    private void Put(ReadOnlySpan<T> sums, Span<T> output, Span<T> terms)
    {
        Span<T> target = accumulate ? terms[..output.Length] : output;
        int width = Tile<T>.Columns, plane = product.Places.Length;
        for (int first = 0; first < _shape.OutputChannels; first += width)
        {
            int channels = Math.Min(width, _shape.OutputChannels - first);
            Transposition.Copy(sums[(first * product.RoundedPlaces)..], width, target[(first * plane)..], plane, plane, channels);
        }

        if (accumulate)
            Vectors.Add<T>(output, target);
    }
}
