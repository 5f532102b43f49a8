using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Pointwise;

namespace BasinVolume.Autodiff.Operators;

/// <summary>y = x / (1 + e⁻ˣ), also called swish.</summary>
/// <param name="Shape">The shape of a sample's input and output.</param>
public sealed record Silu(Shape Shape) : Pointwise(Shape)
{
    /// <inheritdoc/>
    public override string Description => "Silu";

    /// <inheritdoc/>
    public override bool IsPiecewiseLinear => false;

    /// <inheritdoc/>
    protected override void ValueAndDerivative<T>(IKernels<T> kernels, int length, View<T> x, View<T> y, View<T> derivative)
        => kernels.Apply<Silu<T>>(length, x, y, derivative);

    /// <inheritdoc/>
    protected override void SecondDerivative<T>(IKernels<T> kernels, int length, View<T> x, View<T> y) => kernels.ApplySecondDerivative<Silu<T>>(length, x, y);
}
