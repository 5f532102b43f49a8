using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Pointwise;

namespace BasinVolume.Autodiff.Operators;

/// <summary>y = max(x, 0), with derivative 0 at exactly 0 as in PyTorch.</summary>
/// <param name="Shape">The shape of a sample's input and output.</param>
public sealed record Relu(Shape Shape) : Pointwise(Shape)
{
    /// <inheritdoc/>
    public override string Description => "Relu";

    /// <inheritdoc/>
    public override bool IsPiecewiseLinear => true;

    /// <inheritdoc/>
    public override bool IsPositivelyHomogeneous => true;

    /// <inheritdoc/>
    protected override void ValueAndDerivative<T>(IKernels<T> kernels, int length, View<T> x, View<T> y, View<T> derivative)
        => kernels.Apply<Relu<T>>(length, x, y, derivative);

    /// <inheritdoc/>
    protected override void SecondDerivative<T>(IKernels<T> kernels, int length, View<T> x, View<T> y) => kernels.ApplySecondDerivative<Relu<T>>(length, x, y);
}
