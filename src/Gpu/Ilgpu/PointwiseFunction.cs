using System.Numerics;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Elementary;
using ILGPU;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>
/// A function of one variable and its derivatives, one thread an element. The function is compiled into its own kernels, each when it is first used.
/// </summary>
internal sealed class PointwiseFunction<T, TFunction, TElementary>(IlgpuDevice device)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TFunction : struct, IPointwise
    where TElementary : struct, IElementary<T>
{
    private IlgpuKernel<PointwiseArguments<T>>? _valueAndDerivative;
    private IlgpuKernel<PointwiseArguments<T>>? _secondDerivative;

    public void Launch(int length, View<T> x, View<T> y, View<T> derivative)
        => (_valueAndDerivative ??= device.Load<PointwiseArguments<T>>(ValueAndDerivative)).Launch(
            length, new PointwiseArguments<T> { X = device.Take(x, length), Y = device.Take(y, length), Derivative = device.Take(derivative, length) });

    public void LaunchSecondDerivative(int length, View<T> x, View<T> y)
        => (_secondDerivative ??= device.Load<PointwiseArguments<T>>(SecondDerivative)).Launch(
            length, new PointwiseArguments<T> { X = device.Take(x, length), Y = device.Take(y, length), Derivative = device.Take(y, length) });

    // y may be x, so x is read before anything is written.
    internal static void ValueAndDerivative(Index1D thread, PointwiseArguments<T> arguments)
    {
        T x = arguments.X[thread];
        arguments.Y[thread] = TFunction.Value<T, TElementary>(x);
        arguments.Derivative[thread] = TFunction.Derivative<T, TElementary>(x);
    }

    internal static void SecondDerivative(Index1D thread, PointwiseArguments<T> arguments)
        => arguments.Y[thread] = TFunction.SecondDerivative<T, TElementary>(arguments.X[thread]);
}

// Outside of the class that is generic in the function: ILGPU's launch code names this type, and a function may well be private.
internal struct PointwiseArguments<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public ArrayView<T> X;
    public ArrayView<T> Y;
    public ArrayView<T> Derivative;
}
