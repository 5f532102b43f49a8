using System.Numerics;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Elementary;
using ILGPU;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// Rows moved and scaled to mean 0 and variance 1, one thread a row; their Jacobian applied, and its derivative, one thread a direction and row.
/// </summary>
internal sealed class Standardisation<T, TElementary>(IlgpuDevice device)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TElementary : struct, IElementary<T>
{
    private readonly IlgpuKernel<Arguments> _standardise = device.Load<Arguments>(Standardise);
    private readonly IlgpuKernel<DerivativeArguments> _derivative = device.Load<DerivativeArguments>(Derivative);
    private readonly IlgpuKernel<SecondArguments> _second = device.Load<SecondArguments>(AddSecondDerivative);

    public void Launch(int rows, int width, T epsilon, View<T> x, View<T> y, View<T> scales)
    {
        long length = (long)rows * width;
        if (length == 0)
            return;
        _standardise.Launch(rows, new Arguments
        {
            X = device.Take(x, length),
            Y = device.Take(y, length),
            Scales = device.Take(scales, rows),
            Epsilon = epsilon,
            Count = TElementary.Constant(width),
            Width = width,
        });
    }

    public void LaunchDerivative(int entries, int rows, int width, View<T> y, View<T> scales, View<T> x, View<T> result, bool accumulate)
    {
        long length = (long)entries * rows * width;
        if (length == 0)
            return;
        _derivative.Launch((long)entries * rows, new DerivativeArguments
        {
            Y = device.Take(y, (long)rows * width),
            Scales = device.Take(scales, rows),
            X = device.Take(x, length),
            Result = device.Take(result, length),
            Rows = rows,
            Count = TElementary.Constant(width),
            Width = width,
            Accumulate = accumulate ? 1 : 0,
        });
    }

    public void LaunchSecondDerivative(int entries, int rows, int width, View<T> y, View<T> scales, View<T> adjoint, View<T> x, View<T> result)
    {
        long length = (long)entries * rows * width;
        if (length == 0)
            return;
        _second.Launch((long)entries * rows, new SecondArguments
        {
            Y = device.Take(y, (long)rows * width),
            Scales = device.Take(scales, rows),
            Adjoint = device.Take(adjoint, (long)rows * width),
            X = device.Take(x, length),
            Result = device.Take(result, length),
            Rows = rows,
            Count = TElementary.Constant(width),
            Width = width,
        });
    }

    internal static void Standardise(Index1D thread, Arguments arguments)
    {
        int row = thread * arguments.Width;
        T mean = T.Zero, variance = T.Zero;
        for (int i = 0; i < arguments.Width; i++)
            mean += arguments.X[row + i];
        mean /= arguments.Count;
        for (int i = 0; i < arguments.Width; i++)
        {
            T difference = arguments.X[row + i] - mean;
            arguments.Y[row + i] = difference;
            variance += difference * difference;
        }

        T scale = T.One / SquareRoot.Of((variance / arguments.Count) + arguments.Epsilon);
        for (int i = 0; i < arguments.Width; i++)
            arguments.Y[row + i] = arguments.Y[row + i] * scale;
        arguments.Scales[thread] = scale;
    }

    internal static void Derivative(Index1D thread, DerivativeArguments arguments)
    {
        int r = thread % arguments.Rows;
        int row = r * arguments.Width, place = thread * arguments.Width;
        T mean = T.Zero, slope = T.Zero;
        for (int i = 0; i < arguments.Width; i++)
        {
            mean += arguments.X[place + i];
            slope += arguments.Y[row + i] * arguments.X[place + i];
        }

        mean /= arguments.Count;
        slope /= arguments.Count;
        for (int i = 0; i < arguments.Width; i++)
        {
            T value = arguments.Scales[r] * (arguments.X[place + i] - mean - (arguments.Y[row + i] * slope));
            arguments.Result[place + i] = arguments.Accumulate != 0 ? arguments.Result[place + i] + value : value;
        }
    }

    internal static void AddSecondDerivative(Index1D thread, SecondArguments arguments)
    {
        int r = thread % arguments.Rows;
        int row = r * arguments.Width, place = thread * arguments.Width;
        T product = T.Zero;
        T xMean = T.Zero, xSlope = T.Zero, adjointMean = T.Zero, adjointSlope = T.Zero;
        for (int i = 0; i < arguments.Width; i++)
        {
            xMean += arguments.X[place + i];
            xSlope += arguments.Y[row + i] * arguments.X[place + i];
            adjointMean += arguments.Adjoint[row + i];
            adjointSlope += arguments.Y[row + i] * arguments.Adjoint[row + i];
        }

        xMean /= arguments.Count;
        xSlope /= arguments.Count;
        adjointMean /= arguments.Count;
        adjointSlope /= arguments.Count;
        for (int i = 0; i < arguments.Width; i++)
            product += (arguments.X[place + i] - xMean - (arguments.Y[row + i] * xSlope)) * arguments.Adjoint[row + i];
        product /= arguments.Count;
        T square = arguments.Scales[r] * arguments.Scales[r];
        for (int i = 0; i < arguments.Width; i++)
        {
            T y = arguments.Y[row + i];
            T a = arguments.X[place + i] - xMean - (y * xSlope), b = arguments.Adjoint[row + i] - adjointMean - (y * adjointSlope);
            arguments.Result[place + i] -= square * ((xSlope * b) + (adjointSlope * a) + (y * product));
        }
    }

    internal struct Arguments
    {
        public ArrayView<T> X;
        public ArrayView<T> Y;
        public ArrayView<T> Scales;
        public T Epsilon;
        public T Count;
        public int Width;
    }

    internal struct DerivativeArguments
    {
        public ArrayView<T> Y;
        public ArrayView<T> Scales;
        public ArrayView<T> X;
        public ArrayView<T> Result;
        public int Rows;
        public T Count;
        public int Width;
        public int Accumulate;
    }

    internal struct SecondArguments
    {
        public ArrayView<T> Y;
        public ArrayView<T> Scales;
        public ArrayView<T> Adjoint;
        public ArrayView<T> X;
        public ArrayView<T> Result;
        public int Rows;
        public T Count;
        public int Width;
    }
}
