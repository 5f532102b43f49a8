using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Operators;

/// <summary>
/// y = a ⊙ b, element by element, of two values of one shape. Bilinear in them:
/// <code>
/// ā += b ⊙ ȳ                 b̄ += a ⊙ ȳ
/// ẏ = b ⊙ ȧ + a ⊙ ḃ
/// ā˙ += b ⊙ ȳ˙ + ḃ ⊙ ȳ      b̄˙ += a ⊙ ȳ˙ + ȧ ⊙ ȳ
/// </code>
/// Both may be the same value: then each pass adds the same twice, as the derivative of a square is.
/// </summary>
/// <param name="Shape">The shape of a sample's inputs and output.</param>
public sealed record Product(Shape Shape) : Operator
{
    /// <inheritdoc/>
    public override string Description => "Product";

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> Inputs { get; } = [Shape, Shape];

    /// <inheritdoc/>
    public override Shape Output => Shape;

    /// <inheritdoc/>
    public override void Forward<T>(Frame<T> at)
        => at.Kernels.Multiply(at.WeightVectors, at.OutputBatch.Stride, at.InputBatch(0), at.InputBatch(1), at.Output, false);

    /// <inheritdoc/>
    public override void Adjoint<T>(Frame<T> at)
    {
        for (int i = 0; i < 2; i++)
        {
            if (!at.InputAdjoint(i).IsEmpty)
                at.Kernels.Multiply(
                    1, Length(at), Batch<T>.Shared(at.Input(1 - i)), Batch<T>.Shared(at.OutputAdjoint), at.InputAdjoint(i), at.Accumulates(i));
        }
    }

    /// <inheritdoc/>
    public override void Tangent<T>(Frame<T> at)
    {
        bool written = false;
        for (int i = 0; i < 2; i++)
        {
            if (at.InputTangent(i).IsEmpty)
                continue;
            at.Kernels.Multiply(at.Directions, Length(at), Batch<T>.Shared(at.Input(1 - i)), at.InputTangentBatch(i), at.OutputTangent, written);
            written = true;
        }
    }

    /// <inheritdoc/>
    public override void TangentAdjoint<T>(Frame<T> at)
    {
        for (int i = 0; i < 2; i++)
        {
            if (at.InputTangentAdjoint(i).IsEmpty)
                continue;
            at.Kernels.Multiply(
                at.Directions, Length(at), Batch<T>.Shared(at.Input(1 - i)), at.OutputTangentAdjointBatch, at.InputTangentAdjoint(i), at.Accumulates(i));
            if (at.HasAdjoints && !at.InputTangent(1 - i).IsEmpty)
                at.Kernels.Multiply(
                    at.Directions, Length(at), Batch<T>.Shared(at.OutputAdjoint), at.InputTangentBatch(1 - i), at.InputTangentAdjoint(i), true);
        }
    }

    private int Length<T>(Frame<T> at)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        => at.Samples * Shape.Size;
}
