using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Operators;

/// <summary>
/// y = f(x), element by element. With f′ and f″ taken at x,
/// <code>
/// x̄ = f′ ȳ        ẏ = f′ ẋ        x̄˙ = f′ ȳ˙ + (f″ ȳ) ẋ
/// </code>
/// f′ is saved by the forward pass and the product f″ ȳ, which all directions share, by the adjoint pass; where f″ is 0 everywhere the last term is left out.
/// </summary>
/// <param name="Shape">The shape of a sample's input and output.</param>
public abstract record Pointwise(Shape Shape) : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<Shape> Inputs { get; } = [Shape];

    /// <inheritdoc/>
    public override Shape Output => Shape;

    /// <summary>Whether f″ is 0 everywhere.</summary>
    public abstract override bool IsPiecewiseLinear { get; }

    /// <inheritdoc/>
    public override bool HasEdges => IsPiecewiseLinear;

    /// <inheritdoc/>
    public override bool ActsInPlace => IsPiecewiseLinear;

    /// <inheritdoc/>
    public override long SavedLength => IsPiecewiseLinear ? Shape.Size : 2L * Shape.Size;

    /// <inheritdoc/>
    public override void Forward<T>(Frame<T> at)
        => ValueAndDerivative(at.Kernels, Length(at), at.Input(), at.Output, at.Saved);

    /// <inheritdoc/>
    public override void Adjoint<T>(Frame<T> at)
    {
        if (!at.InputAdjoint().IsEmpty)
            at.Kernels.Multiply(1, Length(at), Batch<T>.Shared(at.Saved), Batch<T>.Shared(at.OutputAdjoint), at.InputAdjoint(), at.Accumulates());
        if (IsPiecewiseLinear)
            return;
        SecondDerivative(at.Kernels, Length(at), at.Input(), Curvature(at));
        at.Kernels.Multiply(1, Length(at), Batch<T>.Shared(Curvature(at)), Batch<T>.Shared(at.OutputAdjoint), Curvature(at), false);
    }

    /// <inheritdoc/>
    public override void Tangent<T>(Frame<T> at)
        => at.Kernels.Multiply(at.Directions, Length(at), Batch<T>.Shared(at.Saved), at.InputTangentBatch(), at.OutputTangent, false);

    /// <inheritdoc/>
    public override void TangentAdjoint<T>(Frame<T> at)
    {
        if (at.InputTangentAdjoint().IsEmpty)
            return;
        at.Kernels.Multiply(at.Directions, Length(at), Batch<T>.Shared(at.Saved), at.OutputTangentAdjointBatch, at.InputTangentAdjoint(), at.Accumulates());
        if (at.HasAdjoints && !IsPiecewiseLinear && !at.InputTangent().IsEmpty)
            at.Kernels.Multiply(at.Directions, Length(at), Batch<T>.Shared(Curvature(at)), at.InputTangentBatch(), at.InputTangentAdjoint(), true);
    }

    /// <summary>y = f(x) and derivative = f′(x).</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="kernels">The device's words.</param>
    /// <param name="length">Elements.</param>
    /// <param name="x">[length].</param>
    /// <param name="y">[length].</param>
    /// <param name="derivative">[length].</param>
    protected abstract void ValueAndDerivative<T>(IKernels<T> kernels, int length, View<T> x, View<T> y, View<T> derivative)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>y = f″(x).</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="kernels">The device's words.</param>
    /// <param name="length">Elements.</param>
    /// <param name="x">[length].</param>
    /// <param name="y">[length].</param>
    protected abstract void SecondDerivative<T>(IKernels<T> kernels, int length, View<T> x, View<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    private int Length<T>(Frame<T> at)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => at.Samples * Shape.Size;

    // Where f″ ȳ is saved: behind f′.
    private View<T> Curvature<T>(Frame<T> at)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => at.Saved.Slice(Length(at), Length(at));
}
