using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BasinVolume.Kernels.Linear;

/// <summary>Sums of many terms by a <see cref="RunningSum"/>, so that a log-determinant of thousands of terms is as good as its logarithms.</summary>
public static class CompensatedSum
{
    /// <summary>Σ x_i in ascending order.</summary>
    /// <param name="values">x, any number of elements.</param>
    public static double Of(ReadOnlySpan<double> values)
    {
        var sum = default(RunningSum);
        foreach (double value in values)
            sum.Add(value);
        return sum.Total;
    }

    /// <summary>Σ x_i² in ascending order, each square rounded.</summary>
    /// <param name="values">x, any number of elements.</param>
    public static double OfSquares(ReadOnlySpan<double> values)
    {
        var sum = default(RunningSum);
        foreach (double value in values)
            sum.Add(value * value);
        return sum.Total;
    }

    /// <summary>
    /// Σ (c x_i)², each factor and each square rounded, in four chains on every processor. With t = s + x and z = t − s an addition rounds away
    /// (s − (t − z)) + (x − z), whichever is larger (Knuth, The Art of Computer Programming, volume 2, section 4.2.2).
    /// </summary>
    /// <param name="values">x, any number of elements.</param>
    /// <param name="scale">c.</param>
    public static double OfSquares(ReadOnlySpan<double> values, double scale)
    {
        ReadOnlySpan<Vector256<double>> vectors = MemoryMarshal.Cast<double, Vector256<double>>(values);
        Vector256<double> sums = Vector256<double>.Zero, lost = sums;
        foreach (Vector256<double> vector in vectors)
        {
            Vector256<double> scaled = vector * scale, square = scaled * scaled, next = sums + square, added = next - sums;
            lost += (sums - (next - added)) + (square - added);
            sums = next;
        }

        var sum = default(RunningSum);
        for (int lane = 0; lane < Vector256<double>.Count; lane++)
        {
            sum.Add(sums[lane]);
            sum.Add(lost[lane]);
        }

        foreach (double value in values[(vectors.Length * Vector256<double>.Count)..])
            sum.Add(value * scale * (value * scale));
        return sum.Total;
    }

    /// <summary>Σ f(x_i) in ascending order.</summary>
    /// <param name="values">x, any number of elements.</param>
    /// <param name="term">f.</param>
    public static double Of(ReadOnlySpan<double> values, Func<double, double> term)
    {
        ArgumentNullException.ThrowIfNull(term);
        var sum = default(RunningSum);
        foreach (double value in values)
            sum.Add(term(value));
        return sum.Total;
    }

    /// <summary>Σ f(i) for i = 0 … <paramref name="count"/> − 1, in this order.</summary>
    /// <param name="count">How many terms.</param>
    /// <param name="term">f.</param>
    public static double Of(int count, Func<int, double> term)
    {
        ArgumentNullException.ThrowIfNull(term);
        var sum = default(RunningSum);
        for (int i = 0; i < count; i++)
            sum.Add(term(i));
        return sum.Total;
    }
}
