using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Operators;

/// <summary>
/// y = s (x − μ) with s = 1/√(σ² + ε), μ and σ² the mean and the variance over the last dimensions: a layer normalisation without weight and bias, as PyTorch
/// divides by the number of elements. With ⟨ ⟩ the mean over a row of D elements, its Jacobian is symmetric,
/// <code>
/// J v = s (v − ⟨v⟩ − y ⟨y v⟩)        x̄ += J ȳ        ẏ = J ẋ
/// x̄˙ += J ȳ˙ + (J ȳ)˙,   (J ȳ)˙ = −s² (α b + β a + y ⟨a ȳ⟩),   α = ⟨y ẋ⟩, β = ⟨y ȳ⟩, a = ẋ − ⟨ẋ⟩ − α y, b = ȳ − ⟨ȳ⟩ − β y
/// </code>
/// (see <see cref="IKernels{T}.AddStandardiseSecondDerivative"/>). Saved is s of each row.
/// </summary>
public sealed record RowStandardization : Operator
{
    private readonly int _width;

    /// <summary>A standardisation.</summary>
    /// <param name="shape">The shape of a sample's input and output.</param>
    /// <param name="dimensions">How many of the last dimensions mean and variance are taken over.</param>
    /// <param name="epsilon">ε, at least 0.</param>
    /// <exception cref="NetworkException">There are not so many dimensions, or ε is no such number.</exception>
    public RowStandardization(Shape shape, int dimensions, double epsilon)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (!double.IsFinite(epsilon) || epsilon < 0)
            throw new NetworkException($"The epsilon of a normalisation is {epsilon}; give a finite number of at least 0.");
        Inputs = [shape];
        _width = LastDimensions.Of("A layer normalisation", shape, dimensions).Size;
        (Dimensions, Epsilon) = (dimensions, epsilon);
    }

    /// <summary>How many of the last dimensions are a row.</summary>
    public int Dimensions { get; }

    /// <summary>ε.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    public override string Description => "RowStandardization";

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> Inputs { get; }

    /// <inheritdoc/>
    public override Shape Output => Inputs[0];

    /// <inheritdoc/>
    public override long SavedLength => Output.Size / _width;

    /// <inheritdoc/>
    public override void Forward<T>(Frame<T> at)
        => at.Kernels.Standardise(Rows(at), _width, T.CreateTruncating(Epsilon), at.Input(), at.Output, at.Saved);

    /// <inheritdoc/>
    public override void Adjoint<T>(Frame<T> at)
    {
        if (!at.InputAdjoint().IsEmpty)
            at.Kernels.StandardiseDerivative(1, Rows(at), _width, at.Output, at.Saved, at.OutputAdjoint, at.InputAdjoint(), at.Accumulates());
    }

    /// <inheritdoc/>
    public override void Tangent<T>(Frame<T> at)
        => at.Kernels.StandardiseDerivative(at.Directions, Rows(at), _width, at.Output, at.Saved, at.InputTangent(), at.OutputTangent, false);

    /// <inheritdoc/>
    public override void TangentAdjoint<T>(Frame<T> at)
    {
        if (at.InputTangentAdjoint().IsEmpty)
            return;
        at.Kernels.StandardiseDerivative(
            at.Directions, Rows(at), _width, at.Output, at.Saved, at.OutputTangentAdjoint, at.InputTangentAdjoint(), at.Accumulates());
        if (at.HasAdjoints && !at.InputTangent().IsEmpty)
            at.Kernels.AddStandardiseSecondDerivative(
                at.Directions, Rows(at), _width, at.Output, at.Saved, at.OutputAdjoint, at.InputTangent(), at.InputTangentAdjoint());
    }

    private int Rows<T>(Frame<T> at)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => at.Output.Length / _width;
}
