using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BasinVolume.Kernels.Linear;

/// <summary>
/// Squares of eight by eight elements, copied transposed through registers. Of four rows the columns are made inside each 128 bits first, of two rows where
/// these hold two elements, and then the 128 bits are brought together that belong to one column.
/// </summary>
internal static class EightByEight
{
    /// <summary>Rows and columns.</summary>
    public const int Side = 8;

    /// <summary>Whether the processor has instructions for such elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsSupported<T>()
        where T : unmanaged
        => typeof(T) == typeof(double) ? Avx512F.IsSupported : typeof(T) == typeof(float) && Avx.IsSupported;

    /// <summary>Copies a square.</summary>
    /// <param name="from">Its first element.</param>
    /// <param name="step">Elements from a row to the next.</param>
    /// <param name="to">The first place.</param>
    /// <param name="next">Elements from a row to the next there.</param>
    public static void Copy(ref float from, nint step, ref float to, nint next)
    {
        Half(ref from, step, out Vector256<float> a0, out Vector256<float> a1, out Vector256<float> a2, out Vector256<float> a3);
        Half(ref Unsafe.Add(ref from, 4 * step), step, out Vector256<float> b0, out Vector256<float> b1, out Vector256<float> b2, out Vector256<float> b3);
        Put(a0, b0, ref to, next);
        Put(a1, b1, ref Unsafe.Add(ref to, next), next);
        Put(a2, b2, ref Unsafe.Add(ref to, 2 * next), next);
        Put(a3, b3, ref Unsafe.Add(ref to, 3 * next), next);
    }

    /// <summary>Copies a square.</summary>
    /// <param name="from">Its first element.</param>
    /// <param name="step">Elements from a row to the next.</param>
    /// <param name="to">The first place.</param>
    /// <param name="next">Elements from a row to the next there.</param>
    public static void Copy(ref double from, nint step, ref double to, nint next)
    {
        Quarter(ref from, step, out Vector512<double> a0, out Vector512<double> a1);
        Quarter(ref Unsafe.Add(ref from, 2 * step), step, out Vector512<double> b0, out Vector512<double> b1);
        Quarter(ref Unsafe.Add(ref from, 4 * step), step, out Vector512<double> c0, out Vector512<double> c1);
        Quarter(ref Unsafe.Add(ref from, 6 * step), step, out Vector512<double> d0, out Vector512<double> d1);
        Put(a0, b0, c0, d0, ref to, 2 * next);
        Put(a1, b1, c1, d1, ref Unsafe.Add(ref to, next), 2 * next);
    }

    // Vector j has elements j and 4 + j of four rows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Half(
        ref float rows, nint step, out Vector256<float> first, out Vector256<float> second, out Vector256<float> third, out Vector256<float> fourth)
    {
        var a = Vector256.LoadUnsafe(ref rows);
        var b = Vector256.LoadUnsafe(ref Unsafe.Add(ref rows, step));
        var c = Vector256.LoadUnsafe(ref Unsafe.Add(ref rows, 2 * step));
        var d = Vector256.LoadUnsafe(ref Unsafe.Add(ref rows, 3 * step));
        Vector256<double> leftUpper = Avx.UnpackLow(a, b).AsDouble(), leftLower = Avx.UnpackLow(c, d).AsDouble();
        Vector256<double> rightUpper = Avx.UnpackHigh(a, b).AsDouble(), rightLower = Avx.UnpackHigh(c, d).AsDouble();
        first = Avx.UnpackLow(leftUpper, leftLower).AsSingle();
        second = Avx.UnpackHigh(leftUpper, leftLower).AsSingle();
        third = Avx.UnpackLow(rightUpper, rightLower).AsSingle();
        fourth = Avx.UnpackHigh(rightUpper, rightLower).AsSingle();
    }

    // Vector j has elements j, 2 + j, 4 + j and 6 + j of two rows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarter(ref double rows, nint step, out Vector512<double> first, out Vector512<double> second)
    {
        var a = Vector512.LoadUnsafe(ref rows);
        var b = Vector512.LoadUnsafe(ref Unsafe.Add(ref rows, step));
        first = Avx512F.UnpackLow(a, b);
        second = Avx512F.UnpackHigh(a, b);
    }

    // Columns j and 4 + j.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector256<float> upper, Vector256<float> lower, ref float to, nint next)
    {
        Avx.Permute2x128(upper, lower, 0x20).StoreUnsafe(ref to);
        Avx.Permute2x128(upper, lower, 0x31).StoreUnsafe(ref Unsafe.Add(ref to, 4 * next));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector512<double> a, Vector512<double> b, Vector512<double> c, Vector512<double> d, ref double to, nint next)
    {
        Vector512<double> evenUpper = Avx512F.Shuffle4x128(a, b, 0x88), evenLower = Avx512F.Shuffle4x128(c, d, 0x88);
        Vector512<double> oddUpper = Avx512F.Shuffle4x128(a, b, 0xDD), oddLower = Avx512F.Shuffle4x128(c, d, 0xDD);
        Avx512F.Shuffle4x128(evenUpper, evenLower, 0x88).StoreUnsafe(ref to);
        Avx512F.Shuffle4x128(oddUpper, oddLower, 0x88).StoreUnsafe(ref Unsafe.Add(ref to, next));
        Avx512F.Shuffle4x128(evenUpper, evenLower, 0xDD).StoreUnsafe(ref Unsafe.Add(ref to, 2 * next));
        Avx512F.Shuffle4x128(oddUpper, oddLower, 0xDD).StoreUnsafe(ref Unsafe.Add(ref to, 3 * next));
    }
}
