using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Host.Registers;

namespace BasinVolume.Kernels.Linear;

/// <summary>Dot products of four rows with two others at once: six vectors that are loaded serve eight sums. Fused where the processor can.</summary>
public static class RowProducts
{
    /// <summary>The dot products of four rows with one: chains as many as a vector has lanes, and what is left over element by element.</summary>
    /// <param name="A">Of the first row.</param>
    /// <param name="B">Of the second row.</param>
    /// <param name="C">Of the third row.</param>
    /// <param name="D">Of the fourth row.</param>
    public readonly record struct Sums(double A, double B, double C, double D);

    /// <summary>The sums with both others, each in the same order.</summary>
    /// <param name="x">One of the two, whose length counts.</param>
    /// <param name="y">The other one, at least of that length, as the four rows.</param>
    /// <param name="a">The first row.</param>
    /// <param name="b">The second row.</param>
    /// <param name="c">The third row.</param>
    /// <param name="d">The fourth row.</param>
    // Not inlined, for the reason that SymmetricRows gives.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static (Sums WithX, Sums WithY) FourWithTwo(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c, ReadOnlySpan<double> d)
    {
        int length = x.Length, whole = length & -Vector<double>.Count;
        ref double xs = ref MemoryMarshal.GetReference(x), ys = ref MemoryMarshal.GetReference(y[..length]);
        ref double rowA = ref MemoryMarshal.GetReference(a[..length]), rowB = ref MemoryMarshal.GetReference(b[..length]);
        ref double rowC = ref MemoryMarshal.GetReference(c[..length]), rowD = ref MemoryMarshal.GetReference(d[..length]);
        Vector<double> xA = Vector<double>.Zero, xB = xA, xC = xA, xD = xA, yA = xA, yB = xA, yC = xA, yD = xA;
        for (nuint i = 0; i < (nuint)whole; i += (nuint)Vector<double>.Count)
        {
            Vector<double> withX = Vector.LoadUnsafe(ref xs, i), withY = Vector.LoadUnsafe(ref ys, i);
            var row = Vector.LoadUnsafe(ref rowA, i);
            (xA, yA) = (Simd.MultiplyAdd(row, withX, xA), Simd.MultiplyAdd(row, withY, yA));
            row = Vector.LoadUnsafe(ref rowB, i);
            (xB, yB) = (Simd.MultiplyAdd(row, withX, xB), Simd.MultiplyAdd(row, withY, yB));
            row = Vector.LoadUnsafe(ref rowC, i);
            (xC, yC) = (Simd.MultiplyAdd(row, withX, xC), Simd.MultiplyAdd(row, withY, yC));
            row = Vector.LoadUnsafe(ref rowD, i);
            (xD, yD) = (Simd.MultiplyAdd(row, withX, xD), Simd.MultiplyAdd(row, withY, yD));
        }

        return (
            new(Sum(xA, x, a, whole), Sum(xB, x, b, whole), Sum(xC, x, c, whole), Sum(xD, x, d, whole)),
            new(Sum(yA, y, a, whole), Sum(yB, y, b, whole), Sum(yC, y, c, whole), Sum(yD, y, d, whole)));

        double Sum(Vector<double> chains, ReadOnlySpan<double> other, ReadOnlySpan<double> row, int first)
        {
            double sum = Vector.Sum(chains);
            for (int i = first; i < length; i++)
                sum = Simd.MultiplyAdd(row[i], other[i], sum);
            return sum;
        }
    }
}
