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
}
