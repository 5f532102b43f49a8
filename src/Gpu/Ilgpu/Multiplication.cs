using System.Numerics;
using BasinVolume.Kernels;
using ILGPU;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>y = a ⊙ x for each entry, one thread an element.</summary>
internal sealed class Multiplication<T>(IlgpuDevice device)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IlgpuKernel<Arguments> _kernel = device.Load<Arguments>(Multiply);

    public void Launch(int entries, int length, Batch<T> a, Batch<T> x, View<T> y, bool accumulate)
    {
        long total = (long)entries * length;
        if (total == 0)
            return;
        _kernel.Launch(total, new Arguments
        {
            A = device.Take(a, entries, length),
            X = device.Take(x, entries, length),
            Y = device.Take(y, total),
            Length = length,
            AStride = a.Stride,
            XStride = x.Stride,
            Accumulate = accumulate ? 1 : 0,
        });
    }

    internal static void Multiply(Index1D thread, Arguments arguments)
    {
        int i = thread % arguments.Length;
        int entry = thread / arguments.Length;
        T product = arguments.A[(entry * arguments.AStride) + i] * arguments.X[(entry * arguments.XStride) + i];
        arguments.Y[thread] = arguments.Accumulate != 0 ? arguments.Y[thread] + product : product;
    }

    internal struct Arguments
    {
        public ArrayView<T> A;
        public ArrayView<T> X;
        public ArrayView<T> Y;
        public int Length;
        public int AStride;
        public int XStride;
        public int Accumulate;
    }
}
