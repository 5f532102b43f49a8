using System.Numerics;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Host.Registers;

namespace BasinVolume.Kernels.Linear;

/// <summary>
/// Vectors on the host: what is done to each element, on one thread. Every element is rounded as it says, wherever it stands:
/// vector loops and their remainders round alike.
/// What comes second must have at least the length of the target.
/// </summary>
public static class Vectors
{
    /// <summary>target += x.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="target">What is added to.</param>
    /// <param name="x">What is added.</param>
    public static void Add<T>(Span<T> target, ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<Vector<T>> targets = MemoryMarshal.Cast<T, Vector<T>>(target);
        ReadOnlySpan<Vector<T>> xs = MemoryMarshal.Cast<T, Vector<T>>(x);
        for (int i = 0; i < targets.Length; i++)
            targets[i] += xs[i];
        for (int i = targets.Length * Vector<T>.Count; i < target.Length; i++)
            target[i] += x[i];
    }

    /// <summary>target ← (target + x) + y, rounded after each sum.</summary>
    /// <param name="target">Receives it.</param>
    /// <param name="x">What is added first, at least as many elements.</param>
    /// <param name="y">What is added then, at least as many elements.</param>
    public static void AddTwo(Span<double> target, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        ref double ts = ref MemoryMarshal.GetReference(target);
        ref double xs = ref MemoryMarshal.GetReference(x[..target.Length]);
        ref double ys = ref MemoryMarshal.GetReference(y[..target.Length]);
        int whole = WholeVectors(target.Length);
        for (nuint i = 0; i < (nuint)whole; i += (nuint)Vector<double>.Count)
            (Vector.LoadUnsafe(ref ts, i) + Vector.LoadUnsafe(ref xs, i) + Vector.LoadUnsafe(ref ys, i)).StoreUnsafe(ref ts, i);
        for (int i = whole; i < target.Length; i++)
            target[i] = target[i] + x[i] + y[i];
    }

    /// <summary>target += a·x, product and sum rounded each: the same bits on every processor.</summary>
    /// <param name="target">What is added to.</param>
    /// <param name="a">The factor.</param>
    /// <param name="x">What is added.</param>
    public static void AddScaled(Span<double> target, double a, ReadOnlySpan<double> x)
    {
        Span<Vector<double>> targets = MemoryMarshal.Cast<double, Vector<double>>(target);
        ReadOnlySpan<Vector<double>> xs = MemoryMarshal.Cast<double, Vector<double>>(x);
        for (int i = 0; i < targets.Length; i++)
            targets[i] += a * xs[i];
        for (int i = targets.Length * Vector<double>.Count; i < target.Length; i++)
            target[i] += a * x[i];
    }

    /// <summary>target += a·x, rounded once where the processor has fused instructions (<see cref="Simd"/>): what kernels and factorisations use.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="target">What is added to.</param>
    /// <param name="a">The factor.</param>
    /// <param name="x">What is added.</param>
    public static void AddScaledFused<T>(Span<T> target, T a, ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<Vector<T>> targets = MemoryMarshal.Cast<T, Vector<T>>(target);
        ReadOnlySpan<Vector<T>> xs = MemoryMarshal.Cast<T, Vector<T>>(x);
        var factor = new Vector<T>(a);
        for (int i = 0; i < targets.Length; i++)
            targets[i] = Simd.MultiplyAdd(factor, xs[i], targets[i]);
        for (int i = targets.Length * Vector<T>.Count; i < target.Length; i++)
            target[i] = Simd.MultiplyAdd(a, x[i], target[i]);
    }

    /// <summary>target += a·x + b·y, fused likewise, a·x first; the target is read and written once.</summary>
    /// <param name="target">What is added to.</param>
    /// <param name="a">The factor of x.</param>
    /// <param name="x">What is added first.</param>
    /// <param name="b">The factor of y.</param>
    /// <param name="y">What is added then.</param>
    public static void AddTwoScaledFused(Span<double> target, double a, ReadOnlySpan<double> x, double b, ReadOnlySpan<double> y)
    {
        ref double ts = ref MemoryMarshal.GetReference(target);
        ref double xs = ref MemoryMarshal.GetReference(x[..target.Length]);
        ref double ys = ref MemoryMarshal.GetReference(y[..target.Length]);
        Vector<double> xFactor = new(a), yFactor = new(b);
        int whole = WholeVectors(target.Length);
        for (nuint i = 0; i < (nuint)whole; i += (nuint)Vector<double>.Count)
        {
            var sum = Simd.MultiplyAdd(xFactor, Vector.LoadUnsafe(ref xs, i), Vector.LoadUnsafe(ref ts, i));
            Simd.MultiplyAdd(yFactor, Vector.LoadUnsafe(ref ys, i), sum).StoreUnsafe(ref ts, i);
        }

        for (int i = whole; i < target.Length; i++)
            target[i] = Simd.MultiplyAdd(b, y[i], Simd.MultiplyAdd(a, x[i], target[i]));
    }

    /// <summary>target ← −x.</summary>
    /// <param name="target">Receives it.</param>
    /// <param name="x">What is negated.</param>
    public static void Negate(Span<double> target, ReadOnlySpan<double> x)
    {
        Span<Vector<double>> targets = MemoryMarshal.Cast<double, Vector<double>>(target);
        ReadOnlySpan<Vector<double>> xs = MemoryMarshal.Cast<double, Vector<double>>(x);
        for (int i = 0; i < targets.Length; i++)
            targets[i] = -xs[i];
        for (int i = targets.Length * Vector<double>.Count; i < target.Length; i++)
            target[i] = -x[i];
    }

    /// <summary>target ← a·target.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="target">What is multiplied.</param>
    /// <param name="a">The factor.</param>
    public static void Scale<T>(Span<T> target, T a)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<Vector<T>> targets = MemoryMarshal.Cast<T, Vector<T>>(target);
        var factor = new Vector<T>(a);
        for (int i = 0; i < targets.Length; i++)
            targets[i] *= factor;
        for (int i = targets.Length * Vector<T>.Count; i < target.Length; i++)
            target[i] *= a;
    }

    /// <summary>(x, y) ← (c·x + s·y, c·y − s·x), every product and sum rounded.</summary>
    /// <param name="x">The first vector.</param>
    /// <param name="y">The second one.</param>
    /// <param name="c">The rotation's cosine.</param>
    /// <param name="s">Its sine.</param>
    public static void Rotate(Span<double> x, Span<double> y, double c, double s)
    {
        ref double xs = ref MemoryMarshal.GetReference(x);
        ref double ys = ref MemoryMarshal.GetReference(y[..x.Length]);
        int whole = WholeVectors(x.Length);
        Vector<double> cosine = new(c), sine = new(s);
        for (nuint i = 0; i < (nuint)whole; i += (nuint)Vector<double>.Count)
        {
            var xi = Vector.LoadUnsafe(ref xs, i);
            var yi = Vector.LoadUnsafe(ref ys, i);
            ((cosine * xi) + (sine * yi)).StoreUnsafe(ref xs, i);
            ((cosine * yi) - (sine * xi)).StoreUnsafe(ref ys, i);
        }

        for (int i = whole; i < x.Length; i++)
            (x[i], y[i]) = ((c * x[i]) + (s * y[i]), (c * y[i]) - (s * x[i]));
    }

    private static int WholeVectors(int length) => length / Vector<double>.Count * Vector<double>.Count;
}
