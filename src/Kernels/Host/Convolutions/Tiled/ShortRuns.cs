using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BasinVolume.Kernels.Host.Convolutions.Tiled;

/// <summary>Copies of a few elements, too few for what a call of the system's copy costs.</summary>
internal static class ShortRuns
{
    /// <summary>Puts all values at the beginning of a place.</summary>
    /// <param name="values">What is put.</param>
    /// <param name="place">At least as long.</param>
    /// <param name="accumulate">Whether they are added.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put<T>(ReadOnlySpan<T> values, Span<T> place, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        place = place[..values.Length];
        ref T from = ref MemoryMarshal.GetReference(values);
        ref T to = ref MemoryMarshal.GetReference(place);
        int done = 0;
        for (; done <= values.Length - Vector<T>.Count; done += Vector<T>.Count)
        {
            var vector = Vector.LoadUnsafe(ref from, (nuint)done);
            (accumulate ? Vector.LoadUnsafe(ref to, (nuint)done) + vector : vector).StoreUnsafe(ref to, (nuint)done);
        }

        for (; done <= values.Length - Vector128<T>.Count; done += Vector128<T>.Count)
        {
            var vector = Vector128.LoadUnsafe(ref from, (nuint)done);
            (accumulate ? Vector128.LoadUnsafe(ref to, (nuint)done) + vector : vector).StoreUnsafe(ref to, (nuint)done);
        }

        for (; done < values.Length; done++)
            Unsafe.Add(ref to, done) = accumulate ? Unsafe.Add(ref to, done) + Unsafe.Add(ref from, done) : Unsafe.Add(ref from, done);
    }

    /// <summary>Puts rows of equal length: whole vectors, the last of which may write some elements once more.</summary>
    /// <param name="values">What is put.</param>
    /// <param name="step">Elements from one row of it to the next.</param>
    /// <param name="places">Where it goes; none of it is read.</param>
    /// <param name="placeStep">Elements from one row there to the next.</param>
    /// <param name="rows">How many rows, at least 1.</param>
    /// <param name="length">Elements of a row.</param>
    public static void PutRows<T>(ReadOnlySpan<T> values, int step, Span<T> places, int placeStep, int rows, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T from = ref MemoryMarshal.GetReference(values[..(((rows - 1) * step) + length)]);
        ref T to = ref MemoryMarshal.GetReference(places[..(((rows - 1) * placeStep) + length)]);
        for (int i = 0; i < rows; i++)
        {
            PutRow(ref from, ref to, length);
            from = ref Unsafe.Add(ref from, step);
            to = ref Unsafe.Add(ref to, placeStep);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutRow<T>(ref T from, ref T to, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (length >= Vector512<T>.Count && Vector512.IsHardwareAccelerated)
        {
            for (int done = 0; done < length - Vector512<T>.Count; done += Vector512<T>.Count)
                Vector512.LoadUnsafe(ref from, (nuint)done).StoreUnsafe(ref to, (nuint)done);
            int last = length - Vector512<T>.Count;
            Vector512.LoadUnsafe(ref from, (nuint)last).StoreUnsafe(ref to, (nuint)last);
        }
        else if (length >= Vector256<T>.Count && Vector256.IsHardwareAccelerated)
        {
            for (int done = 0; done < length - Vector256<T>.Count; done += Vector256<T>.Count)
                Vector256.LoadUnsafe(ref from, (nuint)done).StoreUnsafe(ref to, (nuint)done);
            int last = length - Vector256<T>.Count;
            Vector256.LoadUnsafe(ref from, (nuint)last).StoreUnsafe(ref to, (nuint)last);
        }
        else
        {
            for (int done = 0; done < length; done++)
                Unsafe.Add(ref to, done) = Unsafe.Add(ref from, done);
        }
    }
}
