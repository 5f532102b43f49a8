using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Host.Products;
using BasinVolume.Kernels.Host.Registers;
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
    private readonly int _inputStride = x.Stride;

    /// <summary>Number of parts.</summary>
    public int Parts => _inputStride == 0 ? samples * Math.Min(entries, 1) : samples * entries;

    public void Run(int part)
    {
        (int entry, int sample) = Math.DivRem(part, samples);
        Span<T> image = PackedOperand<T>.Own(product.Image.Length);
        product.Image.Lay(_x.Entry(entry, sample * _shape.InputSize, _shape.InputSize), image);
        int end = _inputStride == 0 ? entries : entry + 1;
        for (int v = entry; v < end; v++)
        {
            ReadOnlySpan<T> weights = packed.AsSpan(v * packedStride);
            Span<T> output = _y.Slice(((v * samples) + sample) * _shape.OutputSize, _shape.OutputSize);
            if (Vector512.IsHardwareAccelerated)
                Multiply<WideLanes<T>>(image, weights, output);
            else
                Multiply<UsualLanes<T>>(image, weights, output);
        }
    }

    private void Multiply<TLanes>(ReadOnlySpan<T> image, ReadOnlySpan<T> weights, Span<T> output)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        Span<int> starts = stackalloc int[ChannelTile<T, TLanes>.Rows];
        Span<TLanes> sums = stackalloc TLanes[2 * ChannelTile<T, TLanes>.Rows];
        int width = ChannelTile<T, TLanes>.Columns, plane = product.Places.Length, length = _shape.FilterSize * width;
        for (int place = 0; place < plane; place += starts.Length)
        {
            ChannelTile<T, TLanes>.Take(product.Places, place, starts);
            for (int first = 0; first < _shape.OutputChannels; first += width)
            {
                ChannelTile<T, TLanes>.Multiply(image, starts, product.Taps, weights.Slice(first * _shape.FilterSize, length), sums);
                int channels = Math.Min(width, _shape.OutputChannels - first);
                Put<TLanes>(sums, Math.Min(starts.Length, plane - place), channels, output[((first * plane) + place)..]);
            }
        }
    }

    // Channels lie a plane apart.
    private void Put<TLanes>(ReadOnlySpan<TLanes> sums, int places, int channels, Span<T> output)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        ReadOnlySpan<T> values = MemoryMarshal.Cast<TLanes, T>(sums);
        for (int o = 0; o < channels; o++)
        {
            Span<T> plane = output.Slice(o * product.Places.Length, places);
            for (int i = 0, at = o; i < plane.Length; i++, at += ChannelTile<T, TLanes>.Columns)
                plane[i] = accumulate ? plane[i] + values[at] : values[at];
        }
    }
}
