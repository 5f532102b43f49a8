using System.Collections.Immutable;
using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Operators;

/// <summary>
/// y_c = (1/P) Σ of the P elements of channel c (all dimensions but the first). With u the column of P numbers 1/P, and the channels of all samples as the rows
/// of matrices, every pass is a product:
/// <code>
/// y = X u        x̄ += ȳ uᵀ        ẏ = Ẋ u        x̄˙ += ȳ˙ uᵀ
/// </code>
/// </summary>
/// <param name="Shape">The shape of a sample's input.</param>
public sealed record GlobalAverage(Shape Shape) : Operator
{
    /// <inheritdoc/>
    public override string Description => "GlobalAverage";

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> Inputs { get; } = [Shape];

    /// <inheritdoc/>
    public override Shape Output { get; } = new(Shape.Dimensions[0]);

    /// <summary>u.</summary>
    public override ImmutableArray<double> Constants { get; } =
        [.. Enumerable.Repeat((double)Shape.Dimensions[0] / Shape.Size, Shape.Size / Shape.Dimensions[0])];

    /// <inheritdoc/>
    public override bool IsPiecewiseLinear => true;

    /// <inheritdoc/>
    public override bool IsPositivelyHomogeneous => true;

    private int Pixels => Constants.Length;

    /// <inheritdoc/>
    public override void Forward<T>(Frame<T> at) => Average(at, at.Input(), at.Output);

    /// <inheritdoc/>
    public override void Adjoint<T>(Frame<T> at)
    {
        if (!at.InputAdjoint().IsEmpty)
            Spread(at, at.OutputAdjoint, at.InputAdjoint());
    }

    /// <inheritdoc/>
    public override void Tangent<T>(Frame<T> at) => Average(at, at.InputTangent(), at.OutputTangent);

    /// <inheritdoc/>
    public override void TangentAdjoint<T>(Frame<T> at)
    {
        if (!at.InputTangentAdjoint().IsEmpty)
            Spread(at, at.OutputTangentAdjoint, at.InputTangentAdjoint());
    }

    private void Average<T>(Frame<T> at, View<T> x, View<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => at.Kernels.MatrixProduct(
            1,
            MatrixBatch<T>.RowMajor(x, y.Length, Pixels),
            MatrixBatch<T>.RowMajor(at.Constants, Pixels, 1),
            MatrixBatch<T>.RowMajor(y, y.Length, 1),
            false);

    private void Spread<T>(Frame<T> at, View<T> y, View<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => at.Kernels.MatrixProduct(
            1,
            MatrixBatch<T>.RowMajor(y, y.Length, 1),
            MatrixBatch<T>.RowMajor(at.Constants, 1, Pixels),
            MatrixBatch<T>.RowMajor(x, y.Length, Pixels),
            at.Accumulates());
}
