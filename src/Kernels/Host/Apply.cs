using System.Numerics;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Elementary;

namespace BasinVolume.Kernels.Host;

/// <summary>y = f(x), f′(x) or f″(x), by blocks; <typeparamref name="TMap"/> says which.</summary>
internal readonly struct Apply<T, TMap>(int length, View<T> x, View<T> y) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TMap : struct, IMap<T>
{
    private readonly HostView<T> _x = new(x);
    private readonly HostView<T> _y = new(y);

    public void Run(int part)
    {
        (int start, int count) = Blocks.Of(part, length);
        ReadOnlySpan<T> x = _x.Slice(start, count);
        Span<T> y = _y.Slice(start, count);
        ReadOnlySpan<Vector<T>> xs = MemoryMarshal.Cast<T, Vector<T>>(x);
        Span<Vector<T>> ys = MemoryMarshal.Cast<T, Vector<T>>(y);
        for (int i = 0; i < xs.Length; i++)
            ys[i] = TMap.Of(xs[i]);
        for (int i = xs.Length * Vector<T>.Count; i < x.Length; i++)
            y[i] = TMap.Of(x[i]);
    }
}

/// <summary>A function of one element and the same function of a vector of them.</summary>
internal interface IMap<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static abstract T Of(T x);

    static abstract Vector<T> Of(Vector<T> x);
}

/// <summary>f itself.</summary>
internal readonly struct Value<T, TFunction, TElementary> : IMap<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TFunction : struct, IPointwise<T>
    where TElementary : struct, IElementary<T>
{
    public static T Of(T x) => TFunction.Value<TElementary>(x);

    public static Vector<T> Of(Vector<T> x) => TFunction.Value<TElementary>(x);
}

/// <summary>f′.</summary>
internal readonly struct Derivative<T, TFunction, TElementary> : IMap<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TFunction : struct, IPointwise<T>
    where TElementary : struct, IElementary<T>
{
    public static T Of(T x) => TFunction.Derivative<TElementary>(x);

    public static Vector<T> Of(Vector<T> x) => TFunction.Derivative<TElementary>(x);
}

/// <summary>f″.</summary>
internal readonly struct SecondDerivative<T, TFunction, TElementary> : IMap<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TFunction : struct, IPointwise<T>
    where TElementary : struct, IElementary<T>
{
    public static T Of(T x) => TFunction.SecondDerivative<TElementary>(x);

    public static Vector<T> Of(Vector<T> x) => TFunction.SecondDerivative<TElementary>(x);
}
