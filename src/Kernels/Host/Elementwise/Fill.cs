using System.Numerics;
using BasinVolume.Kernels.Host.Arrays;
using BasinVolume.Kernels.Host.Parts;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Kernels.Host.Elementwise;

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
