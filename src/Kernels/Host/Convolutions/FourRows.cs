using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Host.Registers;

namespace BasinVolume.Kernels.Host.Convolutions;

/// <summary>
/// One vector of neighbouring outputs in each of four rows of a convolution at stride 1, under which every pixel exists:
/// a weight that is loaded serves all four, whose chains do not wait for each other.
/// Each output is summed over channels, kernel rows and kernel columns in ascending order.
/// </summary>
internal static class FourRows<T, TLanes>
    where T : unmanaged
    where TLanes : unmanaged, ILanes<TLanes, T>
{
    /// <summary>How many rows.</summary>
    public const int Count = 4;

    /// <summary>
    /// Puts, or adds, the outputs of rows <paramref name="i"/> to i + 3 from column <paramref name="j"/> on;
    /// all of them lie in the plane, and all of their pixels in the image.
    /// </summary>
    /// <param name="shape">Sizes of image and kernel, stride 1.</param>
    /// <param name="image">The image from the first channel on that the output channel sees.</param>
    /// <param name="filter">The weights of the output channel.</param>
    /// <param name="plane">The output channel.</param>
    /// <param name="i">The first row.</param>
    /// <param name="j">The first column.</param>
    /// <param name="accumulate">Whether the outputs keep what they held.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Compute(in ConvolutionShape shape, ReadOnlySpan<T> image, ReadOnlySpan<T> filter, Span<T> plane, int i, int j, bool accumulate)
    {
        int width = shape.InputWidth, dilation = shape.ColumnDilation, columns = shape.KernelWidth;
        ref T weight = ref MemoryMarshal.GetReference(filter);
        ref T channel = ref Unsafe.Add(ref MemoryMarshal.GetReference(image), ((i - shape.Top) * width) + j - shape.Left);
        TLanes s0 = default, s1 = default, s2 = default, s3 = default;
        for (int c = 0; c < shape.FilterChannels; c++)
        {
            ref T row = ref channel;
            for (int p = 0; p < shape.KernelHeight; p++)
            {
                ref T pixel = ref row;
                for (int q = 0; q < columns; q++)
                {
                    TLanes factor = TLanes.Broadcast(weight);
                    s0 = TLanes.MultiplyAdd(factor, TLanes.Load(ref pixel), s0);
                    s1 = TLanes.MultiplyAdd(factor, TLanes.Load(ref Unsafe.Add(ref pixel, width)), s1);
                    s2 = TLanes.MultiplyAdd(factor, TLanes.Load(ref Unsafe.Add(ref pixel, 2 * width)), s2);
                    s3 = TLanes.MultiplyAdd(factor, TLanes.Load(ref Unsafe.Add(ref pixel, 3 * width)), s3);
                    pixel = ref Unsafe.Add(ref pixel, dilation);
                    weight = ref Unsafe.Add(ref weight, 1);
                }

                row = ref Unsafe.Add(ref row, shape.RowDilation * width);
            }

            channel = ref Unsafe.Add(ref channel, shape.InputHeight * width);
        }

        ref T output = ref Unsafe.Add(ref MemoryMarshal.GetReference(plane), (i * shape.OutputWidth) + j);
        Store(ref output, s0, accumulate);
        Store(ref Unsafe.Add(ref output, shape.OutputWidth), s1, accumulate);
        Store(ref Unsafe.Add(ref output, 2 * shape.OutputWidth), s2, accumulate);
        Store(ref Unsafe.Add(ref output, 3 * shape.OutputWidth), s3, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref T place, TLanes value, bool accumulate)
        => Unsafe.As<T, TLanes>(ref place) = accumulate ? TLanes.Add(Unsafe.As<T, TLanes>(ref place), value) : value;
}
