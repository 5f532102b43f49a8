using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Pointwise;

namespace BasinVolume.Autodiff.Operators;

/// <summary>y = 1 / (1 + e⁻ˣ).</summary>
/// <param name="Shape">The shape of a sample's input and output.</param>
public sealed record Sigmoid(Shape Shape) : Pointwise(Shape)
{
    /// <inheritdoc/>
    public override string Description => "Sigmoid";

    /// <inheritdoc/>
    public override bool IsPiecewiseLinear => false;

    /// <inheritdoc/>
    protected override void ValueAndDerivative<T>(IKernels<T> kernels, int length, View<T> x, View<T> y, View<T> derivative)
        => kernels.Apply<Sigmoid<T>>(length, x, y, derivative);

    /// <inheritdoc/>
    protected override void SecondDerivative<T>(IKernels<T> kernels, int length, View<T> x, View<T> y) => kernels.ApplySecondDerivative<Sigmoid<T>>(length, x, y);
}
