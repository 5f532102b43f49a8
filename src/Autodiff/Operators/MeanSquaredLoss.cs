using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Operators;

/// <summary>
/// ℓ_s = c |o_s − t_s|² with the targets t, and L = Σ_s ω_s ℓ_s:
/// <code>
/// ō = 2 c ω (o − t)        ō˙ = 2 c ω ȯ
/// </code>
/// With ω = 1/N, c = 1/O makes it the mean over all elements, as PyTorch's MSELoss, and c = 1 the mean over samples of the squared distance.
/// Saved are d = o − t, and behind it 2 c ω spread over the outputs.
/// </summary>
/// <param name="Shape">The shape of a sample's output and target, O elements.</param>
/// <param name="Mean">What the squares are averaged over.</param>
public sealed record MeanSquaredLoss(Shape Shape, SquaredMean Mean) : Loss
{
    /// <inheritdoc/>
    public override string Description => "MeanSquaredLoss";

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> Inputs { get; } = [Shape];

    /// <inheritdoc/>
    public override int LabelCount => 0;

    /// <inheritdoc/>
    public override int TargetLength => Shape.Size;

    /// <inheritdoc/>
    public override long SavedLength => 2L * Shape.Size;

    /// <summary>∂ℓ/∂o = 2 c (o − t) is rounded as its two terms are, and ∂²ℓ/∂o² is 2 c.</summary>
    /// <inheritdoc/>
    public override LossTerms Terms(ReadOnlySpan<double> output, ReadOnlySpan<int> labels, ReadOnlySpan<double> target)
    {
        double squares = 0;
        for (int i = 0; i < output.Length; i++)
            squares += (output[i] * output[i]) + (target[i] * target[i]);
        double factor = 2 * Factor<double>();
        return new(factor * Math.Sqrt(2 * squares), factor, 1);
    }

    /// <inheritdoc/>
    public override void Forward<T>(Frame<T> at)
    {
        View<T> difference = Difference(at);
        at.Kernels.Copy(1, Length(at), Batch<T>.Shared(at.Input()), Batch<T>.Shared(difference), false);
        at.Kernels.Axpy(Length(at), -T.One, at.Targets, difference);
        // |d|² of a sample is a row times a column.
        var row = MatrixBatch<T>.RowMajor(difference, 1, Shape.Size, Shape.Size);
        at.Kernels.MatrixProduct(at.Samples, row, row.Transpose(), MatrixBatch<T>.RowMajor(at.Output, 1, 1, 1), false);
        at.Kernels.Scale(at.Samples, Factor<T>(), at.Output);
        at.Kernels.Fill(Length(at), T.Zero, Curvature(at));
        at.Kernels.AddBias(1, 1, at.Samples, Shape.Size, Batch<T>.Shared(at.Weights), Curvature(at));
        at.Kernels.Scale(Length(at), T.CreateTruncating(2) * Factor<T>(), Curvature(at));
    }

    /// <inheritdoc/>
    public override void Adjoint<T>(Frame<T> at)
    {
        if (!at.InputAdjoint().IsEmpty)
            at.Kernels.Multiply(1, Length(at), Batch<T>.Shared(Curvature(at)), Batch<T>.Shared(Difference(at)), at.InputAdjoint(), false);
    }

    /// <inheritdoc/>
    public override void TangentAdjoint<T>(Frame<T> at)
    {
        if (!at.InputTangentAdjoint().IsEmpty)
            at.Kernels.Multiply(at.Directions, Length(at), Batch<T>.Shared(Curvature(at)), at.InputTangentBatch(), at.InputTangentAdjoint(), false);
    }

    private T Factor<T>()
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        => Mean == SquaredMean.OverElements ? T.One / T.CreateTruncating(Shape.Size) : T.One;

    private View<T> Difference<T>(Frame<T> at)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        => at.Saved.Slice(0, Length(at));

    private View<T> Curvature<T>(Frame<T> at)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        => at.Saved.Slice(Length(at), Length(at));

    private int Length<T>(Frame<T> at)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        => at.Samples * Shape.Size;
}
