using System.Numerics;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Elementary;
using ILGPU;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>Softmax of rows, one thread a row; and the derivative of its Jacobian along directions, one thread a direction and row.</summary>
internal sealed class SoftmaxRows<T, TElementary>(IlgpuDevice device)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TElementary : struct, IElementary<T>
{
    private readonly IlgpuKernel<Arguments> _softmax = device.Load<Arguments>(Softmax);
    private readonly IlgpuKernel<SecondArguments> _second = device.Load<SecondArguments>(AddSecondDerivative);

    public void Launch(int rows, int classes, View<T> x, View<T> y)
    {
        long length = (long)rows * classes;
        if (length == 0)
            return;
        _softmax.Launch(rows, new Arguments { X = device.Take(x, length), Y = device.Take(y, length), Classes = classes });
    }

    public void LaunchSecondDerivative(int entries, int rows, int classes, View<T> p, View<T> adjoint, View<T> x, View<T> y)
    {
        long length = (long)entries * rows * classes;
        if (length == 0)
            return;
        _second.Launch((long)entries * rows, new SecondArguments
        {
            P = device.Take(p, (long)rows * classes),
            Adjoint = device.Take(adjoint, (long)rows * classes),
            X = device.Take(x, length),
            Y = device.Take(y, length),
            Rows = rows,
            Classes = classes,
        });
    }

    internal static void Softmax(Index1D thread, Arguments arguments)
    {
        int row = thread * arguments.Classes;
        int top = SoftmaxOfRow.Top(arguments.X, row, arguments.Classes);
        SoftmaxOfRow.Write<T, TElementary>(arguments.X, row, arguments.Classes, top, arguments.Y);
    }

    internal static void AddSecondDerivative(Index1D thread, SecondArguments arguments)
    {
        int row = thread % arguments.Rows * arguments.Classes;
        int place = thread * arguments.Classes;
        T xReference = T.Zero, adjointReference = T.Zero;
        for (int c = 0; c < arguments.Classes; c++)
        {
            xReference += arguments.P[row + c] * arguments.X[place + c];
            adjointReference += arguments.P[row + c] * arguments.Adjoint[row + c];
        }

        for (int c = 0; c < arguments.Classes; c++)
        {
            bool isSure = arguments.P[row + c] + arguments.P[row + c] > T.One;
            xReference = isSure ? arguments.X[place + c] : xReference;
            adjointReference = isSure ? arguments.Adjoint[row + c] : adjointReference;
        }

        T xMean = T.Zero, adjointMean = T.Zero, mean = T.Zero;
        for (int c = 0; c < arguments.Classes; c++)
        {
            xMean += arguments.P[row + c] * (arguments.X[place + c] - xReference);
            adjointMean += arguments.P[row + c] * (arguments.Adjoint[row + c] - adjointReference);
        }

        for (int c = 0; c < arguments.Classes; c++)
            mean += arguments.P[row + c] * (
                (arguments.X[place + c] - xReference - xMean) * (arguments.Adjoint[row + c] - adjointReference - adjointMean));
        for (int c = 0; c < arguments.Classes; c++)
        {
            T product = (arguments.X[place + c] - xReference - xMean) * (arguments.Adjoint[row + c] - adjointReference - adjointMean);
            arguments.Y[place + c] += arguments.P[row + c] * (product - mean);
        }
    }

    internal struct Arguments
    {
        public ArrayView<T> X;
        public ArrayView<T> Y;
        public int Classes;
    }

    internal struct SecondArguments
    {
        public ArrayView<T> P;
        public ArrayView<T> Adjoint;
        public ArrayView<T> X;
        public ArrayView<T> Y;
        public int Rows;
        public int Classes;
    }
}
