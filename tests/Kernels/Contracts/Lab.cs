using System.Numerics;
using BasinVolume.Kernels.Tests.Devices;

namespace BasinVolume.Kernels.Tests.Contracts;

/// <summary>One test's buffers on one device, and its kernels.</summary>
public sealed class Lab<T>(Device device) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<IDisposable> _buffers = [];

    public Lab(string deviceName)
        : this(TestDevices.Get(deviceName))
    {
    }

    public IKernels<T> Kernels => device.Kernels<T>();

    /// <summary>A view of its own buffer, not at its beginning, so that a kernel that forgets offsets fails; around it lie NaNs.</summary>
    public View<T> Put(ReadOnlySpan<T> values)
    {
        const int Margin = 3;
        DeviceBuffer<T> buffer = device.Allocate<T>(values.Length + (2 * Margin));
        _buffers.Add(buffer);
        T[] all = new T[buffer.Length];
        Array.Fill(all, T.NaN);
        values.CopyTo(all.AsSpan(Margin));
        buffer.View.Write(all);
        return buffer.View.Slice(Margin, values.Length);
    }

    public View<int> Put(ReadOnlySpan<int> values)
    {
        DeviceBuffer<int> buffer = device.Allocate<int>(values.Length);
        _buffers.Add(buffer);
        buffer.View.Write(values);
        return buffer.View.Slice(0, values.Length);
    }

    /// <summary>A view full of NaN, for results that are to overwrite it.</summary>
    public View<T> Blank(int length)
    {
        T[] values = new T[length];
        Array.Fill(values, T.NaN);
        return Put(values);
    }

    public T[] Read(View<T> view)
    {
        T[] values = new T[view.Length];
        view.Read(values);
        TestDevices.Failures.AssertNone();
        if (view.Buffer is not null)
            AssertMarginsUntouched(view);
        return values;
    }

    public int[] Read(View<int> view)
    {
        int[] values = new int[view.Length];
        view.Read(values);
        TestDevices.Failures.AssertNone();
        return values;
    }

    public void Dispose()
    {
        foreach (IDisposable buffer in _buffers)
            buffer.Dispose();
    }

    private static void AssertMarginsUntouched(View<T> view)
    {
        T[] all = new T[view.Buffer!.Length];
        view.Buffer.View.Read(all);
        Assert.All(all[..view.Offset], value => Assert.True(T.IsNaN(value), "A kernel wrote before its output."));
        Assert.All(all[(view.Offset + view.Length)..], value => Assert.True(T.IsNaN(value), "A kernel wrote behind its output."));
    }
}
