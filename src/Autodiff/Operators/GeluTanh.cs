using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Pointwise;

namespace BasinVolume.Autodiff.Operators;

/// <summary>y = ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))): PyTorch's GELU(approximate='tanh').</summary>
/// <param name="Shape">The shape of a sample's input and output.</param>
public sealed record GeluTanh(Shape Shape) : Pointwise(Shape)
{
    /// <inheritdoc/>
    public override string Description => "GeluTanh";

    /// <inheritdoc/>
    public override bool IsPiecewiseLinear => false;

    /// <inheritdoc/>
    protected override void ValueAndDerivative<T>(IKernels<T> kernels, int length, View<T> x, View<T> y, View<T> derivative)
        => kernels.Apply<GeluTanh<T>>(length, x, y, derivative);

    /// <inheritdoc/>
    protected override void SecondDerivative<T>(IKernels<T> kernels, int length, View<T> x, View<T> y) => kernels.ApplySecondDerivative<GeluTanh<T>>(length, x, y);
}
