using System.Numerics;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Host.Registers;

namespace BasinVolume.Kernels.Linear;

/// <summary>
/// Σ x_i y_i on one thread, in an order that the length and the processor's vectors alone decide. The orders round differently, and each has callers that need
/// it: <see cref="Of"/> is fast,
/// <see cref="InOrder"/> gives the same bits on every processor, <see cref="Fused"/> is fastest where vectors lie in the cache and goes with fused updates.
/// The second vector must have at least the length of the first.
/// </summary>
public static class DotProduct
{
    /// <summary>The sum in as many chains as a vector has lanes, each product rounded; what is left over is added at the end.</summary>
    /// <param name="x">The first vector.</param>
    /// <param name="y">The second one.</param>
    public static double Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        ReadOnlySpan<Vector<double>> xs = MemoryMarshal.Cast<double, Vector<double>>(x);
        ReadOnlySpan<Vector<double>> ys = MemoryMarshal.Cast<double, Vector<double>>(y);
        Vector<double> sums = Vector<double>.Zero;
        for (int i = 0; i < xs.Length; i++)
            sums += xs[i] * ys[i];
        double sum = Vector.Sum(sums);
        for (int i = xs.Length * Vector<double>.Count; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }

    /// <summary>The sum in ascending order, term by term, each product rounded.</summary>
    /// <param name="x">The first vector.</param>
    /// <param name="y">The second one.</param>
    public static double InOrder(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }

    /// <summary>
    /// The sum in twice as many chains as a vector has lanes, fused where the processor can. What is missing of the last two vectors counts as zeros.
    /// </summary>
    /// <param name="x">The first vector.</param>
    /// <param name="y">The second one.</param>
    public static double Fused(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        ref double xs = ref MemoryMarshal.GetReference(x);
        ref double ys = ref MemoryMarshal.GetReference(y[..x.Length]);
        Vector<double> even = Vector<double>.Zero, odd = Vector<double>.Zero;
        int width = Vector<double>.Count, whole = WholeSteps(x.Length);
        for (nuint i = 0; i < (nuint)whole; i += 2 * (nuint)width)
        {
            even = Simd.MultiplyAdd(Vector.LoadUnsafe(ref xs, i), Vector.LoadUnsafe(ref ys, i), even);
            odd = Simd.MultiplyAdd(Vector.LoadUnsafe(ref xs, i + (nuint)width), Vector.LoadUnsafe(ref ys, i + (nuint)width), odd);
        }

        if (whole < x.Length)
        {
            Step xRest = Rest(x, whole), yRest = Rest(y[..x.Length], whole);
            even = Simd.MultiplyAdd(xRest.Even, yRest.Even, even);
            odd = Simd.MultiplyAdd(xRest.Odd, yRest.Odd, odd);
        }

        return Vector.Sum(even + odd);
    }

    /// <summary>(Σ x_i z_i, Σ y_i z_i), each as <see cref="Fused"/> sums it, reading z once.</summary>
    /// <param name="x">The first vector.</param>
    /// <param name="y">The second one.</param>
    /// <param name="z">What both are multiplied with.</param>
    public static (double WithX, double WithY) FusedTwo(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> z)
    {
        ref double xs = ref MemoryMarshal.GetReference(x);
        ref double ys = ref MemoryMarshal.GetReference(y[..x.Length]);
        ref double zs = ref MemoryMarshal.GetReference(z[..x.Length]);
        Vector<double> xEven = Vector<double>.Zero, xOdd = xEven, yEven = xEven, yOdd = xEven;
        int width = Vector<double>.Count, whole = WholeSteps(x.Length);
        for (nuint i = 0; i < (nuint)whole; i += 2 * (nuint)width)
        {
            var even = Vector.LoadUnsafe(ref zs, i);
            var odd = Vector.LoadUnsafe(ref zs, i + (nuint)width);
            xEven = Simd.MultiplyAdd(Vector.LoadUnsafe(ref xs, i), even, xEven);
            yEven = Simd.MultiplyAdd(Vector.LoadUnsafe(ref ys, i), even, yEven);
            xOdd = Simd.MultiplyAdd(Vector.LoadUnsafe(ref xs, i + (nuint)width), odd, xOdd);
            yOdd = Simd.MultiplyAdd(Vector.LoadUnsafe(ref ys, i + (nuint)width), odd, yOdd);
        }

        if (whole < x.Length)
        {
            Step xRest = Rest(x, whole), yRest = Rest(y[..x.Length], whole), zRest = Rest(z[..x.Length], whole);
            (xEven, xOdd) = (Simd.MultiplyAdd(xRest.Even, zRest.Even, xEven), Simd.MultiplyAdd(xRest.Odd, zRest.Odd, xOdd));
            (yEven, yOdd) = (Simd.MultiplyAdd(yRest.Even, zRest.Even, yEven), Simd.MultiplyAdd(yRest.Odd, zRest.Odd, yOdd));
        }

        return (Vector.Sum(xEven + xOdd), Vector.Sum(yEven + yOdd));
    }

    // Two vectors are taken in a step.
    private static int WholeSteps(int length) => length / (2 * Vector<double>.Count) * (2 * Vector<double>.Count);

    // The last elements, fewer than a step has, with zeros behind them.
    private static Step Rest(ReadOnlySpan<double> values, int start)
    {
        Span<double> padded = stackalloc double[2 * Vector<double>.Count];
        padded.Clear();
        values[start..].CopyTo(padded);
        return new(new Vector<double>(padded), new Vector<double>(padded[Vector<double>.Count..]));
    }

    private readonly record struct Step(Vector<double> Even, Vector<double> Odd);
}
