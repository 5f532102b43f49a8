using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Autodiff.Operators;

/// <summary>
/// Log-softmax with negative log-likelihood, the end of a classifier: ℓ_s = log Σ_c exp o_c − o_label, and the loss of the network is L = Σ_s ω_s ℓ_s with the
/// samples' weights ω.
/// With p = softmax(o) and K = diag p − p pᵀ,
/// <code>
/// ō = ω (p − onehot(label))        ō˙ = ω K ȯ
/// </code>
/// The adjoint begins here, so there is no output adjoint, and nothing needs the tangent of the loss itself.
/// </summary>
/// <param name="Classes">C, the number of logits.</param>
public sealed record SoftmaxLoss(int Classes) : Loss
{
    /// <inheritdoc/>
    public override string Description => "SoftmaxLoss";

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> Inputs { get; } = [new(Classes)];

    /// <inheritdoc/>
    public override int LabelCount => Classes;

    /// <inheritdoc/>
    public override int TargetLength => 0;

    /// <inheritdoc/>
    public override long SavedLength => Classes;

    /// <summary>
    /// ∂ℓ/∂o = p − onehot(label) is p of the other classes and minus their sum, K has the trace Σ p (1 − p), and an error δ of o changes p by the factor e^δ.
    /// </summary>
    /// <inheritdoc/>
    public override LossTerms Terms(ReadOnlySpan<double> output, int label, ReadOnlySpan<double> target)
    {
        var softmax = new SoftmaxInDouble(output);
        double residual = 2 * softmax.Others(label), largest = 0;
        foreach (double logit in output)
            largest = Math.Max(largest, Math.Abs(logit));
        return new(residual, softmax.Trace + residual, 1 + largest);
    }

    /// <inheritdoc/>
    public override void Forward<T>(Frame<T> at)
        => at.Kernels.SoftmaxLoss(at.Samples, Classes, at.Input(), at.Labels, at.Output, at.Saved);

    /// <inheritdoc/>
    public override void Adjoint<T>(Frame<T> at)
    {
        if (!at.InputAdjoint().IsEmpty)
            at.Kernels.SoftmaxLossAdjoint(at.Samples, Classes, at.Saved, at.Labels, at.Weights, at.InputAdjoint());
    }

    /// <inheritdoc/>
    public override void TangentAdjoint<T>(Frame<T> at)
    {
        if (!at.InputTangentAdjoint().IsEmpty)
            at.Kernels.SoftmaxCurvature(at.Directions, at.Samples, Classes, at.Saved, at.Weights, at.InputTangent(), at.InputTangentAdjoint());
    }
}
