using System.Numerics;
using BasinVolume.Kernels.Elementary;
using ILGPU;

namespace BasinVolume.Kernels.Ilgpu;

/// <summary>A function of one variable and its derivatives, one thread an element. The function is compiled into its own kernels, each when it is first used.</summary>
internal sealed class PointwiseFunction<T, TFunction, TElementary>(IlgpuDevice device)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TFunction : struct, IPointwise<T>
    where TElementary : struct, IElementary<T>
{
    private IlgpuKernel<PointwiseArguments<T>>? _value;
    private IlgpuKernel<PointwiseArguments<T>>? _derivative;
    private IlgpuKernel<PointwiseArguments<T>>? _secondDerivative;

    public void Launch(int length, View<T> x, View<T> y) => Launch(_value ??= device.Load<PointwiseArguments<T>>(Value), length, x, y);

    public void LaunchDerivative(int length, View<T> x, View<T> y) => Launch(_derivative ??= device.Load<PointwiseArguments<T>>(Derivative), length, x, y);

    public void LaunchSecondDerivative(int length, View<T> x, View<T> y)
        => Launch(_secondDerivative ??= device.Load<PointwiseArguments<T>>(SecondDerivative), length, x, y);

    internal static void Value(Index1D thread, PointwiseArguments<T> arguments) => arguments.Y[thread] = TFunction.Value<TElementary>(arguments.X[thread]);

    internal static void Derivative(Index1D thread, PointwiseArguments<T> arguments) => arguments.Y[thread] = TFunction.Derivative<TElementary>(arguments.X[thread]);

    internal static void SecondDerivative(Index1D thread, PointwiseArguments<T> arguments) => arguments.Y[thread] = TFunction.SecondDerivative<TElementary>(arguments.X[thread]);

    private void Launch(IlgpuKernel<PointwiseArguments<T>> kernel, int length, View<T> x, View<T> y)
        => kernel.Launch(length, new PointwiseArguments<T> { X = device.Take(x, length), Y = device.Take(y, length) });
}

// Outside of the class that is generic in the function: ILGPU's launch code names this type, and a function may well be private.
internal struct PointwiseArguments<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public ArrayView<T> X;
    public ArrayView<T> Y;
}
