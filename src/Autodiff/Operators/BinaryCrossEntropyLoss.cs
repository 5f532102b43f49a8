using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Pointwise;

namespace BasinVolume.Autodiff.Operators;

/// <summary>
/// The binary cross-entropy of K logits o with targets t between 0 and 1, as PyTorch's BCEWithLogitsLoss, and L = Σ_s ω_s ℓ_s. With s(o) = ln(1 + eᵒ), whose
/// derivative is σ(o) = 1/(1 + e⁻ᵒ), so that −ln σ(o) = s(−o) and 1 − σ(o) = σ(−o):
/// <code>
/// ℓ = (1/K) Σ (1 − t) s(o) + t s(−o)
/// ō = (ω/K) ((1 − t) σ(o) − t σ(−o))        ō˙ = (ω/K) σ(o) σ(−o) ȯ
/// </code>
/// Written so, no term of ℓ has the other sign, and none of what is subtracted in ō is close to 1 where the other is small: each is right to a few units of its
/// own terms, however far a logit lies from 0. σ(o) σ(−o) is the second derivative of s. Saved are (ω/K)((1 − t) σ(o) − t σ(−o)) and (ω/K) σ(o) σ(−o),
/// behind them what is needed on the way.
/// </summary>
/// <param name="Shape">The shape of a sample's output and target, K elements.</param>
public sealed record BinaryCrossEntropyLoss(Shape Shape) : Loss
{
    /// <inheritdoc/>
    public override string Description => "BinaryCrossEntropyLoss";

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> Inputs { get; } = [Shape];

    /// <inheritdoc/>
    public override int LabelCount => 0;

    /// <inheritdoc/>
    public override int TargetLength => Shape.Size;

    /// <inheritdoc/>
    public override (double Least, double Most) TargetRange => (0, 1);

    /// <summary>σ(0) is a half.</summary>
    /// <inheritdoc/>
    public override double Boundary => 0;

    /// <inheritdoc/>
    public override long SavedLength => 6L * Shape.Size;

    /// <summary>∂ℓ/∂o has the two terms above, ∂²ℓ/∂o² has the trace (1/K) Σ σ(o) σ(−o), and an error δ of o changes what is small by the factor e^δ.</summary>
    /// <inheritdoc/>
    public override LossTerms Terms(ReadOnlySpan<double> output, ReadOnlySpan<int> labels, ReadOnlySpan<double> target)
    {
        double squares = 0, trace = 0, largest = 0;
        for (int k = 0; k < output.Length; k++)
        {
            double yes = 1 / (1 + Math.Exp(-output[k])), no = 1 / (1 + Math.Exp(output[k])), residual = ((1 - target[k]) * yes) + (target[k] * no);
            squares += residual * residual;
            trace += yes * no;
            largest = Math.Max(largest, Math.Abs(output[k]));
        }

        double gradient = Math.Sqrt(squares) / output.Length;
        return new(gradient, (trace / output.Length) + gradient, 1 + largest);
    }

    /// <inheritdoc/>
    public override void Forward<T>(Frame<T> at)
    {
        int length = Length(at);
        View<T> residual = Part(at, 0), curvature = Part(at, 1), yes = Part(at, 2), no = Part(at, 3), other = Part(at, 4), untarget = Part(at, 5);
        at.Kernels.ApplySecondDerivative<Softplus>(length, at.Input(), curvature);
        at.Kernels.Apply<Softplus>(length, at.Input(), yes, residual);
        at.Kernels.Copy(1, length, Batch<T>.Shared(at.Input()), Batch<T>.Shared(no), false);
        at.Kernels.Scale(length, -T.One, no);
        at.Kernels.Apply<Softplus>(length, no, no, other);
        at.Kernels.Fill(length, T.One, untarget);
        at.Kernels.Axpy(length, -T.One, at.Targets, untarget);
        // A sample's two sums are rows times columns.
        var losses = MatrixBatch<T>.RowMajor(at.Output, 1, 1, 1);
        at.Kernels.MatrixProduct(at.Samples, Row(yes), Row(untarget).Transpose(), losses, false);
        at.Kernels.MatrixProduct(at.Samples, Row(no), Row(at.Targets).Transpose(), losses, true);
        at.Kernels.Scale(at.Samples, Factor<T>(), at.Output);

        at.Kernels.Multiply(1, length, Batch<T>.Shared(untarget), Batch<T>.Shared(residual), residual, false);
        at.Kernels.Multiply(1, length, Batch<T>.Shared(at.Targets), Batch<T>.Shared(other), other, false);
        at.Kernels.Axpy(length, -T.One, other, residual);
        WeighBoth(at, yes, residual, curvature);
    }

    /// <inheritdoc/>
    public override void Adjoint<T>(Frame<T> at)
    {
        if (!at.InputAdjoint().IsEmpty)
            at.Kernels.Copy(1, Length(at), Batch<T>.Shared(Part(at, 0)), Batch<T>.Shared(at.InputAdjoint()), false);
    }

    /// <inheritdoc/>
    public override void TangentAdjoint<T>(Frame<T> at)
    {
        if (!at.InputTangentAdjoint().IsEmpty)
            at.Kernels.Multiply(at.Directions, Length(at), Batch<T>.Shared(Part(at, 1)), at.InputTangentBatch(), at.InputTangentAdjoint(), false);
    }

    // Both times ω/K, which is spread over the outputs.
    private void WeighBoth<T>(Frame<T> at, View<T> spread, View<T> first, View<T> second)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int length = Length(at);
        at.Kernels.Fill(length, T.Zero, spread);
        at.Kernels.AddBias(1, 1, at.Samples, Shape.Size, Batch<T>.Shared(at.Weights), spread);
        at.Kernels.Scale(length, Factor<T>(), spread);
        at.Kernels.Multiply(1, length, Batch<T>.Shared(spread), Batch<T>.Shared(first), first, false);
        at.Kernels.Multiply(1, length, Batch<T>.Shared(spread), Batch<T>.Shared(second), second, false);
    }

    private MatrixBatch<T> Row<T>(View<T> data)
        where T : unmanaged
        => MatrixBatch<T>.RowMajor(data, 1, Shape.Size, Shape.Size);

    private T Factor<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => T.One / T.CreateTruncating(Shape.Size);

    private View<T> Part<T>(Frame<T> at, int number)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => at.Saved.Slice(number * Length(at), Length(at));

    private int Length<T>(Frame<T> at)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => at.Samples * Shape.Size;
}
