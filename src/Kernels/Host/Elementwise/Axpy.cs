using System.Numerics;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Host.Parts;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Elementwise;

/// <summary>y += a x, by blocks.</summary>
internal readonly struct Axpy<T>(int length, T a, View<T> x, View<T> y) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostView<T> _x = new(x, length);
    private readonly HostView<T> _y = new(y, length);

    public void Run(int part)
    {
        (int start, int count) = Blocks.Of(part, length);
        Vectors.AddScaledFused(_y.Slice(start, count), a, _x.Slice(start, count));
    }
}
