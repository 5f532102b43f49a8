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
    /// <summary>How many rows are taken at a time.</summary>
    public const int Count = 4;

    /// <summary>
    /// y += of four rows from column <paramref name="first"/> on. They share one load and one store of y and one load of v.
    /// </summary>
    /// <param name="a">The matrix, from its first element on.</param>
    /// <param name="stride">Elements from one of its rows to the next.</param>
    /// <param name="row">The first of the four rows, which stand left of column <paramref name="first"/>.</param>
    /// <param name="first">The first column.</param>
    /// <param name="v">The vector; its length is the end of the columns. From <paramref name="first"/> on it holds whole vectors.</param>
    /// <param name="y">What is added to, of the same length.</param>
    /// <exception cref="ArgumentException">The rows do not lie inside the matrix, or the columns are no whole vectors.</exception>
    // Not inlined: within a larger method the compiler's budget for inlining would run out among the multiply-adds, which would become calls.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddFour(ReadOnlySpan<double> a, int stride, int row, int first, ReadOnlySpan<double> v, Span<double> y)
    {
        if (row < 0 || row + Count > first || ((row + Count - 1L) * stride) + v.Length > a.Length
            || y.Length != v.Length || (v.Length - first) % Vector<double>.Count != 0)
            throw new ArgumentException(
                $"Four rows from {row} on with columns {first} to {v.Length} do not lie inside {a.Length} elements with rows {stride} apart, "
                + $"or are no whole vectors.", nameof(a));
        ref double a0 = ref Unsafe.Add(ref MemoryMarshal.GetReference(a), row * stride);
        ref double a1 = ref Unsafe.Add(ref a0, stride);
        ref double a2 = ref Unsafe.Add(ref a1, stride);
        ref double a3 = ref Unsafe.Add(ref a2, stride);
        ref double vs = ref MemoryMarshal.GetReference(v);
        ref double ys = ref MemoryMarshal.GetReference(y);
        Vector<double> v0 = new(Unsafe.Add(ref vs, row)), v1 = new(Unsafe.Add(ref vs, row + 1));
        Vector<double> v2 = new(Unsafe.Add(ref vs, row + 2)), v3 = new(Unsafe.Add(ref vs, row + 3));
        Vector<double> dot0 = Vector<double>.Zero, dot1 = dot0, dot2 = dot0, dot3 = dot0;

        var end = (nuint)v.Length;
        for (var j = (nuint)first; j < end; j += (nuint)Vector<double>.Count)
        {
            var vj = Vector.LoadUnsafe(ref vs, j);
            var yj = Vector.LoadUnsafe(ref ys, j);
            var aj = Vector.LoadUnsafe(ref a0, j);
            dot0 = Simd.MultiplyAdd(aj, vj, dot0);
            yj = Simd.MultiplyAdd(aj, v0, yj);
            aj = Vector.LoadUnsafe(ref a1, j);
            dot1 = Simd.MultiplyAdd(aj, vj, dot1);
            yj = Simd.MultiplyAdd(aj, v1, yj);
            aj = Vector.LoadUnsafe(ref a2, j);
            dot2 = Simd.MultiplyAdd(aj, vj, dot2);
            yj = Simd.MultiplyAdd(aj, v2, yj);
            aj = Vector.LoadUnsafe(ref a3, j);
            dot3 = Simd.MultiplyAdd(aj, vj, dot3);
            yj = Simd.MultiplyAdd(aj, v3, yj);
            yj.StoreUnsafe(ref ys, j);
        }

        y[row] += Vector.Sum(dot0);
        y[row + 1] += Vector.Sum(dot1);
        y[row + 2] += Vector.Sum(dot2);
        y[row + 3] += Vector.Sum(dot3);
    }
}
