using System.Numerics;
using System.Runtime.Intrinsics;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Host.Products;
using BasinVolume.Kernels.Host.Registers;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Convolutions.Winograd;

/// <summary>
/// Transforms filters and packs them as right-hand operands, [element, strip, source channel, column]. A part is a source's channel of an entry.
/// </summary>
/// <param name="product">What the weights are multiplied with.</param>
/// <param name="entries">How many weights there are.</param>
/// <param name="w">The weights.</param>
/// <param name="packed">[entries, <see cref="Length"/>].</param>
internal readonly struct WinogradFilters<T>(WinogradProduct product, int entries, Batch<T> w, ArraySegment<T> packed) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostBatch<T> _w = new(w, entries, product.WeightSize);

    /// <summary>Number of parts.</summary>
    public int Parts => entries * product.Source.Channels;

    /// <summary>Elements of one entry's packed filters.</summary>
    public static int Length(WinogradProduct product)
        => WinogradProduct.Elements * WinogradProduct.Strips<T>(product.Result.Channels) * product.Source.Channels * Tile<T>.Columns;

    public void Run(int part)
    {
        if (Vector512.IsHardwareAccelerated)
            Run<WideLanes<T>>(part);
        else
            Run<UsualLanes<T>>(part);
    }

    // Filters are turned first, [taps, result channels], so that channels are in lanes.
    private void Run<TLanes>(int part)
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        (int entry, int channel) = Math.DivRem(part, product.Source.Channels);
        int channels = product.Result.Channels, pitch = WinogradProduct.Pitch<T>(channels);
        ReadOnlySpan<T> weights = _w.Entry(entry, product.WeightSize)[(channel * product.WeightTermStep)..];
        Span<T> taps = PackedOperand<T>.Own(WinogradProduct.Taps * pitch);
        Transposition.Copy(weights, product.WeightRowStep, taps, pitch, channels, WinogradProduct.Taps);
        int width = Tile<T>.Columns, strip = product.Source.Channels * width, step = WinogradProduct.Strips<T>(channels) * strip;
        Span<T> target = packed.AsSpan((entry * Length(product)) + (channel * width), Length(product) - (channel * width));
        var half = TLanes.Broadcast(T.CreateChecked(0.5));
        for (int column = 0; column < pitch; column += TLanes.Count)
        {
            ref T first = ref taps[(product.FirstTap * pitch) + column];
            ref T place = ref target[(column / width * strip) + (column % width)];
            WinogradTile<T, TLanes>.TransformFilter(ref first, product.TapStep * pitch, half, ref place, step);
        }
    }
}
