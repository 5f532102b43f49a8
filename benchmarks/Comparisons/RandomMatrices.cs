using System.Numerics;
using BasinVolume.Kernels;

namespace BasinVolume.Benchmarks.Comparisons;

/// <summary>Square matrices of random numbers on a device.</summary>
internal static class RandomMatrices
{
    public static DeviceBuffer<T> Square<T>(Device device, int size)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DeviceBuffer<T> buffer = device.Allocate<T>(size * size);
        var random = new Random(1);
        buffer.View.Write([.. Enumerable.Range(0, size * size).Select(_ => T.CreateTruncating(random.NextDouble() - 0.5))]);
        return buffer;
    }
}
