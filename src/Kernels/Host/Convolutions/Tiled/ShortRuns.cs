using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BasinVolume.Kernels.Host.Registers;

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
        values = values[..(((rows - 1) * step) + length)];
        places = places[..(((rows - 1) * placeStep) + length)];
        if (Vector512.IsHardwareAccelerated && length >= WideLanes<T>.Count)
            PutByLanes<T, WideLanes<T>>(values, step, places, placeStep, rows, length);
        else if (length >= UsualLanes<T>.Count)
            PutByLanes<T, UsualLanes<T>>(values, step, places, placeStep, rows, length);
        else
            PutOneByOne(values, step, places, placeStep, rows, length);
    }

    private static void PutByLanes<T, TLanes>(ReadOnlySpan<T> values, int step, Span<T> places, int placeStep, int rows, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLanes : unmanaged, ILanes<TLanes, T>
    {
        ref T from = ref MemoryMarshal.GetReference(values);
        ref T to = ref MemoryMarshal.GetReference(places);
        int last = length - TLanes.Count;
        for (int i = 0; i < rows; i++)
        {
            for (int done = 0; done < last; done += TLanes.Count)
                PutLanes<T, TLanes>(ref Unsafe.Add(ref from, done), ref Unsafe.Add(ref to, done));
            PutLanes<T, TLanes>(ref Unsafe.Add(ref from, last), ref Unsafe.Add(ref to, last));
            from = ref Unsafe.Add(ref from, step);
            to = ref Unsafe.Add(ref to, placeStep);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutLanes<T, TLanes>(ref T from, ref T to)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLanes : unmanaged, ILanes<TLanes, T>
        => Unsafe.As<T, TLanes>(ref to) = TLanes.Load(ref from);

    private static void PutOneByOne<T>(ReadOnlySpan<T> values, int step, Span<T> places, int placeStep, int rows, int length)
    {
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < length; j++)
                places[(i * placeStep) + j] = values[(i * step) + j];
        }
    }
}
