using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="source">From the first element of the block on.</param>
    /// <param name="sourceStride">Elements from one of its rows to the next, at least <paramref name="columns"/>.</param>
    /// <param name="target">From the first element of the transposed block on.</param>
    /// <param name="targetStride">Elements from one of its rows to the next, at least <paramref name="rows"/>.</param>
    /// <param name="rows">Rows of the source; nothing is copied for 0.</param>
    /// <param name="columns">Its columns; likewise.</param>
    /// <exception cref="ArgumentException">A block does not lie inside its span.</exception>
    public static void Copy<T>(ReadOnlySpan<T> source, int sourceStride, Span<T> target, int targetStride, int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (rows <= 0 || columns <= 0)
            return;
        Check(source.Length, sourceStride, rows, columns);
        Check(target.Length, targetStride, columns, rows);
        ref T from = ref MemoryMarshal.GetReference(source);
        ref T to = ref MemoryMarshal.GetReference(target);
        int wholeRows = FourByFour.IsSupported<T>() ? rows / Square * Square : 0, wholeColumns = columns / Square * Square;
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

    private static void CopyElements<T>(
        ref T from, int sourceStride, ref T to, int targetStride, int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged
    {
        for (int j = firstColumn; j < endColumn; j++)
        {
            for (int i = firstRow; i < endRow; i++)
                Unsafe.Add(ref to, (j * targetStride) + i) = Unsafe.Add(ref from, (i * sourceStride) + j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopySquare<T>(ref T from, int sourceStride, ref T to, int targetStride)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
            CopySquare(ref Unsafe.As<T, double>(ref from), sourceStride, ref Unsafe.As<T, double>(ref to), targetStride);
        else
            CopySquare(ref Unsafe.As<T, float>(ref from), sourceStride, ref Unsafe.As<T, float>(ref to), targetStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopySquare(ref double from, int sourceStride, ref double to, int targetStride)
    {
        FourByFour.Transpose(
            Vector256.LoadUnsafe(ref from),
            Vector256.LoadUnsafe(ref Unsafe.Add(ref from, sourceStride)),
            Vector256.LoadUnsafe(ref Unsafe.Add(ref from, 2 * sourceStride)),
            Vector256.LoadUnsafe(ref Unsafe.Add(ref from, 3 * sourceStride)),
            out Vector256<double> first,
            out Vector256<double> second,
            out Vector256<double> third,
            out Vector256<double> fourth);
        first.StoreUnsafe(ref to);
        second.StoreUnsafe(ref Unsafe.Add(ref to, targetStride));
        third.StoreUnsafe(ref Unsafe.Add(ref to, 2 * targetStride));
        fourth.StoreUnsafe(ref Unsafe.Add(ref to, 3 * targetStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopySquare(ref float from, int sourceStride, ref float to, int targetStride)
    {
        FourByFour.Transpose(
            Vector128.LoadUnsafe(ref from),
            Vector128.LoadUnsafe(ref Unsafe.Add(ref from, sourceStride)),
            Vector128.LoadUnsafe(ref Unsafe.Add(ref from, 2 * sourceStride)),
            Vector128.LoadUnsafe(ref Unsafe.Add(ref from, 3 * sourceStride)),
            out Vector128<float> first,
            out Vector128<float> second,
            out Vector128<float> third,
            out Vector128<float> fourth);
        first.StoreUnsafe(ref to);
        second.StoreUnsafe(ref Unsafe.Add(ref to, targetStride));
        third.StoreUnsafe(ref Unsafe.Add(ref to, 2 * targetStride));
        fourth.StoreUnsafe(ref Unsafe.Add(ref to, 3 * targetStride));
    }
}
