using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Autodiff.Operators;

/// <summary>
/// y = x, with a parameter tensor that nothing depends on: a tensor that a checkpoint holds though the loss does not use it.
/// Its gradient and its rows and columns of the Hessian are zero.
/// That has to be said, because a parameter that is unused by oversight is a mistake.
/// </summary>
/// <param name="Name">The parameter's full name.</param>
/// <param name="Tensor">Its shape.</param>
/// <param name="Shape">The shape of a sample's input and output.</param>
public sealed record Unused(string Name, Shape Tensor, Shape Shape) : Operator
{
    /// <inheritdoc/>
    public override string Description => $"Unused {Name}";

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> Inputs { get; } = [Shape];

    /// <inheritdoc/>
    public override Shape Output => Shape;

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterTensor> Parameters { get; } = [new(Name, Tensor, InitialValue: 0)];

    /// <inheritdoc/>
    public override bool IsPiecewiseLinear => true;

    /// <inheritdoc/>
    public override bool IsPositivelyHomogeneous => true;

    /// <inheritdoc/>
    public override void Forward<T>(Frame<T> at)
        => at.Kernels.Copy(at.WeightVectors, at.OutputBatch.Stride, at.InputBatch(), at.OutputBatch, false);

    /// <inheritdoc/>
    public override void Adjoint<T>(Frame<T> at)
    {
        Passing.Pass(at, at.OutputAdjoint, at.InputAdjoint(), at.Accumulates());
        at.Kernels.Fill(at.ParameterAdjoint(0).Length, T.Zero, at.ParameterAdjoint(0));
    }

    /// <inheritdoc/>
    public override void Tangent<T>(Frame<T> at)
    {
        if (at.InputTangent().IsEmpty)
            at.Kernels.Fill(at.OutputTangent.Length, T.Zero, at.OutputTangent);
        else
            Passing.Pass(at, at.InputTangent(), at.OutputTangent, false);
    }

    /// <inheritdoc/>
    public override void TangentAdjoint<T>(Frame<T> at)
    {
        Passing.Pass(at, at.OutputTangentAdjoint, at.InputTangentAdjoint(), at.Accumulates());
        // Summing nothing writes zeros into rows that lie among others.
        at.Kernels.SumToBias(at.Directions, 0, Tensor.Size, 1, default, at.ParameterTangentAdjoint(0), false);
    }
}
