using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Pointwise;

namespace BasinVolume.Autodiff.Operators;

/// <summary>y = x Φ(x) with the normal distribution Φ, by the error function: PyTorch's GELU().</summary>
/// <param name="Shape">The shape of a sample's input and output.</param>
public sealed record Gelu(Shape Shape) : Pointwise(Shape)
{
    /// <inheritdoc/>
    public override string Description => "Gelu";

    /// <inheritdoc/>
    public override bool IsPiecewiseLinear => false;

    /// <inheritdoc/>
    protected override void ValueAndDerivative<T>(IKernels<T> kernels, int length, View<T> x, View<T> y, View<T> derivative)
        => kernels.Apply<Gelu<T>>(length, x, y, derivative);

    /// <inheritdoc/>
    protected override void SecondDerivative<T>(IKernels<T> kernels, int length, View<T> x, View<T> y) => kernels.ApplySecondDerivative<Gelu<T>>(length, x, y);
}
