using System.Numerics;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host;

/// <summary>y += a x, by blocks.</summary>
internal readonly struct Axpy<T>(int length, T a, View<T> x, View<T> y) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostView<T> _x = new(x, length);
    private readonly HostView<T> _y = new(y, length);

    public void Run(int part)
    {
        (int start, int count) = Blocks.Of(part, length);
        Add(a, _x.Slice(start, count), _y.Slice(start, count));
    }

    /// <summary>y += a x on one thread.</summary>
    public static void Add(T a, ReadOnlySpan<T> x, Span<T> y)
    {
        ReadOnlySpan<Vector<T>> xs = MemoryMarshal.Cast<T, Vector<T>>(x);
        Span<Vector<T>> ys = MemoryMarshal.Cast<T, Vector<T>>(y);
        var factor = new Vector<T>(a);
        for (int i = 0; i < xs.Length; i++)
            ys[i] = Simd.MultiplyAdd(factor, xs[i], ys[i]);
        for (int i = xs.Length * Vector<T>.Count; i < x.Length; i++)
            y[i] = Simd.MultiplyAdd(a, x[i], y[i]);
    }
}

/// <summary>x *= a, by blocks.</summary>
internal readonly struct Scale<T>(int length, T a, View<T> x) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostView<T> _x = new(x, length);

    public void Run(int part)
    {
        (int start, int count) = Blocks.Of(part, length);
        Span<T> values = _x.Slice(start, count);
        Span<Vector<T>> vectors = MemoryMarshal.Cast<T, Vector<T>>(values);
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] *= a;
        for (int i = vectors.Length * Vector<T>.Count; i < values.Length; i++)
            values[i] *= a;
    }
}

/// <summary>x = value, by blocks.</summary>
internal readonly struct Fill<T>(int length, T value, View<T> x) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostView<T> _x = new(x, length);

    public void Run(int part)
    {
        (int start, int count) = Blocks.Of(part, length);
        _x.Slice(start, count).Fill(value);
    }
}
