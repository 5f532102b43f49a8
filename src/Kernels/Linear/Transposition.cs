using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BasinVolume.Kernels.Linear;

/// <summary>
/// Copies a row-major block, transposed, to another place: squares of four by four in registers where the processor has instructions for it, the rest element
/// by element.
/// </summary>
public static class Transposition
{
    /// <summary>Rows and columns of the squares that are transposed in registers.</summary>
    public const int Square = 4;

    /// <summary>
    /// target[j, i] = source[i, j] for i &lt; <paramref name="rows"/> and j &lt; <paramref name="columns"/>.
    /// The two blocks may lie in one matrix, but have no element in common.
    /// </summary>
    /// <param name="source">From the first element of the block on.</param>
    /// <param name="sourceStride">Elements from one of its rows to the next, at least <paramref name="columns"/>.</param>
    /// <param name="target">From the first element of the transposed block on.</param>
    /// <param name="targetStride">Elements from one of its rows to the next, at least <paramref name="rows"/>.</param>
    /// <param name="rows">Rows of the source; nothing is copied for 0.</param>
    /// <param name="columns">Its columns; likewise.</param>
    /// <exception cref="ArgumentException">A block does not lie inside its span.</exception>
    public static void Copy(ReadOnlySpan<double> source, int sourceStride, Span<double> target, int targetStride, int rows, int columns)
    {
        if (rows <= 0 || columns <= 0)
            return;
        Check(source.Length, sourceStride, rows, columns);
        Check(target.Length, targetStride, columns, rows);
        ref double from = ref MemoryMarshal.GetReference(source);
        ref double to = ref MemoryMarshal.GetReference(target);
        int wholeRows = Avx.IsSupported ? rows / Square * Square : 0, wholeColumns = columns / Square * Square;
        for (int i = 0; i < wholeRows; i += Square)
        {
            for (int j = 0; j < wholeColumns; j += Square)
                CopySquare(ref Unsafe.Add(ref from, (i * sourceStride) + j), sourceStride, ref Unsafe.Add(ref to, (j * targetStride) + i), targetStride);
        }

        CopyElements(ref from, sourceStride, ref to, targetStride, 0, wholeRows, wholeColumns, columns);
        CopyElements(ref from, sourceStride, ref to, targetStride, wholeRows, rows, 0, columns);
    }

    // Afterwards its elements may be taken without looking at lengths.
    private static void Check(int length, int stride, int rows, int columns)
    {
        if (stride < columns || ((rows - 1L) * stride) + columns > length)
            throw new ArgumentException($"A block of {rows} x {columns} with rows {stride} apart does not lie inside {length} elements.");
    }

    private static void CopyElements(
        ref double from, int sourceStride, ref double to, int targetStride, int firstRow, int endRow, int firstColumn, int endColumn)
    {
        for (int j = firstColumn; j < endColumn; j++)
        {
            for (int i = firstRow; i < endRow; i++)
                Unsafe.Add(ref to, (j * targetStride) + i) = Unsafe.Add(ref from, (i * sourceStride) + j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopySquare(ref double from, int sourceStride, ref double to, int targetStride)
    {
        var a = Vector256.LoadUnsafe(ref from);
        var b = Vector256.LoadUnsafe(ref Unsafe.Add(ref from, sourceStride));
        var c = Vector256.LoadUnsafe(ref Unsafe.Add(ref from, 2 * sourceStride));
        var d = Vector256.LoadUnsafe(ref Unsafe.Add(ref from, 3 * sourceStride));
        // Elements 0 and 2 of two rows in turns, and elements 1 and 3; then halves of these.
        Vector256<double> evenUpper = Avx.UnpackLow(a, b), evenLower = Avx.UnpackLow(c, d), oddUpper = Avx.UnpackHigh(a, b), oddLower = Avx.UnpackHigh(c, d);
        Avx.Permute2x128(evenUpper, evenLower, 0x20).StoreUnsafe(ref to);
        Avx.Permute2x128(oddUpper, oddLower, 0x20).StoreUnsafe(ref Unsafe.Add(ref to, targetStride));
        Avx.Permute2x128(evenUpper, evenLower, 0x31).StoreUnsafe(ref Unsafe.Add(ref to, 2 * targetStride));
        Avx.Permute2x128(oddUpper, oddLower, 0x31).StoreUnsafe(ref Unsafe.Add(ref to, 3 * targetStride));
    }
}
