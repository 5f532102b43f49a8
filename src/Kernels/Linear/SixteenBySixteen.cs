using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BasinVolume.Kernels.Linear;

/// <summary>Squares of sixteen by sixteen numbers in single precision, copied transposed through registers as <see cref="EightByEight"/> does it.</summary>
internal static class SixteenBySixteen
{
    /// <summary>Rows and columns.</summary>
    public const int Side = 16;

    /// <summary>Whether the processor has instructions for such elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsSupported<T>()
        where T : unmanaged
        => typeof(T) == typeof(float) && Avx512F.IsSupported;

    /// <summary>Copies a square.</summary>
    /// <param name="from">Its first element.</param>
    /// <param name="step">Elements from a row to the next.</param>
    /// <param name="to">The first place.</param>
    /// <param name="next">Elements from a row to the next there.</param>
    public static void Copy(ref float from, nint step, ref float to, nint next)
    {
        Quarter(ref from, step, out Vector512<float> a0, out Vector512<float> a1, out Vector512<float> a2, out Vector512<float> a3);
        ref float four = ref Unsafe.Add(ref from, 4 * step);
        Quarter(ref four, step, out Vector512<float> b0, out Vector512<float> b1, out Vector512<float> b2, out Vector512<float> b3);
        ref float eight = ref Unsafe.Add(ref four, 4 * step);
        Quarter(ref eight, step, out Vector512<float> c0, out Vector512<float> c1, out Vector512<float> c2, out Vector512<float> c3);
        ref float twelve = ref Unsafe.Add(ref eight, 4 * step);
        Quarter(ref twelve, step, out Vector512<float> d0, out Vector512<float> d1, out Vector512<float> d2, out Vector512<float> d3);
        Put(a0, b0, c0, d0, ref to, 4 * next);
        Put(a1, b1, c1, d1, ref Unsafe.Add(ref to, next), 4 * next);
        Put(a2, b2, c2, d2, ref Unsafe.Add(ref to, 2 * next), 4 * next);
        Put(a3, b3, c3, d3, ref Unsafe.Add(ref to, 3 * next), 4 * next);
    }

    // Vector j has elements j, 4 + j, 8 + j and 12 + j of four rows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarter(
        ref float rows, nint step, out Vector512<float> first, out Vector512<float> second, out Vector512<float> third, out Vector512<float> fourth)
    {
        var a = Vector512.LoadUnsafe(ref rows);
        var b = Vector512.LoadUnsafe(ref Unsafe.Add(ref rows, step));
        var c = Vector512.LoadUnsafe(ref Unsafe.Add(ref rows, 2 * step));
        var d = Vector512.LoadUnsafe(ref Unsafe.Add(ref rows, 3 * step));
        Vector512<double> leftUpper = Avx512F.UnpackLow(a, b).AsDouble(), leftLower = Avx512F.UnpackLow(c, d).AsDouble();
        Vector512<double> rightUpper = Avx512F.UnpackHigh(a, b).AsDouble(), rightLower = Avx512F.UnpackHigh(c, d).AsDouble();
        first = Avx512F.UnpackLow(leftUpper, leftLower).AsSingle();
        second = Avx512F.UnpackHigh(leftUpper, leftLower).AsSingle();
        third = Avx512F.UnpackLow(rightUpper, rightLower).AsSingle();
        fourth = Avx512F.UnpackHigh(rightUpper, rightLower).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, ref float to, nint next)
    {
        Vector512<float> evenUpper = Avx512F.Shuffle4x128(a, b, 0x88), evenLower = Avx512F.Shuffle4x128(c, d, 0x88);
        Vector512<float> oddUpper = Avx512F.Shuffle4x128(a, b, 0xDD), oddLower = Avx512F.Shuffle4x128(c, d, 0xDD);
        Avx512F.Shuffle4x128(evenUpper, evenLower, 0x88).StoreUnsafe(ref to);
        Avx512F.Shuffle4x128(oddUpper, oddLower, 0x88).StoreUnsafe(ref Unsafe.Add(ref to, next));
        Avx512F.Shuffle4x128(evenUpper, evenLower, 0xDD).StoreUnsafe(ref Unsafe.Add(ref to, 2 * next));
        Avx512F.Shuffle4x128(oddUpper, oddLower, 0xDD).StoreUnsafe(ref Unsafe.Add(ref to, 3 * next));
    }
}
