using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Host.Registers;

namespace BasinVolume.Kernels.Linear;

/// <summary>
/// Rows of a symmetric matrix times a vector, for products that read each element of one triangle once: a_ij adds a_ij v_j to y_i and a_ij v_i to y_j.
/// Fused where the processor can.
/// </summary>
public static class SymmetricRows
{
    /// <summary>How many rows are taken at a time: as many as have their sums in registers. More of them share each load and store of y.</summary>
    public const int Count = 8;

    /// <summary>
    /// y += of eight rows from column <paramref name="first"/> on. They share one load and one store of y and one load of v.
    /// </summary>
    /// <param name="a">The matrix, from its first element on.</param>
    /// <param name="stride">Elements from one of its rows to the next.</param>
    /// <param name="row">The first of the eight rows, which stand left of column <paramref name="first"/>.</param>
    /// <param name="first">The first column.</param>
    /// <param name="v">The vector; its length is the end of the columns. From <paramref name="first"/> on it holds whole vectors.</param>
    /// <param name="y">What is added to, of the same length.</param>
    /// <exception cref="ArgumentException">The rows do not lie inside the matrix, or the columns are no whole vectors.</exception>
    // Not inlined: within a larger method the compiler's budget for inlining would run out among the multiply-adds, which would become calls.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddEight(ReadOnlySpan<double> a, int stride, int row, int first, ReadOnlySpan<double> v, Span<double> y)
    {
        if (row < 0 || row + Count > first || ((row + Count - 1L) * stride) + v.Length > a.Length
            || y.Length != v.Length || (v.Length - first) % Vector<double>.Count != 0)
            throw new ArgumentException(
                $"Eight rows from {row} on with columns {first} to {v.Length} do not lie inside {a.Length} elements with rows {stride} apart, "
                + $"or are no whole vectors.", nameof(a));
        ref double upper = ref Unsafe.Add(ref MemoryMarshal.GetReference(a), row * stride);
        ref double lower = ref Unsafe.Add(ref upper, 4 * stride);
        nuint one = (nuint)stride, two = 2 * one, three = 3 * one;
        ref double vs = ref MemoryMarshal.GetReference(v);
        ref double ys = ref MemoryMarshal.GetReference(y);
        ref double vRow = ref Unsafe.Add(ref vs, row);
        Vector<double> dot0 = Vector<double>.Zero, dot1 = dot0, dot2 = dot0, dot3 = dot0, dot4 = dot0, dot5 = dot0, dot6 = dot0, dot7 = dot0;

        var end = (nuint)v.Length;
        for (var j = (nuint)first; j < end; j += (nuint)Vector<double>.Count)
        {
            var vj = Vector.LoadUnsafe(ref vs, j);
            // Two sums, as each addition waits for the one before.
            var even = Vector.LoadUnsafe(ref ys, j);
            var aj = Vector.LoadUnsafe(ref upper, j);
            dot0 = Simd.MultiplyAdd(aj, vj, dot0);
            even = Simd.MultiplyAdd(aj, new Vector<double>(vRow), even);
            aj = Vector.LoadUnsafe(ref upper, j + one);
            dot1 = Simd.MultiplyAdd(aj, vj, dot1);
            var odd = aj * new Vector<double>(Unsafe.Add(ref vRow, 1));
            aj = Vector.LoadUnsafe(ref upper, j + two);
            dot2 = Simd.MultiplyAdd(aj, vj, dot2);
            even = Simd.MultiplyAdd(aj, new Vector<double>(Unsafe.Add(ref vRow, 2)), even);
            aj = Vector.LoadUnsafe(ref upper, j + three);
            dot3 = Simd.MultiplyAdd(aj, vj, dot3);
            odd = Simd.MultiplyAdd(aj, new Vector<double>(Unsafe.Add(ref vRow, 3)), odd);
            aj = Vector.LoadUnsafe(ref lower, j);
            dot4 = Simd.MultiplyAdd(aj, vj, dot4);
            even = Simd.MultiplyAdd(aj, new Vector<double>(Unsafe.Add(ref vRow, 4)), even);
            aj = Vector.LoadUnsafe(ref lower, j + one);
            dot5 = Simd.MultiplyAdd(aj, vj, dot5);
            odd = Simd.MultiplyAdd(aj, new Vector<double>(Unsafe.Add(ref vRow, 5)), odd);
            aj = Vector.LoadUnsafe(ref lower, j + two);
            dot6 = Simd.MultiplyAdd(aj, vj, dot6);
            even = Simd.MultiplyAdd(aj, new Vector<double>(Unsafe.Add(ref vRow, 6)), even);
            aj = Vector.LoadUnsafe(ref lower, j + three);
            dot7 = Simd.MultiplyAdd(aj, vj, dot7);
            odd = Simd.MultiplyAdd(aj, new Vector<double>(Unsafe.Add(ref vRow, 7)), odd);
            (even + odd).StoreUnsafe(ref ys, j);
        }

        y[row] += Vector.Sum(dot0);
        y[row + 1] += Vector.Sum(dot1);
        y[row + 2] += Vector.Sum(dot2);
        y[row + 3] += Vector.Sum(dot3);
        y[row + 4] += Vector.Sum(dot4);
        y[row + 5] += Vector.Sum(dot5);
        y[row + 6] += Vector.Sum(dot6);
        y[row + 7] += Vector.Sum(dot7);
    }

    /// <summary>y += of the square of eight rows on the diagonal, of which elements left of the diagonal are not used.</summary>
    /// <param name="a">The matrix, from its first element on.</param>
    /// <param name="stride">Elements from one of its rows to the next.</param>
    /// <param name="row">The first row and column of the square.</param>
    /// <param name="v">The vector.</param>
    /// <param name="y">What is added to.</param>
    public static void AddSquare(ReadOnlySpan<double> a, int stride, int row, ReadOnlySpan<double> v, Span<double> y)
    {
        ReadOnlySpan<double> vs = v.Slice(row, Count);
        Span<double> ys = y.Slice(row, Count);
        // Added at the end: the vector of y would wait for a single element that was just written.
        Span<double> dots = stackalloc double[Count];
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<double> square = a.Slice(((row + i) * stride) + row, Count);
            Vector<double> vi = new(vs[i]), dot = Vector<double>.Zero;
            for (int j = 0; j < Count; j += Vector<double>.Count)
            {
                Vector<double> aj = new(square[j..]);
                Vector<double> fromDiagonal = Vector.BitwiseAnd(aj, RightOf(i - 1, j)), beyond = Vector.BitwiseAnd(aj, RightOf(i, j));
                dot = Simd.MultiplyAdd(fromDiagonal, new(vs[j..]), dot);
                Simd.MultiplyAdd(beyond, vi, new(ys[j..])).CopyTo(ys[j..]);
            }

            dots[i] = Vector.Sum(dot);
        }

        Vectors.Add(ys, dots);
    }

    // All bits of the places of a vector that begins at a column which stand right of another column.
    private static Vector<double> RightOf(int column, int first) =>
        Vector.GreaterThan(Vector<long>.Indices, new Vector<long>(column - first)).As<long, double>();
}
