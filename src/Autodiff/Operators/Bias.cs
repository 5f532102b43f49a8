using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Operators;

/// <summary>
/// y = x + b, one element of b for each channel (the first dimension of a sample; for a vector each feature is one):
/// <code>
/// x̄ += ȳ        b̄ = Σ ȳ over samples and pixels        ẏ = ẋ + ḃ        x̄˙ += ȳ˙        b̄˙ = Σ ȳ˙
/// </code>
/// </summary>
/// <param name="Name">The layer's name, the first part of its parameter's name.</param>
/// <param name="Shape">The shape of a sample's input and output.</param>
public sealed record Bias(string Name, Shape Shape) : Operator
{
    /// <inheritdoc/>
    public override string Description => $"Bias {Name}";

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> Inputs { get; } = [Shape];

    /// <inheritdoc/>
    public override Shape Output => Shape;

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterTensor> Parameters { get; } = [new($"{Name}.bias", new Shape(Shape.Dimensions[0]), InitialValue: 0)];

    private int Channels => Shape.Dimensions[0];

    private int Pixels => Shape.Size / Channels;

    /// <inheritdoc/>
    public override bool IsPiecewiseLinear => true;

    /// <inheritdoc/>
    public override bool IsPositivelyHomogeneous => true;

    /// <inheritdoc/>
    public override void Forward<T>(Frame<T> at)
    {
        at.Kernels.Copy(at.WeightVectors, at.OutputBatch.Stride, at.InputBatch(), at.OutputBatch, false);
        at.Kernels.AddBias(at.WeightVectors, at.SamplesPerVector, Channels, Pixels, at.ParameterBatch(0), at.Output);
    }

    /// <inheritdoc/>
    public override void Adjoint<T>(Frame<T> at)
    {
        at.Kernels.Copy(1, at.InputAdjoint().Length, Batch<T>.Shared(at.OutputAdjoint), Batch<T>.Shared(at.InputAdjoint()), at.Accumulates());
        at.Kernels.SumToBias(1, at.Samples, Channels, Pixels, Batch<T>.Shared(at.OutputAdjoint), Batch<T>.Shared(at.ParameterAdjoint(0)), false);
    }

    /// <inheritdoc/>
    public override void Tangent<T>(Frame<T> at)
    {
        if (at.InputTangent().IsEmpty)
            at.Kernels.Fill(at.OutputTangent.Length, T.Zero, at.OutputTangent);
        else
            at.Kernels.Copy(1, at.OutputTangent.Length, Batch<T>.Shared(at.InputTangent()), Batch<T>.Shared(at.OutputTangent), false);
        if (!at.ParameterTangent(0).Data.IsEmpty)
            at.Kernels.AddBias(at.Directions, at.Samples, Channels, Pixels, at.ParameterTangent(0), at.OutputTangent);
    }

    /// <inheritdoc/>
    public override void TangentAdjoint<T>(Frame<T> at)
    {
        at.Kernels.Copy(
            1, at.InputTangentAdjoint().Length, Batch<T>.Shared(at.OutputTangentAdjoint), Batch<T>.Shared(at.InputTangentAdjoint()), at.Accumulates());
        at.Kernels.SumToBias(at.Directions, at.Samples, Channels, Pixels, at.OutputTangentAdjointBatch, at.ParameterTangentAdjoint(0), false);
    }
}
