using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Sweeps;

/// <summary>Copies a block of a matrix, transposed, to another place in it: squares of four by four in registers where the processor has instructions for it, the rest element by element.</summary>
internal static class Transposition
{
    /// <summary>Rows and columns of the squares that are transposed in registers.</summary>
    public const int Square = 4;

    /// <summary>M[toRow + j, toColumn + i] = M[row + i, column + j] for i &lt; <paramref name="rows"/> and j &lt; <paramref name="columns"/>, both at least 1; the two blocks do not overlap.</summary>
    public static void Copy(Matrix matrix, int row, int column, int toRow, int toColumn, int rows, int columns)
    {
        int stride = matrix.Columns;
        ref double source = ref First(matrix, row, column, rows, columns);
        ref double target = ref First(matrix, toRow, toColumn, columns, rows);
        int wholeRows = Avx.IsSupported ? rows / Square * Square : 0, wholeColumns = columns / Square * Square;
        for (int i = 0; i < wholeRows; i += Square)
        {
            for (int j = 0; j < wholeColumns; j += Square)
                CopySquare(ref Unsafe.Add(ref source, (i * stride) + j), ref Unsafe.Add(ref target, (j * stride) + i), stride);
        }

        CopyElements(ref source, ref target, stride, 0, wholeRows, wholeColumns, columns);
        CopyElements(ref source, ref target, stride, wholeRows, rows, 0, columns);
    }

    // The first element of a block that lies inside the matrix, so that its elements may be taken without checks of lengths.
    private static ref double First(Matrix matrix, int row, int column, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)(row + rows), (uint)matrix.Rows);
        return ref matrix.Row(row).Slice(column, columns)[0];
    }

    private static void CopyElements(ref double source, ref double target, int stride, int firstRow, int endRow, int firstColumn, int endColumn)
    {
        for (int j = firstColumn; j < endColumn; j++)
        {
            for (int i = firstRow; i < endRow; i++)
                Unsafe.Add(ref target, (j * stride) + i) = Unsafe.Add(ref source, (i * stride) + j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopySquare(ref double source, ref double target, int stride)
    {
        var a = Vector256.LoadUnsafe(ref source);
        var b = Vector256.LoadUnsafe(ref Unsafe.Add(ref source, stride));
        var c = Vector256.LoadUnsafe(ref Unsafe.Add(ref source, 2 * stride));
        var d = Vector256.LoadUnsafe(ref Unsafe.Add(ref source, 3 * stride));
        // Elements 0 and 2 of two rows in turns, and elements 1 and 3; then halves of these.
        Vector256<double> evenUpper = Avx.UnpackLow(a, b), evenLower = Avx.UnpackLow(c, d), oddUpper = Avx.UnpackHigh(a, b), oddLower = Avx.UnpackHigh(c, d);
        Avx.Permute2x128(evenUpper, evenLower, 0x20).StoreUnsafe(ref target);
        Avx.Permute2x128(oddUpper, oddLower, 0x20).StoreUnsafe(ref Unsafe.Add(ref target, stride));
        Avx.Permute2x128(evenUpper, evenLower, 0x31).StoreUnsafe(ref Unsafe.Add(ref target, 2 * stride));
        Avx.Permute2x128(oddUpper, oddLower, 0x31).StoreUnsafe(ref Unsafe.Add(ref target, 3 * stride));
    }
}
