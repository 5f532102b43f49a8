using System.Numerics;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Host.Parts;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Elementwise;

/// <summary>x *= a, by blocks.</summary>
internal readonly struct Scale<T>(int length, T a, View<T> x) : IPartitionedWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostView<T> _x = new(x, length);

    public void Run(int part)
    {
        (int start, int count) = Blocks.Of(part, length);
        Vectors.Scale(_x.Slice(start, count), a);
    }
}
