using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Host.Registers;

namespace BasinVolume.Kernels.Linear;

/// <summary>
/// Dot products of rows with each other, so many at once that a vector that is loaded serves several. Fused where the processor can. A product of two rows is
/// summed in the same order whichever others are with it: in as many chains as a vector has lanes, and what is left over element by element.
/// </summary>
public static class RowProducts
{
    /// <summary>Dot products of four rows with another one.</summary>
    /// <param name="A">Of the first row.</param>
    /// <param name="B">Of the second row.</param>
    /// <param name="C">Of the third row.</param>
    /// <param name="D">Of the fourth row.</param>
    public readonly record struct Sums(double A, double B, double C, double D);

    /// <summary>Four rows with two others.</summary>
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
        int length = x.Length, whole = Whole(length);
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
            new(Sum(xA, a, x, whole), Sum(xB, b, x, whole), Sum(xC, c, x, whole), Sum(xD, d, x, whole)),
            new(Sum(yA, a, y[..length], whole), Sum(yB, b, y[..length], whole), Sum(yC, c, y[..length], whole), Sum(yD, d, y[..length], whole)));
    }

    /// <summary>Four rows with one other.</summary>
    /// <param name="x">The other one, whose length counts.</param>
    /// <param name="a">The first row, at least of that length, as the others.</param>
    /// <param name="b">The second row.</param>
    /// <param name="c">The third row.</param>
    /// <param name="d">The fourth row.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Sums FourWithOne(
        ReadOnlySpan<double> x, ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c, ReadOnlySpan<double> d)
    {
        int length = x.Length, whole = Whole(length);
        ref double xs = ref MemoryMarshal.GetReference(x);
        ref double rowA = ref MemoryMarshal.GetReference(a[..length]), rowB = ref MemoryMarshal.GetReference(b[..length]);
        ref double rowC = ref MemoryMarshal.GetReference(c[..length]), rowD = ref MemoryMarshal.GetReference(d[..length]);
        Vector<double> xA = Vector<double>.Zero, xB = xA, xC = xA, xD = xA;
        for (nuint i = 0; i < (nuint)whole; i += (nuint)Vector<double>.Count)
        {
            var with = Vector.LoadUnsafe(ref xs, i);
            xA = Simd.MultiplyAdd(Vector.LoadUnsafe(ref rowA, i), with, xA);
            xB = Simd.MultiplyAdd(Vector.LoadUnsafe(ref rowB, i), with, xB);
            xC = Simd.MultiplyAdd(Vector.LoadUnsafe(ref rowC, i), with, xC);
            xD = Simd.MultiplyAdd(Vector.LoadUnsafe(ref rowD, i), with, xD);
        }

        return new(Sum(xA, a, x, whole), Sum(xB, b, x, whole), Sum(xC, c, x, whole), Sum(xD, d, x, whole));
    }

    /// <summary>One row with one other.</summary>
    /// <param name="x">The other one, whose length counts.</param>
    /// <param name="a">The row, at least of that length.</param>
    public static double OneWithOne(ReadOnlySpan<double> x, ReadOnlySpan<double> a)
    {
        int whole = Whole(x.Length);
        ref double xs = ref MemoryMarshal.GetReference(x), rowA = ref MemoryMarshal.GetReference(a[..x.Length]);
        Vector<double> sums = Vector<double>.Zero;
        for (nuint i = 0; i < (nuint)whole; i += (nuint)Vector<double>.Count)
            sums = Simd.MultiplyAdd(Vector.LoadUnsafe(ref rowA, i), Vector.LoadUnsafe(ref xs, i), sums);
        return Sum(sums, a, x, whole);
    }

    private static int Whole(int length) => length & -Vector<double>.Count;

    private static double Sum(Vector<double> chains, ReadOnlySpan<double> row, ReadOnlySpan<double> x, int first)
    {
        double sum = Vector.Sum(chains);
        for (int i = first; i < x.Length; i++)
            sum = Simd.MultiplyAdd(row[i], x[i], sum);
        return sum;
    }
}
