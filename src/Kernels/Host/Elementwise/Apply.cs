using System.Numerics;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Elementary;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Host.Parts;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Elementwise;

/// <summary>y = f(x) and y′ = f′(x), by blocks; y may be x.</summary>
internal readonly struct Apply<T, TFunction, TElementary>(int length, View<T> x, View<T> y, View<T> derivative) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TFunction : struct, IPointwise
    where TElementary : struct, IElementary<T>
{
    private readonly HostView<T> _x = new(x, length);
    private readonly HostView<T> _y = new(y, length);
    private readonly HostView<T> _derivative = new(derivative, length);

    public void Run(int part)
    {
        (int start, int count) = Blocks.Of(part, length);
        ReadOnlySpan<T> x = _x.Slice(start, count);
        Span<T> y = _y.Slice(start, count), derivative = _derivative.Slice(start, count);
        ReadOnlySpan<Vector<T>> xs = MemoryMarshal.Cast<T, Vector<T>>(x);
        Span<Vector<T>> ys = MemoryMarshal.Cast<T, Vector<T>>(y), derivatives = MemoryMarshal.Cast<T, Vector<T>>(derivative);
        for (int i = 0; i < xs.Length; i++)
        {
            derivatives[i] = TFunction.Derivative<T, TElementary>(xs[i]);
            ys[i] = TFunction.Value<T, TElementary>(xs[i]);
        }

        for (int i = xs.Length * Vector<T>.Count; i < x.Length; i++)
        {
            derivative[i] = TFunction.Derivative<T, TElementary>(x[i]);
            y[i] = TFunction.Value<T, TElementary>(x[i]);
        }
    }
}

/// <summary>y = f″(x), by blocks; y may be x.</summary>
internal readonly struct ApplySecondDerivative<T, TFunction, TElementary>(int length, View<T> x, View<T> y) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TFunction : struct, IPointwise
    where TElementary : struct, IElementary<T>
{
    private readonly HostView<T> _x = new(x, length);
    private readonly HostView<T> _y = new(y, length);

    public void Run(int part)
    {
        (int start, int count) = Blocks.Of(part, length);
        ReadOnlySpan<T> x = _x.Slice(start, count);
        Span<T> y = _y.Slice(start, count);
        ReadOnlySpan<Vector<T>> xs = MemoryMarshal.Cast<T, Vector<T>>(x);
        Span<Vector<T>> ys = MemoryMarshal.Cast<T, Vector<T>>(y);
        for (int i = 0; i < xs.Length; i++)
            ys[i] = TFunction.SecondDerivative<T, TElementary>(xs[i]);
        for (int i = xs.Length * Vector<T>.Count; i < x.Length; i++)
            y[i] = TFunction.SecondDerivative<T, TElementary>(x[i]);
    }
}
