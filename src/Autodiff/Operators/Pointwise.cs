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
/// <typeparam name="TFunction">f.</typeparam>
/// <param name="Shape">The shape of a sample's input and output.</param>
public sealed record Pointwise<TFunction>(Shape Shape) : Operator
    where TFunction : struct, IPointwise
{
    /// <inheritdoc/>
    public override string Description => typeof(TFunction).Name;

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> Inputs { get; } = [Shape];

    /// <inheritdoc/>
    public override Shape Output => Shape;

    /// <inheritdoc/>
    public override bool IsPiecewiseLinear => TFunction.IsPiecewiseLinear;

    /// <inheritdoc/>
    public override bool IsPositivelyHomogeneous => TFunction.IsPositivelyHomogeneous;

    /// <inheritdoc/>
    public override bool HasEdges => IsPiecewiseLinear;

    /// <inheritdoc/>
    public override bool ActsInPlace => IsPiecewiseLinear;

    /// <inheritdoc/>
    public override long SavedLength => IsPiecewiseLinear ? Shape.Size : 2L * Shape.Size;

    /// <inheritdoc/>
    public override void Forward<T>(Frame<T> at)
        => at.Kernels.Apply<TFunction>(Length(at), at.Input(), at.Output, at.Saved);

    /// <inheritdoc/>
    public override void Adjoint<T>(Frame<T> at)
    {
        if (!at.InputAdjoint().IsEmpty)
            at.Kernels.Multiply(1, Length(at), Batch<T>.Shared(at.Saved), Batch<T>.Shared(at.OutputAdjoint), at.InputAdjoint(), at.Accumulates());
        if (IsPiecewiseLinear)
            return;
        at.Kernels.ApplySecondDerivative<TFunction>(Length(at), at.Input(), Curvature(at));
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

    private int Length<T>(Frame<T> at)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => at.Samples * Shape.Size;

    // Where f″ ȳ is saved: behind f′.
    private View<T> Curvature<T>(Frame<T> at)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => at.Saved.Slice(Length(at), Length(at));
}
