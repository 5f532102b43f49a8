using System.Numerics;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Curvature.Dense;

/// <summary>
/// Sums over padded vectors: every length is a multiple of <see cref="SymmetricTriangle.Padding"/>, so there are no remainders, and all vectors
/// of one call have the length of the first (<see cref="Rotate"/> alone takes any length). Sums run in an order fixed by the length.
/// </summary>
internal static class VectorOperations
{
    /// <summary>Σ x_i y_i.</summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        ref double xs = ref MemoryMarshal.GetReference(x);
        ref double ys = ref MemoryMarshal.GetReference(y[..x.Length]);
        Vector<double> even = Vector<double>.Zero, odd = Vector<double>.Zero;
        nuint width = (nuint)Vector<double>.Count;
        for (nuint i = 0; i < (nuint)x.Length; i += 2 * width)
        {
            even = Simd.MultiplyAdd(Vector.LoadUnsafe(ref xs, i), Vector.LoadUnsafe(ref ys, i), even);
            odd = Simd.MultiplyAdd(Vector.LoadUnsafe(ref xs, i + width), Vector.LoadUnsafe(ref ys, i + width), odd);
        }

        return Vector.Sum(even + odd);
    }

    /// <summary>(Σ x_i z_i, Σ y_i z_i), reading z once.</summary>
    public static (double WithX, double WithY) DotTwo(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> z)
    {
        ref double xs = ref MemoryMarshal.GetReference(x);
        ref double ys = ref MemoryMarshal.GetReference(y[..x.Length]);
        ref double zs = ref MemoryMarshal.GetReference(z[..x.Length]);
        Vector<double> xEven = Vector<double>.Zero, xOdd = xEven, yEven = xEven, yOdd = xEven;
        nuint width = (nuint)Vector<double>.Count;
        for (nuint i = 0; i < (nuint)x.Length; i += 2 * width)
        {
            var even = Vector.LoadUnsafe(ref zs, i);
            var odd = Vector.LoadUnsafe(ref zs, i + width);
            xEven = Simd.MultiplyAdd(Vector.LoadUnsafe(ref xs, i), even, xEven);
            yEven = Simd.MultiplyAdd(Vector.LoadUnsafe(ref ys, i), even, yEven);
            xOdd = Simd.MultiplyAdd(Vector.LoadUnsafe(ref xs, i + width), odd, xOdd);
            yOdd = Simd.MultiplyAdd(Vector.LoadUnsafe(ref ys, i + width), odd, yOdd);
        }

        return (Vector.Sum(xEven + xOdd), Vector.Sum(yEven + yOdd));
    }

    /// <summary>target += a·x.</summary>
    public static void AddScaled(Span<double> target, double a, ReadOnlySpan<double> x)
    {
        ref double ts = ref MemoryMarshal.GetReference(target);
        ref double xs = ref MemoryMarshal.GetReference(x[..target.Length]);
        var factor = new Vector<double>(a);
        for (nuint i = 0; i < (nuint)target.Length; i += (nuint)Vector<double>.Count)
            Simd.MultiplyAdd(factor, Vector.LoadUnsafe(ref xs, i), Vector.LoadUnsafe(ref ts, i)).StoreUnsafe(ref ts, i);
    }

    /// <summary>target += a·x + b·y, reading and writing the target once.</summary>
    public static void AddScaledTwo(Span<double> target, double a, ReadOnlySpan<double> x, double b, ReadOnlySpan<double> y)
    {
        ref double ts = ref MemoryMarshal.GetReference(target);
        ref double xs = ref MemoryMarshal.GetReference(x[..target.Length]);
        ref double ys = ref MemoryMarshal.GetReference(y[..target.Length]);
        Vector<double> xFactor = new(a), yFactor = new(b);
        for (nuint i = 0; i < (nuint)target.Length; i += (nuint)Vector<double>.Count)
        {
            var sum = Simd.MultiplyAdd(xFactor, Vector.LoadUnsafe(ref xs, i), Vector.LoadUnsafe(ref ts, i));
            Simd.MultiplyAdd(yFactor, Vector.LoadUnsafe(ref ys, i), sum).StoreUnsafe(ref ts, i);
        }
    }

    /// <summary>target += x.</summary>
    public static void Add(Span<double> target, ReadOnlySpan<double> x)
    {
        ref double ts = ref MemoryMarshal.GetReference(target);
        ref double xs = ref MemoryMarshal.GetReference(x[..target.Length]);
        for (nuint i = 0; i < (nuint)target.Length; i += (nuint)Vector<double>.Count)
            (Vector.LoadUnsafe(ref ts, i) + Vector.LoadUnsafe(ref xs, i)).StoreUnsafe(ref ts, i);
    }

    /// <summary>target ← −x.</summary>
    public static void Negate(Span<double> target, ReadOnlySpan<double> x)
    {
        ref double ts = ref MemoryMarshal.GetReference(target);
        ref double xs = ref MemoryMarshal.GetReference(x[..target.Length]);
        for (nuint i = 0; i < (nuint)target.Length; i += (nuint)Vector<double>.Count)
            (-Vector.LoadUnsafe(ref xs, i)).StoreUnsafe(ref ts, i);
    }

    /// <summary>target ← a·target.</summary>
    public static void Scale(Span<double> target, double a)
    {
        ref double ts = ref MemoryMarshal.GetReference(target);
        var factor = new Vector<double>(a);
        for (nuint i = 0; i < (nuint)target.Length; i += (nuint)Vector<double>.Count)
            (factor * Vector.LoadUnsafe(ref ts, i)).StoreUnsafe(ref ts, i);
    }

    /// <summary>(x, y) ← (c·x + s·y, c·y − s·x); of any length.</summary>
    public static void Rotate(Span<double> x, Span<double> y, double c, double s)
    {
        ref double xs = ref MemoryMarshal.GetReference(x);
        ref double ys = ref MemoryMarshal.GetReference(y[..x.Length]);
        int whole = x.Length / Vector<double>.Count * Vector<double>.Count;
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
}
