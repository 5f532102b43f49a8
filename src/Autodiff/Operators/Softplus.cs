using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Pointwise;

namespace BasinVolume.Autodiff.Operators;

/// <summary>y = ln(1 + eˣ), for every x: PyTorch's Softplus() takes y = x above its threshold of 20, where the two differ by at most e⁻²⁰ = 2·10⁻⁹ and y″ is e⁻ˣ here and 0 there.</summary>
/// <param name="Shape">The shape of a sample's input and output.</param>
public sealed record Softplus(Shape Shape) : Pointwise(Shape)
{
    /// <inheritdoc/>
    public override string Description => "Softplus";

    /// <inheritdoc/>
    public override bool IsPiecewiseLinear => false;

    /// <inheritdoc/>
    protected override void ValueAndDerivative<T>(IKernels<T> kernels, int length, View<T> x, View<T> y, View<T> derivative)
        => kernels.Apply<Softplus<T>>(length, x, y, derivative);

    /// <inheritdoc/>
    protected override void SecondDerivative<T>(IKernels<T> kernels, int length, View<T> x, View<T> y) => kernels.ApplySecondDerivative<Softplus<T>>(length, x, y);
}
