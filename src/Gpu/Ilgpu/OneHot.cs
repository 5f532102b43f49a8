using System.Numerics;
using BasinVolume.Kernels;
using ILGPU;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>Rows that are 1 at the class that a number names and 0 elsewhere, one thread a row; it counts in floating point, exactly.</summary>
internal sealed class OneHot<T>(IlgpuDevice device)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IlgpuKernel<Arguments> _kernel = device.Load<Arguments>(Write);

    public void Launch(int rows, int classes, View<T> x, View<T> y)
    {
        long length = (long)rows * classes;
        if (length == 0)
            return;
        _kernel.Launch(rows, new Arguments { X = device.Take(x, rows), Y = device.Take(y, length), Classes = classes });
    }

    internal static void Write(Index1D row, Arguments arguments)
    {
        T number = T.Zero;
        for (int c = 0; c < arguments.Classes; c++)
        {
            arguments.Y[(row * arguments.Classes) + c] = arguments.X[row] == number ? T.One : T.Zero;
            number += T.One;
        }
    }

    internal struct Arguments
    {
        public ArrayView<T> X;
        public ArrayView<T> Y;
        public int Classes;
    }
}
