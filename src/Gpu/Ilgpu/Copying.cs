using System.Numerics;
using BasinVolume.Kernels;
using ILGPU;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>y = x or y += x for each entry, one thread an element.</summary>
internal sealed class Copying<T>(IlgpuDevice device)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IlgpuKernel<Arguments> _kernel = device.Load<Arguments>(Copy);

    public void Launch(int entries, int length, Batch<T> x, Batch<T> y, bool accumulate)
    {
        long total = (long)entries * length;
        if (total == 0)
            return;
        _kernel.Launch(total, new Arguments
        {
            X = device.Take(x, entries, length),
            Y = device.Take(y, entries, length),
            Length = length,
            XStride = x.Stride,
            YStride = y.Stride,
            Accumulate = accumulate ? 1 : 0,
        });
    }

    internal static void Copy(Index1D thread, Arguments arguments)
    {
        int i = thread % arguments.Length;
        int entry = thread / arguments.Length;
        T value = arguments.X[(entry * arguments.XStride) + i];
        int place = (entry * arguments.YStride) + i;
        arguments.Y[place] = arguments.Accumulate != 0 ? arguments.Y[place] + value : value;
    }

    internal struct Arguments
    {
        public ArrayView<T> X;
        public ArrayView<T> Y;
        public int Length;
        public int XStride;
        public int YStride;
        public int Accumulate;
    }
}
