using System.Numerics;
using BasinVolume.Kernels;

namespace BasinVolume.Benchmarks.Comparisons;

/// <summary>Matrices of random numbers on a device.</summary>
internal static class RandomMatrices
{
    public static DeviceBuffer<T> Square<T>(Device device, int size)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Of<T>(device, size, size);

    public static DeviceBuffer<T> Of<T>(Device device, int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DeviceBuffer<T> buffer = device.Allocate<T>(rows * columns);
        var random = new Random(1);
        buffer.View.Write([.. Enumerable.Range(0, rows * columns).Select(_ => T.CreateTruncating(random.NextDouble() - 0.5))]);
        return buffer;
    }
}
