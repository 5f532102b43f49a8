using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Host.Registers;

namespace BasinVolume.Kernels.Linear;

/// <summary>Combinations of rows that go to two targets, so that each row is read once for both. Fused where the processor can.</summary>
public static class RowCombinations
{
    /// <summary>The factors of four rows.</summary>
    /// <param name="A">Of the first row.</param>
    /// <param name="B">Of the second row.</param>
    /// <param name="C">Of the third row.</param>
    /// <param name="D">Of the fourth row.</param>
    public readonly record struct Factors(double A, double B, double C, double D);

    /// <summary>
    /// first += f·(a, b, c, d) and second += s·(a, b, c, d), each in the order of the rows; vectors and their remainders round alike.
    /// </summary>
    /// <param name="first">What is added to.</param>
    /// <param name="f">Its factors.</param>
    /// <param name="second">What is added to as well, of the same length, or longer.</param>
    /// <param name="s">Its factors.</param>
    /// <param name="a">The first row, at least of that length, as the others.</param>
    /// <param name="b">The second row.</param>
    /// <param name="c">The third row.</param>
    /// <param name="d">The fourth row.</param>
    // Not inlined, for the reason that SymmetricRows gives.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddFourToTwo(
        Span<double> first,
        in Factors f,
        Span<double> second,
        in Factors s,
        ReadOnlySpan<double> a,
        ReadOnlySpan<double> b,
        ReadOnlySpan<double> c,
        ReadOnlySpan<double> d)
    {
        int length = first.Length, whole = length & -Vector<double>.Count;
        ref double firsts = ref MemoryMarshal.GetReference(first), seconds = ref MemoryMarshal.GetReference(second[..length]);
        ref double rowA = ref MemoryMarshal.GetReference(a[..length]), rowB = ref MemoryMarshal.GetReference(b[..length]);
        ref double rowC = ref MemoryMarshal.GetReference(c[..length]), rowD = ref MemoryMarshal.GetReference(d[..length]);
        Vector<double> fA = new(f.A), fB = new(f.B), fC = new(f.C), fD = new(f.D);
        Vector<double> sA = new(s.A), sB = new(s.B), sC = new(s.C), sD = new(s.D);
        for (nuint i = 0; i < (nuint)whole; i += (nuint)Vector<double>.Count)
        {
            var x = Vector.LoadUnsafe(ref rowA, i);
            var toFirst = Simd.MultiplyAdd(fA, x, Vector.LoadUnsafe(ref firsts, i));
            var toSecond = Simd.MultiplyAdd(sA, x, Vector.LoadUnsafe(ref seconds, i));
            x = Vector.LoadUnsafe(ref rowB, i);
            toFirst = Simd.MultiplyAdd(fB, x, toFirst);
            toSecond = Simd.MultiplyAdd(sB, x, toSecond);
            x = Vector.LoadUnsafe(ref rowC, i);
            toFirst = Simd.MultiplyAdd(fC, x, toFirst);
            toSecond = Simd.MultiplyAdd(sC, x, toSecond);
            x = Vector.LoadUnsafe(ref rowD, i);
            Simd.MultiplyAdd(fD, x, toFirst).StoreUnsafe(ref firsts, i);
            Simd.MultiplyAdd(sD, x, toSecond).StoreUnsafe(ref seconds, i);
        }

        for (int i = whole; i < length; i++)
        {
            first[i] = Element(first[i], f, a[i], b[i], c[i], d[i]);
            second[i] = Element(second[i], s, a[i], b[i], c[i], d[i]);
        }
    }

    private static double Element(double target, in Factors f, double a, double b, double c, double d) =>
        Simd.MultiplyAdd(f.D, d, Simd.MultiplyAdd(f.C, c, Simd.MultiplyAdd(f.B, b, Simd.MultiplyAdd(f.A, a, target))));
}
