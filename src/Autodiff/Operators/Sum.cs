using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Autodiff.Operators;

/// <summary>
/// y = x₁ + x₂ + …, element by element: where the branches of a residual network meet. Linear with the identity in each input:
/// <code>
/// x̄ᵢ += ȳ        ẏ = Σ ẋᵢ        x̄˙ᵢ += ȳ˙
/// </code>
/// </summary>
public sealed record Sum : Operator
{
    /// <summary>A sum of values of one shape.</summary>
    /// <param name="shape">The shape of a sample's inputs and output.</param>
    /// <param name="terms">How many values are added, at least 2.</param>
    /// <exception cref="NetworkException">There are fewer.</exception>
    public Sum(Shape shape, int terms)
    {
        if (terms < 2)
            throw new NetworkException($"A sum needs at least 2 terms; got {terms}.");
        Inputs = [.. Enumerable.Repeat(shape, terms)];
        Output = shape;
    }

    /// <inheritdoc/>
    public override string Description => "Sum";

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> Inputs { get; }

    /// <inheritdoc/>
    public override Shape Output { get; }

    /// <inheritdoc/>
    public override bool IsPiecewiseLinear => true;

    /// <inheritdoc/>
    public override bool IsPositivelyHomogeneous => true;

    /// <inheritdoc/>
    public override bool ActsInPlace => true;

    /// <inheritdoc/>
    public override void Forward<T>(Frame<T> at)
    {
        for (int i = 0; i < Inputs.Count; i++)
            at.Kernels.Copy(at.WeightVectors, at.OutputBatch.Stride, at.InputBatch(i), at.OutputBatch, i > 0);
    }

    /// <inheritdoc/>
    public override void Adjoint<T>(Frame<T> at)
    {
        for (int i = 0; i < Inputs.Count; i++)
            Passing.Pass(at, at.OutputAdjoint, at.InputAdjoint(i), at.Accumulates(i));
    }

    /// <inheritdoc/>
    public override void Tangent<T>(Frame<T> at)
    {
        bool written = false;
        for (int i = 0; i < Inputs.Count; i++)
        {
            if (at.InputTangent(i).IsEmpty)
                continue;
            Passing.Pass(at, at.InputTangent(i), at.OutputTangent, written);
            written = true;
        }
    }

    /// <inheritdoc/>
    public override void TangentAdjoint<T>(Frame<T> at)
    {
        for (int i = 0; i < Inputs.Count; i++)
            Passing.Pass(at, at.OutputTangentAdjoint, at.InputTangentAdjoint(i), at.Accumulates(i));
    }
}
