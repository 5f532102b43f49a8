using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BasinVolume.Kernels.Host.Registers;

/// <summary>512 bits, for processors that compute so many at once.</summary>
internal readonly struct WideLanes<T>(Vector512<T> value) : ILanes<WideLanes<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector512<T> _value = value;

    public static int Count => Vector512<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes<T> Broadcast(T value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes<T> MultiplyAdd(WideLanes<T> a, WideLanes<T> b, WideLanes<T> c) => new(Simd.MultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes<T> Multiply(WideLanes<T> a, WideLanes<T> b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes<T> WithoutSubnormal(WideLanes<T> values) => new(Simd.WithoutSubnormal(values._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes<T> Add(WideLanes<T> a, WideLanes<T> b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes<T> Subtract(WideLanes<T> a, WideLanes<T> b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes<T> Load(ref T values) => new(Vector512.LoadUnsafe(ref values));

    public static WideLanes<T> From(int first)
    {
        Span<T> lanes = stackalloc T[Count];
        lanes.Clear();
        lanes[first..].Fill(T.AllBitsSet);
        return new(Vector512.Create<T>(lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLanes<T> And(WideLanes<T> a, WideLanes<T> b) => new(a._value & b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(WideLanes<T> values) => Vector512.Sum(values._value);
}
