using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Host.Registers;

namespace BasinVolume.Kernels.Host.Convolutions.Tiled;

/// <summary>
/// The innermost product towards the weights: two channels of outputs times six or five elements of their filters, a vector of sums each in registers.
/// </summary>
/// <param name="images">Laid images, one behind the other.</param>
/// <param name="imageLength">Elements from one to the next.</param>
/// <param name="starts">Where each vector of positions begins in an image.</param>
/// <param name="samples">How many images.</param>
internal readonly ref partial struct FilterTile<T, TLanes>(ReadOnlySpan<T> images, int imageLength, ReadOnlySpan<int> starts, int samples)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLanes : unmanaged, ILanes<TLanes, T>
{
    /// <summary>Elements of a filter, at most; or one fewer.</summary>
    public const int Taps = 6;

    /// <summary>Channels of outputs.</summary>
    public const int Channels = 2;

    private readonly ReadOnlySpan<T> _images = images;
    private readonly ReadOnlySpan<int> _starts = starts;

    /// <summary>The sums over all positions of all images, lane by lane.</summary>
    /// <param name="first">The first channel's outputs, [samples, vectors, lanes].</param>
    /// <param name="second">The second channel's.</param>
    /// <param name="taps">How far each element of the filters looks: 6, or 5.</param>
    /// <param name="sums">[2, taps], a vector each.</param>
    public void Sum(ReadOnlySpan<T> first, ReadOnlySpan<T> second, ReadOnlySpan<int> taps, Span<TLanes> sums)
    {
        if (taps.Length == Taps)
            Six(first, second, taps, sums);
        else
            Five(first, second, taps, sums);
    }

    private void Six(ReadOnlySpan<T> first, ReadOnlySpan<T> second, ReadOnlySpan<int> taps, Span<TLanes> sums)
    {
        ref TLanes firstOutputs = ref Unsafe.As<T, TLanes>(ref MemoryMarshal.GetReference(first));
        ref TLanes secondOutputs = ref Unsafe.As<T, TLanes>(ref MemoryMarshal.GetReference(second));
        (nint t0, nint t1, nint t2, nint t3, nint t4, nint t5) = (taps[0], taps[1], taps[2], taps[3], taps[4], taps[5]);
        TLanes a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default;
        TLanes b0 = default, b1 = default, b2 = default, b3 = default, b4 = default, b5 = default;
        for (int s = 0; s < samples; s++)
        {
            ref T image = ref Unsafe.Add(ref MemoryMarshal.GetReference(_images), s * imageLength);
            foreach (int start in _starts)
            {
                TLanes y0 = firstOutputs, y1 = secondOutputs;
                ref T x = ref Unsafe.Add(ref image, start);
                var pixels = TLanes.Load(ref Unsafe.Add(ref x, t0));
                (a0, b0) = (TLanes.MultiplyAdd(y0, pixels, a0), TLanes.MultiplyAdd(y1, pixels, b0));
                pixels = TLanes.Load(ref Unsafe.Add(ref x, t1));
                (a1, b1) = (TLanes.MultiplyAdd(y0, pixels, a1), TLanes.MultiplyAdd(y1, pixels, b1));
                pixels = TLanes.Load(ref Unsafe.Add(ref x, t2));
                (a2, b2) = (TLanes.MultiplyAdd(y0, pixels, a2), TLanes.MultiplyAdd(y1, pixels, b2));
                pixels = TLanes.Load(ref Unsafe.Add(ref x, t3));
                (a3, b3) = (TLanes.MultiplyAdd(y0, pixels, a3), TLanes.MultiplyAdd(y1, pixels, b3));
                pixels = TLanes.Load(ref Unsafe.Add(ref x, t4));
                (a4, b4) = (TLanes.MultiplyAdd(y0, pixels, a4), TLanes.MultiplyAdd(y1, pixels, b4));
                pixels = TLanes.Load(ref Unsafe.Add(ref x, t5));
                (a5, b5) = (TLanes.MultiplyAdd(y0, pixels, a5), TLanes.MultiplyAdd(y1, pixels, b5));
                firstOutputs = ref Unsafe.Add(ref firstOutputs, 1);
                secondOutputs = ref Unsafe.Add(ref secondOutputs, 1);
            }
        }

        // Stored one by one: what a call takes does not stay in registers before it.
        (sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]) = (a0, a1, a2, a3, a4, a5);
        (sums[6], sums[7], sums[8], sums[9], sums[10], sums[11]) = (b0, b1, b2, b3, b4, b5);
    }

    private void Five(ReadOnlySpan<T> first, ReadOnlySpan<T> second, ReadOnlySpan<int> taps, Span<TLanes> sums)
    {
        ref TLanes firstOutputs = ref Unsafe.As<T, TLanes>(ref MemoryMarshal.GetReference(first));
        ref TLanes secondOutputs = ref Unsafe.As<T, TLanes>(ref MemoryMarshal.GetReference(second));
        (nint t0, nint t1, nint t2, nint t3, nint t4) = (taps[0], taps[1], taps[2], taps[3], taps[4]);
        TLanes a0 = default, a1 = default, a2 = default, a3 = default, a4 = default;
        TLanes b0 = default, b1 = default, b2 = default, b3 = default, b4 = default;
        for (int s = 0; s < samples; s++)
        {
            ref T image = ref Unsafe.Add(ref MemoryMarshal.GetReference(_images), s * imageLength);
            foreach (int start in _starts)
            {
                TLanes y0 = firstOutputs, y1 = secondOutputs;
                ref T x = ref Unsafe.Add(ref image, start);
                var pixels = TLanes.Load(ref Unsafe.Add(ref x, t0));
                (a0, b0) = (TLanes.MultiplyAdd(y0, pixels, a0), TLanes.MultiplyAdd(y1, pixels, b0));
                pixels = TLanes.Load(ref Unsafe.Add(ref x, t1));
                (a1, b1) = (TLanes.MultiplyAdd(y0, pixels, a1), TLanes.MultiplyAdd(y1, pixels, b1));
                pixels = TLanes.Load(ref Unsafe.Add(ref x, t2));
                (a2, b2) = (TLanes.MultiplyAdd(y0, pixels, a2), TLanes.MultiplyAdd(y1, pixels, b2));
                pixels = TLanes.Load(ref Unsafe.Add(ref x, t3));
                (a3, b3) = (TLanes.MultiplyAdd(y0, pixels, a3), TLanes.MultiplyAdd(y1, pixels, b3));
                pixels = TLanes.Load(ref Unsafe.Add(ref x, t4));
                (a4, b4) = (TLanes.MultiplyAdd(y0, pixels, a4), TLanes.MultiplyAdd(y1, pixels, b4));
                firstOutputs = ref Unsafe.Add(ref firstOutputs, 1);
                secondOutputs = ref Unsafe.Add(ref secondOutputs, 1);
            }
        }

        (sums[0], sums[1], sums[2], sums[3], sums[4]) = (a0, a1, a2, a3, a4);
        (sums[5], sums[6], sums[7], sums[8], sums[9]) = (b0, b1, b2, b3, b4);
    }
}
