using System.Numerics;
using System.Runtime.CompilerServices;

namespace BasinVolume.Kernels.Host.Registers;

/// <summary>What <see cref="Vector{T}"/> holds: 256 bits with AVX2, 128 elsewhere.</summary>
internal readonly struct UsualLanes<T>(Vector<T> value) : ILanes<UsualLanes<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector<T> _value = value;

    public static int Count => Vector<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualLanes<T> Broadcast(T value) => new(new Vector<T>(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualLanes<T> MultiplyAdd(UsualLanes<T> a, UsualLanes<T> b, UsualLanes<T> c) => new(Simd.MultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualLanes<T> Multiply(UsualLanes<T> a, UsualLanes<T> b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualLanes<T> WithoutSubnormal(UsualLanes<T> values) => new(Simd.WithoutSubnormal(values._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualLanes<T> Add(UsualLanes<T> a, UsualLanes<T> b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualLanes<T> Subtract(UsualLanes<T> a, UsualLanes<T> b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualLanes<T> Load(ref T values) => new(Vector.LoadUnsafe(ref values));

    public static UsualLanes<T> From(int first) => new(Simd.LanesFrom<T>(first));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UsualLanes<T> And(UsualLanes<T> a, UsualLanes<T> b) => new(a._value & b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(UsualLanes<T> values) => Vector.Sum(values._value);
}
