using System.Numerics;
using System.Runtime.InteropServices;

namespace BasinVolume.Curvature;

/// <summary>Sums over vectors of any length, in an order that the length alone decides.</summary>
internal static class Vectors
{
    /// <summary>target += a·x.</summary>
    public static void AddScaled(Span<double> target, double a, ReadOnlySpan<double> x)
    {
        Span<Vector<double>> targets = MemoryMarshal.Cast<double, Vector<double>>(target);
        ReadOnlySpan<Vector<double>> xs = MemoryMarshal.Cast<double, Vector<double>>(x);
        for (int i = 0; i < targets.Length; i++)
            targets[i] += a * xs[i];
        for (int i = targets.Length * Vector<double>.Count; i < target.Length; i++)
            target[i] += a * x[i];
    }

    /// <summary>Σ x_i y_i.</summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
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
}
