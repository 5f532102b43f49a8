using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace BasinVolume.Kernels.Host.Registers;

/// <summary>
/// a·b + c for vectors and for single elements, rounded alike: once where the processor has fused instructions, twice where it has none
/// (a fused operation in software would be a hundred times slower).
/// </summary>
public static class Simd
{
    private static bool HasFused
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Fma.IsSupported || AdvSimd.IsSupported;
    }

    /// <summary>a·b + c, element by element.</summary>
    /// <param name="a">The first factors.</param>
    /// <param name="b">The second factors.</param>
    /// <param name="c">What is added.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> MultiplyAdd<T>(Vector<T> a, Vector<T> b, Vector<T> c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (HasFused && typeof(T) == typeof(double))
            return Vector.FusedMultiplyAdd(a.As<T, double>(), b.As<T, double>(), c.As<T, double>()).As<double, T>();
        if (HasFused && typeof(T) == typeof(float))
            return Vector.FusedMultiplyAdd(a.As<T, float>(), b.As<T, float>(), c.As<T, float>()).As<float, T>();
        return (a * b) + c;
    }

    /// <summary>a·b + c, element by element.</summary>
    /// <param name="a">The first factors.</param>
    /// <param name="b">The second factors.</param>
    /// <param name="c">What is added.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd<T>(Vector512<T> a, Vector512<T> b, Vector512<T> c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (HasFused && typeof(T) == typeof(double))
            return Vector512.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();
        if (HasFused && typeof(T) == typeof(float))
            return Vector512.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>();
        return (a * b) + c;
    }

    /// <summary>a·b + c, with the bits that an element of the vector operation has.</summary>
    /// <param name="a">The first factor.</param>
    /// <param name="b">The second factor.</param>
    /// <param name="c">What is added.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MultiplyAdd<T>(T a, T b, T c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => HasFused ? T.FusedMultiplyAdd(a, b, c) : (a * b) + c;

    /// <summary>
    /// 0 in place of a subnormal number. Some processors take a hundred times as long for arithmetic with these, and they are less than the last bit of
    /// anything that they are added to; so kernels that multiply small numbers drop them before they go into long sums.
    /// </summary>
    /// <param name="value">Any number, NaN and infinity too.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T WithoutSubnormal<T>(T value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => T.Abs(value) < SmallestNormal<T>() ? T.Zero : value;

    /// <summary>The same, element by element.</summary>
    /// <param name="value">Any numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> WithoutSubnormal<T>(Vector<T> value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Vector.AndNot(value, Vector.LessThan(Vector.Abs(value), new Vector<T>(SmallestNormal<T>())));

    /// <summary>The same, element by element.</summary>
    /// <param name="value">Any numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> WithoutSubnormal<T>(Vector512<T> value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Vector512.AndNot(value, Vector512.LessThan(Vector512.Abs(value), Vector512.Create(SmallestNormal<T>())));

    /// <summary>The one where a lane of the mask has all bits, the other where it has none.</summary>
    /// <param name="mask">What a comparison gives.</param>
    /// <param name="one">Where it is true.</param>
    /// <param name="other">Where it is not.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Select<T>(Vector256<T> mask, Vector256<T> one, Vector256<T> other)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Avx2.IsSupported ? Avx2.BlendVariable(other.AsByte(), one.AsByte(), mask.AsByte()).As<byte, T>() : Vector256.ConditionalSelect(mask, one, other);

    /// <summary>The same for fewer lanes.</summary>
    /// <param name="mask">What a comparison gives.</param>
    /// <param name="one">Where it is true.</param>
    /// <param name="other">Where it is not.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Select<T>(Vector128<T> mask, Vector128<T> one, Vector128<T> other)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Sse41.IsSupported ? Sse41.BlendVariable(other.AsByte(), one.AsByte(), mask.AsByte()).As<byte, T>() : Vector128.ConditionalSelect(mask, one, other);

    /// <summary>All bits in the lanes from one on, none in those before it.</summary>
    /// <param name="first">The first lane with bits; none has any if it is their number.</param>
    public static Vector<T> LanesFrom<T>(int first)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> lanes = stackalloc T[Vector<T>.Count];
        lanes.Clear();
        lanes[first..].Fill(T.AllBitsSet);
        return new Vector<T>(lanes);
    }

    // 2⁻¹²⁶ and 2⁻¹⁰²².
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T SmallestNormal<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => T.CreateTruncating(typeof(T) == typeof(float) ? 1.17549435082228751e-38 : 2.2250738585072014e-308);
}
