using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BasinVolume.Kernels.Linear;

/// <summary>
/// Copies a row-major block, transposed, to another place: squares in registers, the largest that the processor has instructions for, then smaller ones, and
/// the rest element by element.
/// </summary>
public static class Transposition
{
    /// <summary>Rows and columns of the smallest squares that are transposed in registers.</summary>
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
        Copy(ref from, sourceStride, ref to, targetStride, rows, columns, SixteenBySixteen.Side);
    }

    // Afterwards its elements may be taken without looking at lengths.
    private static void Check(int length, int stride, int rows, int columns)
    {
        if (stride < columns || ((rows - 1L) * stride) + columns > length)
            throw new ArgumentException($"A block of {rows} x {columns} with rows {stride} apart does not lie inside {length} elements.");
    }

    // By squares of a side or less.
    private static void Copy<T>(ref T from, nint step, ref T to, nint next, int rows, int columns, int side)
        where T : unmanaged
    {
        if (side < Square)
        {
            CopyElements(ref from, step, ref to, next, rows, columns);
            return;
        }

        int wholeRows = IsSupported<T>(side) ? rows / side * side : 0, wholeColumns = columns / side * side;
        for (int i = 0; i < wholeRows; i += side)
        {
            for (int j = 0; j < wholeColumns; j += side)
                CopySquare(ref Unsafe.Add(ref from, (i * step) + j), step, ref Unsafe.Add(ref to, (j * next) + i), next, side);
        }

        if (wholeRows > 0 && wholeColumns < columns)
            Copy(ref Unsafe.Add(ref from, wholeColumns), step, ref Unsafe.Add(ref to, wholeColumns * next), next, wholeRows, columns - wholeColumns, side / 2);
        if (wholeRows < rows)
            Copy(ref Unsafe.Add(ref from, wholeRows * step), step, ref Unsafe.Add(ref to, wholeRows), next, rows - wholeRows, columns, side / 2);
    }

    private static bool IsSupported<T>(int side)
        where T : unmanaged
        => side switch
        {
            SixteenBySixteen.Side => SixteenBySixteen.IsSupported<T>(),
            EightByEight.Side => EightByEight.IsSupported<T>(),
            _ => FourByFour.IsSupported<T>(),
        };

    private static void CopyElements<T>(ref T from, nint step, ref T to, nint next, int rows, int columns)
        where T : unmanaged
    {
        for (int j = 0; j < columns; j++)
        {
            for (int i = 0; i < rows; i++)
                Unsafe.Add(ref to, (j * next) + i) = Unsafe.Add(ref from, (i * step) + j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopySquare<T>(ref T from, nint step, ref T to, nint next, int side)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
            CopySquare(ref Unsafe.As<T, double>(ref from), step, ref Unsafe.As<T, double>(ref to), next, side);
        else
            CopySquare(ref Unsafe.As<T, float>(ref from), step, ref Unsafe.As<T, float>(ref to), next, side);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopySquare(ref double from, nint step, ref double to, nint next, int side)
    {
        if (side == EightByEight.Side)
            EightByEight.Copy(ref from, step, ref to, next);
        else
            CopyFour(ref from, step, ref to, next);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopySquare(ref float from, nint step, ref float to, nint next, int side)
    {
        if (side == SixteenBySixteen.Side)
            SixteenBySixteen.Copy(ref from, step, ref to, next);
        else if (side == EightByEight.Side)
            EightByEight.Copy(ref from, step, ref to, next);
        else
            CopyFour(ref from, step, ref to, next);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyFour(ref double from, nint step, ref double to, nint next)
    {
        FourByFour.Transpose(
            Vector256.LoadUnsafe(ref from),
            Vector256.LoadUnsafe(ref Unsafe.Add(ref from, step)),
            Vector256.LoadUnsafe(ref Unsafe.Add(ref from, 2 * step)),
            Vector256.LoadUnsafe(ref Unsafe.Add(ref from, 3 * step)),
            out Vector256<double> first,
            out Vector256<double> second,
            out Vector256<double> third,
            out Vector256<double> fourth);
        first.StoreUnsafe(ref to);
        second.StoreUnsafe(ref Unsafe.Add(ref to, next));
        third.StoreUnsafe(ref Unsafe.Add(ref to, 2 * next));
        fourth.StoreUnsafe(ref Unsafe.Add(ref to, 3 * next));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyFour(ref float from, nint step, ref float to, nint next)
    {
        FourByFour.Transpose(
            Vector128.LoadUnsafe(ref from),
            Vector128.LoadUnsafe(ref Unsafe.Add(ref from, step)),
            Vector128.LoadUnsafe(ref Unsafe.Add(ref from, 2 * step)),
            Vector128.LoadUnsafe(ref Unsafe.Add(ref from, 3 * step)),
            out Vector128<float> first,
            out Vector128<float> second,
            out Vector128<float> third,
            out Vector128<float> fourth);
        first.StoreUnsafe(ref to);
        second.StoreUnsafe(ref Unsafe.Add(ref to, next));
        third.StoreUnsafe(ref Unsafe.Add(ref to, 2 * next));
        fourth.StoreUnsafe(ref Unsafe.Add(ref to, 3 * next));
    }
}
