using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Operators;

/// <summary>
/// y = softmax(x) along the last dimension, each row for itself. Its Jacobian K = diag y − y yᵀ is symmetric, and its derivative along ẋ applied to ȳ is
/// symmetric in ẋ and ȳ: with u = ẋ − ⟨y, ẋ⟩ and c = ȳ − ⟨y, ȳ⟩,
/// <code>
/// x̄ += K ȳ        ẏ = K ẋ        x̄˙ += K ȳ˙ + y ⊙ (u ⊙ c − ⟨y, u ⊙ c⟩)
/// </code>
/// (see <see cref="IKernels{T}.AddSoftmaxSecondDerivative"/>). What is −∞ in x is 0 in y, and so are its tangent and adjoint, for every factor here is y.
/// Saved are a weight 1 for each row, which the kernel that applies K takes, and K ȳ where it is added to another user's share.
/// </summary>
/// <param name="Shape">The shape of a sample's input and output.</param>
public sealed record Softmax(Shape Shape) : Operator
{
    /// <inheritdoc/>
    public override string Description => "Softmax";

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> Inputs { get; } = [Shape];

    /// <inheritdoc/>
    public override Shape Output => Shape;

    /// <inheritdoc/>
    public override long SavedLength => (long)Rows + Shape.Size;

    private int Classes => Shape.Dimensions[^1];

    private int Rows => Shape.Size / Classes;

    /// <inheritdoc/>
    public override void Forward<T>(Frame<T> at)
    {
        at.Kernels.Softmax(at.Samples * Rows, Classes, at.Input(), at.Output);
        at.Kernels.Fill(at.Samples * Rows, T.One, at.Saved);
    }

    /// <inheritdoc/>
    public override void Adjoint<T>(Frame<T> at)
    {
        if (at.InputAdjoint().IsEmpty)
            return;
        View<T> target = at.Accumulates() ? at.Saved.Slice(at.Samples * Rows, at.Samples * Shape.Size) : at.InputAdjoint();
        Apply(at, 1, at.OutputAdjoint, target);
        if (at.Accumulates())
            Add(at, target, at.InputAdjoint());
    }

    /// <inheritdoc/>
    public override void Tangent<T>(Frame<T> at) => Apply(at, at.Directions, at.InputTangent(), at.OutputTangent);

    /// <inheritdoc/>
    public override void TangentAdjoint<T>(Frame<T> at)
    {
        if (at.InputTangentAdjoint().IsEmpty)
            return;
        // Nobody reads ȳ˙ after this operator.
        View<T> target = at.Accumulates() ? at.OutputTangentAdjoint : at.InputTangentAdjoint();
        Apply(at, at.Directions, at.OutputTangentAdjoint, target);
        if (at.Accumulates())
            Add(at, target, at.InputTangentAdjoint());
        if (at.HasAdjoints && !at.InputTangent().IsEmpty)
            at.Kernels.AddSoftmaxSecondDerivative(
                at.Directions, at.Samples * Rows, Classes, at.Output, at.OutputAdjoint, at.InputTangent(), at.InputTangentAdjoint());
    }

    // K x.
    private void Apply<T>(Frame<T> at, int entries, View<T> x, View<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => at.Kernels.SoftmaxCurvature(entries, at.Samples * Rows, Classes, at.Output, at.Saved, x, result);

    private static void Add<T>(Frame<T> at, View<T> from, View<T> to)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => at.Kernels.Copy(1, to.Length, Batch<T>.Shared(from), Batch<T>.Shared(to), accumulate: true);
}
