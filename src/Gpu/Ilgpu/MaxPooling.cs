using System.Numerics;
using BasinVolume.Kernels;
using ILGPU;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>The largest element of each window and its place, one thread a window.</summary>
internal sealed class MaxPooling<T>(IlgpuDevice device)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IlgpuKernel<Arguments> _kernel = device.Load<Arguments>(Choose);

    public void Launch(int samples, in PoolingShape shape, View<T> x, View<T> y, View<int> winners)
    {
        long planes = (long)samples * shape.Channels;
        long length = planes * shape.OutputPlane;
        if (length == 0)
            return;
        _kernel.Launch(length, new Arguments
        {
            X = device.Take(x, planes * shape.InputPlane),
            Y = device.Take(y, length),
            Winners = device.Take(winners, length),
            Shape = shape,
            OutputHeight = shape.OutputHeight,
            OutputWidth = shape.OutputWidth,
        });
    }

    internal static void Choose(Index1D thread, Arguments arguments)
    {
        PoolingShape shape = arguments.Shape;
        int rest = thread / arguments.OutputWidth;
        int left = (thread % arguments.OutputWidth * shape.Stride) - shape.Padding;
        int top = (rest % arguments.OutputHeight * shape.Stride) - shape.Padding;
        int plane = rest / arguments.OutputHeight * shape.InputHeight * shape.InputWidth;
        int right = left + shape.Size < shape.InputWidth ? left + shape.Size : shape.InputWidth;
        int bottom = top + shape.Size < shape.InputHeight ? top + shape.Size : shape.InputHeight;
        left = left > 0 ? left : 0;
        top = top > 0 ? top : 0;

        int winner = (top * shape.InputWidth) + left;
        T best = arguments.X[plane + winner];
        for (int row = top; row < bottom; row++)
        {
            for (int column = left; column < right; column++)
            {
                int here = (row * shape.InputWidth) + column;
                T value = arguments.X[plane + here];
                if (value > best || (T.IsNaN(value) && !T.IsNaN(best)))
                {
                    best = value;
                    winner = here;
                }
            }
        }

        arguments.Y[thread] = best;
        arguments.Winners[thread] = winner;
    }

    internal struct Arguments
    {
        public ArrayView<T> X;
        public ArrayView<T> Y;
        public ArrayView<int> Winners;
        public PoolingShape Shape;
        public int OutputHeight;
        public int OutputWidth;
    }
}
