using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using BasinVolume.Kernels.Host.Registers;

namespace BasinVolume.Kernels.Host.Gathering;

/// <summary>How pixels that lie a stride apart come into the lanes of a vector: nothing is read before the first one or behind the last.</summary>
internal interface IPixels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>As many pixels as a vector has, in an order that <see cref="InOrder"/> undoes.</summary>
    /// <param name="first">The first one.</param>
    /// <param name="stride">Pixels from one to the next.</param>
    static abstract Vector128<T> Load(ref T first, int stride);

    /// <summary>The same in ascending order, also for what was computed lane by lane.</summary>
    /// <param name="lanes">As they were loaded.</param>
    static abstract Vector128<T> InOrder(Vector128<T> lanes);
}

/// <summary>Stride 1.</summary>
internal readonly struct Neighbours<T> : IPixels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(ref T first, int stride) => Vector128.LoadUnsafe(ref first);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> InOrder(Vector128<T> lanes) => lanes;
}

/// <summary>
/// Stride 2: even lanes have the first half, and odd ones the second half, which there lies where a vector begins that ends with the last pixel.
/// </summary>
internal readonly struct EverySecond<T> : IPixels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(ref T first, int stride)
    {
        var low = Vector128.LoadUnsafe(ref first);
        var high = Vector128.LoadUnsafe(ref first, (nuint)(Vector128<T>.Count - 1));
        return Vector128<T>.Count == 4
            ? Simd.Select(Vector128.Create(-1, 0, -1, 0).As<int, T>(), low, high)
            : Simd.Select(Vector128.Create(-1L, 0).As<long, T>(), low, high);
    }

    // Two lanes are in order.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> InOrder(Vector128<T> lanes)
        => Vector128<T>.Count == 4 ? Vector128.Shuffle(lanes.As<T, int>(), Vector128.Create(0, 2, 1, 3)).As<int, T>() : lanes;
}

/// <summary>Any stride.</summary>
internal readonly struct Apart<T> : IPixels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(ref T first, int stride)
    {
        Vector128<T> lanes = Vector128.CreateScalar(first).WithElement(1, Unsafe.Add(ref first, stride));
        return Vector128<T>.Count == 4
            ? lanes.WithElement(2, Unsafe.Add(ref first, 2 * stride)).WithElement(3, Unsafe.Add(ref first, 3 * stride))
            : lanes;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> InOrder(Vector128<T> lanes) => lanes;
}
