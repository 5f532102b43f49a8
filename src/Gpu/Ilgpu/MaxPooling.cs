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
            Rows = new Side(shape.Rows, shape.InputHeight, shape.OutputHeight),
            Columns = new Side(shape.Columns, shape.InputWidth, shape.OutputWidth),
        });
    }

    internal static void Choose(Index1D thread, Arguments arguments)
    {
        Side rows = arguments.Rows, columns = arguments.Columns;
        int rest = thread / columns.Outputs;
        int left = columns.Begin(thread % columns.Outputs);
        int top = rows.Begin(rest % rows.Outputs);
        int plane = rest / rows.Outputs * rows.Inputs * columns.Inputs;
        int right = columns.End(left);
        int bottom = rows.End(top);
        left = columns.Inside(left);
        top = rows.Inside(top);

        int winner = (top * columns.Inputs) + left;
        T best = arguments.X[plane + winner];
        for (int row = top; row < bottom; row += rows.Dilation)
        {
            for (int column = left; column < right; column += columns.Dilation)
            {
                int here = (row * columns.Inputs) + column;
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
        public Side Rows;
        public Side Columns;
    }

    // Windows along one side of the image.
    internal readonly struct Side(Window window, int inputs, int outputs)
    {
        public readonly int Inputs = inputs;
        public readonly int Outputs = outputs;
        public readonly int Dilation = window.Dilation;
        private readonly int _stride = window.Stride;
        private readonly int _before = window.Before;
        private readonly int _span = (int)window.Span;

        public int Begin(int output) => (output * _stride) - _before;

        public int End(int begin) => begin + _span < Inputs ? begin + _span : Inputs;

        // A window's first pixel that is not before the image.
        public int Inside(int begin) => begin < 0 ? begin + ((Dilation - 1 - begin) / Dilation * Dilation) : begin;
    }
}
