using System.Numerics;
using System.Runtime.InteropServices;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Host.Parts;
using BasinVolume.Kernels.Host.Registers;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Elementwise;

/// <summary>y_v (+)= a_v ⊙ x_v; a part is one block of one entry.</summary>
internal readonly struct Multiply<T>(int entries, int length, Batch<T> a, Batch<T> x, View<T> y, bool accumulate) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostBatch<T> _a = new(a, entries, length);
    private readonly HostBatch<T> _x = new(x, entries, length);
    private readonly HostView<T> _y = new(y, (long)entries * length);

    public void Run(int part)
    {
        (int block, int entry) = Math.DivRem(part, entries);
        (int start, int count) = Blocks.Of(block, length);
        ReadOnlySpan<T> a = _a.Entry(entry, start, count);
        ReadOnlySpan<T> x = _x.Entry(entry, start, count);
        Span<T> y = _y.Slice((entry * length) + start, count);
        if (accumulate)
            AddProduct(a, x, y);
        else
            SetProduct(a, x, y);
    }

    private static void AddProduct(ReadOnlySpan<T> a, ReadOnlySpan<T> x, Span<T> y)
    {
        ReadOnlySpan<Vector<T>> av = MemoryMarshal.Cast<T, Vector<T>>(a);
        ReadOnlySpan<Vector<T>> xv = MemoryMarshal.Cast<T, Vector<T>>(x);
        Span<Vector<T>> yv = MemoryMarshal.Cast<T, Vector<T>>(y);
        for (int i = 0; i < yv.Length; i++)
            yv[i] = Simd.MultiplyAdd(av[i], xv[i], yv[i]);
        for (int i = yv.Length * Vector<T>.Count; i < y.Length; i++)
            y[i] = Simd.MultiplyAdd(a[i], x[i], y[i]);
    }

    private static void SetProduct(ReadOnlySpan<T> a, ReadOnlySpan<T> x, Span<T> y)
    {
        ReadOnlySpan<Vector<T>> av = MemoryMarshal.Cast<T, Vector<T>>(a);
        ReadOnlySpan<Vector<T>> xv = MemoryMarshal.Cast<T, Vector<T>>(x);
        Span<Vector<T>> yv = MemoryMarshal.Cast<T, Vector<T>>(y);
        for (int i = 0; i < yv.Length; i++)
            yv[i] = av[i] * xv[i];
        for (int i = yv.Length * Vector<T>.Count; i < y.Length; i++)
            y[i] = a[i] * x[i];
    }
}
