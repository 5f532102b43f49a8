using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Operators;

/// <summary>
/// Log-softmax with negative log-likelihood, the end of a classifier: ℓ_s = log Σ_c exp o_c − o_label, and the loss of the network is L = Σ_s ω_s ℓ_s with the
/// samples' weights ω.
/// With p = softmax(o) and K = diag p − p pᵀ,
/// <code>
/// ō = ω (p − onehot(label))        ō˙ = ω K ȯ
/// </code>
/// The adjoint begins here, so there is no output adjoint, and nothing needs the tangent of the loss itself.
/// <para>
/// Where the logits of a sample are T rows, each position of a sequence with a label of its own, ℓ_s is the mean over its rows: with ω = 1/N that is PyTorch's
/// cross_entropy over all N T rows. Rows are then to the kernels what samples are else, each with the weight ω_s/T; saved are, behind p, the rows' losses and
/// weights.
/// </para>
/// </summary>
/// <param name="Classes">C, the number of logits of a row.</param>
/// <param name="Positions">T, the rows of a sample; 1 for a vector of logits.</param>
public sealed record SoftmaxLoss(int Classes, int Positions = 1) : Loss
{
    /// <inheritdoc/>
    public override string Description => "SoftmaxLoss";

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> Inputs { get; } = [Positions == 1 ? new(Classes) : new(Positions, Classes)];

    /// <inheritdoc/>
    public override int LabelCount => Classes;

    /// <inheritdoc/>
    public override int LabelsPerSample => Positions;

    /// <inheritdoc/>
    public override int TargetLength => 0;

    /// <inheritdoc/>
    public override long SavedLength => Positions == 1 ? Classes : Positions * (Classes + 2L);

    /// <summary>
    /// ∂ℓ/∂o = p − onehot(label) is p of the other classes and minus their sum, K has the trace Σ p (1 − p), and an error δ of o changes p by the factor e^δ.
    /// Of several rows the mean.
    /// </summary>
    /// <inheritdoc/>
    public override LossTerms Terms(ReadOnlySpan<double> output, ReadOnlySpan<int> labels, ReadOnlySpan<double> target)
    {
        double residual = 0, trace = 0, largest = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            var softmax = new SoftmaxInDouble(output.Slice(row * Classes, Classes));
            residual += 2 * softmax.Others(labels[row]) / labels.Length;
            trace += softmax.Trace / labels.Length;
        }

        foreach (double logit in output)
            largest = Math.Max(largest, Math.Abs(logit));
        return new(residual, trace + residual, 1 + largest);
    }

    /// <inheritdoc/>
    public override void Forward<T>(Frame<T> at)
    {
        at.Kernels.SoftmaxLoss(Rows(at), Classes, at.Input(), at.Labels, Positions == 1 ? at.Output : RowLosses(at), at.Saved);
        if (Positions == 1)
            return;
        at.Kernels.SumToBias(1, 1, at.Samples, Positions, Batch<T>.Shared(RowLosses(at)), Batch<T>.Shared(at.Output), false);
        at.Kernels.Scale(at.Samples, T.One / T.CreateTruncating(Positions), at.Output);
        View<T> weights = RowWeights(at);
        at.Kernels.Fill(Rows(at), T.Zero, weights);
        at.Kernels.AddBias(1, 1, at.Samples, Positions, Batch<T>.Shared(at.Weights), weights);
        at.Kernels.Scale(Rows(at), T.One / T.CreateTruncating(Positions), weights);
    }

    /// <inheritdoc/>
    public override void Adjoint<T>(Frame<T> at)
    {
        if (!at.InputAdjoint().IsEmpty)
            at.Kernels.SoftmaxLossAdjoint(Rows(at), Classes, at.Saved, at.Labels, RowWeights(at), at.InputAdjoint());
    }

    /// <inheritdoc/>
    public override void TangentAdjoint<T>(Frame<T> at)
    {
        if (!at.InputTangentAdjoint().IsEmpty)
            at.Kernels.SoftmaxCurvature(at.Directions, Rows(at), Classes, at.Saved, RowWeights(at), at.InputTangent(), at.InputTangentAdjoint());
    }

    private int Rows<T>(Frame<T> at)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => at.Samples * Positions;

    private View<T> RowLosses<T>(Frame<T> at)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => at.Saved.Slice(Rows(at) * Classes, Rows(at));

    private View<T> RowWeights<T>(Frame<T> at)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Positions == 1 ? at.Weights : at.Saved.Slice(Rows(at) * (Classes + 1), Rows(at));
}
