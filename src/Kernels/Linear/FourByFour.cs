using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BasinVolume.Kernels.Linear;

/// <summary>Four rows of four elements in registers, transposed, where the processor has instructions for it.</summary>
internal static class FourByFour
{
    /// <summary>Whether it has, for such elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsSupported<T>()
        where T : unmanaged
        => typeof(T) == typeof(double) ? Avx.IsSupported : typeof(T) == typeof(float) && Sse.IsSupported;

    /// <summary>The columns of rows a to d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(
        Vector256<double> a,
        Vector256<double> b,
        Vector256<double> c,
        Vector256<double> d,
        out Vector256<double> first,
        out Vector256<double> second,
        out Vector256<double> third,
        out Vector256<double> fourth)
    {
        // Elements 0 and 2 of two rows in turns, and elements 1 and 3; then halves of these.
        Vector256<double> evenUpper = Avx.UnpackLow(a, b), evenLower = Avx.UnpackLow(c, d), oddUpper = Avx.UnpackHigh(a, b), oddLower = Avx.UnpackHigh(c, d);
        first = Avx.Permute2x128(evenUpper, evenLower, 0x20);
        second = Avx.Permute2x128(oddUpper, oddLower, 0x20);
        third = Avx.Permute2x128(evenUpper, evenLower, 0x31);
        fourth = Avx.Permute2x128(oddUpper, oddLower, 0x31);
    }

    /// <summary>The columns of rows a to d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(
        Vector128<float> a,
        Vector128<float> b,
        Vector128<float> c,
        Vector128<float> d,
        out Vector128<float> first,
        out Vector128<float> second,
        out Vector128<float> third,
        out Vector128<float> fourth)
    {
        // Elements 0 and 1 of two rows in turns, and elements 2 and 3; then halves of these.
        Vector128<float> leftUpper = Sse.UnpackLow(a, b), leftLower = Sse.UnpackLow(c, d), rightUpper = Sse.UnpackHigh(a, b), rightLower = Sse.UnpackHigh(c, d);
        first = Sse.MoveLowToHigh(leftUpper, leftLower);
        second = Sse.MoveHighToLow(leftLower, leftUpper);
        third = Sse.MoveLowToHigh(rightUpper, rightLower);
        fourth = Sse.MoveHighToLow(rightLower, rightUpper);
    }
}
