using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BasinVolume.Kernels.Host.Convolutions.Tiled;

/// <summary>
/// Four channels at once, for processors with registers for so many sums (32 of 512 bits): pixels lie anywhere, so that most of their vectors are in two cache
/// lines, and with two channels to a load it is the loads that a step waits for.
/// </summary>
internal readonly ref partial struct FilterTile<T, TLanes>
{
    /// <summary>The sums over all positions of all images, lane by lane, of four channels; each the same as in <see cref="Sum"/>.</summary>
    /// <param name="outputs">The channels' outputs.</param>
    /// <param name="taps">How far each element of the filters looks: 6, or 5.</param>
    /// <param name="sums">[4, taps], a vector each.</param>
    public void SumFour(in Outputs outputs, ReadOnlySpan<int> taps, Span<TLanes> sums)
    {
        if (taps.Length == Taps)
            FourBySix(outputs, taps, sums);
        else
            FourByFive(outputs, taps, sums);
    }

    private void FourBySix(in Outputs outputs, ReadOnlySpan<int> taps, Span<TLanes> sums)
    {
        ref TLanes outputs0 = ref First(outputs.First), outputs1 = ref First(outputs.Second);
        ref TLanes outputs2 = ref First(outputs.Third), outputs3 = ref First(outputs.Fourth);
        (nint t0, nint t1, nint t2, nint t3, nint t4, nint t5) = (taps[0], taps[1], taps[2], taps[3], taps[4], taps[5]);
        TLanes a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default;
        TLanes b0 = default, b1 = default, b2 = default, b3 = default, b4 = default, b5 = default;
        TLanes c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default;
        TLanes d0 = default, d1 = default, d2 = default, d3 = default, d4 = default, d5 = default;
        nint place = 0;
        for (int s = 0; s < samples; s++)
        {
            ref T image = ref Unsafe.Add(ref MemoryMarshal.GetReference(_images), s * imageLength);
            foreach (int start in _starts)
            {
                TLanes y0 = Unsafe.Add(ref outputs0, place), y1 = Unsafe.Add(ref outputs1, place);
                TLanes y2 = Unsafe.Add(ref outputs2, place), y3 = Unsafe.Add(ref outputs3, place);
                ref T x = ref Unsafe.Add(ref image, start);
                var pixels = TLanes.Load(ref Unsafe.Add(ref x, t0));
                (a0, b0) = (TLanes.MultiplyAdd(y0, pixels, a0), TLanes.MultiplyAdd(y1, pixels, b0));
                (c0, d0) = (TLanes.MultiplyAdd(y2, pixels, c0), TLanes.MultiplyAdd(y3, pixels, d0));
                pixels = TLanes.Load(ref Unsafe.Add(ref x, t1));
                (a1, b1) = (TLanes.MultiplyAdd(y0, pixels, a1), TLanes.MultiplyAdd(y1, pixels, b1));
                (c1, d1) = (TLanes.MultiplyAdd(y2, pixels, c1), TLanes.MultiplyAdd(y3, pixels, d1));
                pixels = TLanes.Load(ref Unsafe.Add(ref x, t2));
                (a2, b2) = (TLanes.MultiplyAdd(y0, pixels, a2), TLanes.MultiplyAdd(y1, pixels, b2));
                (c2, d2) = (TLanes.MultiplyAdd(y2, pixels, c2), TLanes.MultiplyAdd(y3, pixels, d2));
                pixels = TLanes.Load(ref Unsafe.Add(ref x, t3));
                (a3, b3) = (TLanes.MultiplyAdd(y0, pixels, a3), TLanes.MultiplyAdd(y1, pixels, b3));
                (c3, d3) = (TLanes.MultiplyAdd(y2, pixels, c3), TLanes.MultiplyAdd(y3, pixels, d3));
                pixels = TLanes.Load(ref Unsafe.Add(ref x, t4));
                (a4, b4) = (TLanes.MultiplyAdd(y0, pixels, a4), TLanes.MultiplyAdd(y1, pixels, b4));
                (c4, d4) = (TLanes.MultiplyAdd(y2, pixels, c4), TLanes.MultiplyAdd(y3, pixels, d4));
                pixels = TLanes.Load(ref Unsafe.Add(ref x, t5));
                (a5, b5) = (TLanes.MultiplyAdd(y0, pixels, a5), TLanes.MultiplyAdd(y1, pixels, b5));
                (c5, d5) = (TLanes.MultiplyAdd(y2, pixels, c5), TLanes.MultiplyAdd(y3, pixels, d5));
                place++;
            }
        }

        (sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]) = (a0, a1, a2, a3, a4, a5);
        (sums[6], sums[7], sums[8], sums[9], sums[10], sums[11]) = (b0, b1, b2, b3, b4, b5);
        (sums[12], sums[13], sums[14], sums[15], sums[16], sums[17]) = (c0, c1, c2, c3, c4, c5);
        (sums[18], sums[19], sums[20], sums[21], sums[22], sums[23]) = (d0, d1, d2, d3, d4, d5);
    }

    private void FourByFive(in Outputs outputs, ReadOnlySpan<int> taps, Span<TLanes> sums)
    {
        ref TLanes outputs0 = ref First(outputs.First), outputs1 = ref First(outputs.Second);
        ref TLanes outputs2 = ref First(outputs.Third), outputs3 = ref First(outputs.Fourth);
        (nint t0, nint t1, nint t2, nint t3, nint t4) = (taps[0], taps[1], taps[2], taps[3], taps[4]);
        TLanes a0 = default, a1 = default, a2 = default, a3 = default, a4 = default;
        TLanes b0 = default, b1 = default, b2 = default, b3 = default, b4 = default;
        TLanes c0 = default, c1 = default, c2 = default, c3 = default, c4 = default;
        TLanes d0 = default, d1 = default, d2 = default, d3 = default, d4 = default;
        nint place = 0;
        for (int s = 0; s < samples; s++)
        {
            ref T image = ref Unsafe.Add(ref MemoryMarshal.GetReference(_images), s * imageLength);
            foreach (int start in _starts)
            {
                TLanes y0 = Unsafe.Add(ref outputs0, place), y1 = Unsafe.Add(ref outputs1, place);
                TLanes y2 = Unsafe.Add(ref outputs2, place), y3 = Unsafe.Add(ref outputs3, place);
                ref T x = ref Unsafe.Add(ref image, start);
                var pixels = TLanes.Load(ref Unsafe.Add(ref x, t0));
                (a0, b0) = (TLanes.MultiplyAdd(y0, pixels, a0), TLanes.MultiplyAdd(y1, pixels, b0));
                (c0, d0) = (TLanes.MultiplyAdd(y2, pixels, c0), TLanes.MultiplyAdd(y3, pixels, d0));
                pixels = TLanes.Load(ref Unsafe.Add(ref x, t1));
                (a1, b1) = (TLanes.MultiplyAdd(y0, pixels, a1), TLanes.MultiplyAdd(y1, pixels, b1));
                (c1, d1) = (TLanes.MultiplyAdd(y2, pixels, c1), TLanes.MultiplyAdd(y3, pixels, d1));
                pixels = TLanes.Load(ref Unsafe.Add(ref x, t2));
                (a2, b2) = (TLanes.MultiplyAdd(y0, pixels, a2), TLanes.MultiplyAdd(y1, pixels, b2));
                (c2, d2) = (TLanes.MultiplyAdd(y2, pixels, c2), TLanes.MultiplyAdd(y3, pixels, d2));
                pixels = TLanes.Load(ref Unsafe.Add(ref x, t3));
                (a3, b3) = (TLanes.MultiplyAdd(y0, pixels, a3), TLanes.MultiplyAdd(y1, pixels, b3));
                (c3, d3) = (TLanes.MultiplyAdd(y2, pixels, c3), TLanes.MultiplyAdd(y3, pixels, d3));
                pixels = TLanes.Load(ref Unsafe.Add(ref x, t4));
                (a4, b4) = (TLanes.MultiplyAdd(y0, pixels, a4), TLanes.MultiplyAdd(y1, pixels, b4));
                (c4, d4) = (TLanes.MultiplyAdd(y2, pixels, c4), TLanes.MultiplyAdd(y3, pixels, d4));
                place++;
            }
        }

        (sums[0], sums[1], sums[2], sums[3], sums[4]) = (a0, a1, a2, a3, a4);
        (sums[5], sums[6], sums[7], sums[8], sums[9]) = (b0, b1, b2, b3, b4);
        (sums[10], sums[11], sums[12], sums[13], sums[14]) = (c0, c1, c2, c3, c4);
        (sums[15], sums[16], sums[17], sums[18], sums[19]) = (d0, d1, d2, d3, d4);
    }

    private static ref TLanes First(ReadOnlySpan<T> outputs) => ref Unsafe.As<T, TLanes>(ref MemoryMarshal.GetReference(outputs));

    /// <summary>The outputs of four channels, [samples, vectors, lanes] each.</summary>
    /// <param name="all">Those of all channels, one behind the other.</param>
    /// <param name="first">The first one's number.</param>
    /// <param name="length">Elements of a channel.</param>
    internal readonly ref struct Outputs(ReadOnlySpan<T> all, int first, int length)
    {
        public readonly ReadOnlySpan<T> First = all.Slice(first * length, length);
        public readonly ReadOnlySpan<T> Second = all.Slice((first + 1) * length, length);
        public readonly ReadOnlySpan<T> Third = all.Slice((first + 2) * length, length);
        public readonly ReadOnlySpan<T> Fourth = all.Slice((first + 3) * length, length);
    }
}
