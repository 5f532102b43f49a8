using System.Numerics;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Networks;

/// <summary>
/// What one operator sees of a running plan: S samples, V directions, and the views of everything that its passes read and write.
/// Views have exactly the length that the current chunk and block need. S comes before the shape of a sample, V before S.
/// The forward pass alone may run for several weight vectors at once: their samples then come one after the other, and S counts them all.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public abstract class Frame<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Operator _operator;

    private protected Frame(Operator @operator) => _operator = @operator;

    /// <summary>The device's kernels.</summary>
    public abstract IKernels<T> Kernels { get; }

    /// <summary>S; those of all weight vectors together.</summary>
    public int Samples => WeightVectors * SamplesPerVector;

    /// <summary>Weight vectors that the output is computed for: 1 unless a forward pass runs for several and the output depends on them.</summary>
    public abstract int WeightVectors { get; }

    /// <summary>S of one weight vector.</summary>
    public abstract int SamplesPerVector { get; }

    /// <summary>V.</summary>
    public abstract int Directions { get; }

    /// <summary>
    /// Whether an adjoint pass has run on this chunk. If not, ȳ counts as 0: the terms of the tangent-adjoint pass that carry it are left out, and what remains
    /// is the Gauss–Newton matrix.
    /// </summary>
    public abstract bool HasAdjoints { get; }

    /// <summary>y, [S, output].</summary>
    public abstract View<T> Output { get; }

    /// <summary>y as one operand for each weight vector.</summary>
    public Batch<T> OutputBatch => new(Output, SamplesPerVector * _operator.Output.Size);

    /// <summary>ȳ, [S, output].</summary>
    public abstract View<T> OutputAdjoint { get; }

    /// <summary>ẏ, [V, S, output].</summary>
    public abstract View<T> OutputTangent { get; }

    /// <summary>ȳ˙, [V, S, output].</summary>
    public abstract View<T> OutputTangentAdjoint { get; }

    /// <summary>ȳ˙ as one operand for each direction.</summary>
    public Batch<T> OutputTangentAdjointBatch => new(OutputTangentAdjoint, Samples * _operator.Output.Size);

    /// <summary>What the first two passes leave for the others, [S · saved length].</summary>
    public abstract View<T> Saved { get; }

    /// <summary>The indices that the forward pass leaves for the others, [S · saved indices].</summary>
    public abstract View<int> SavedIndices { get; }

    /// <summary>The operator's constants, as many as it has.</summary>
    public abstract View<T> Constants { get; }

    /// <summary>The operator's indices that all samples share.</summary>
    public abstract View<int> FixedIndices { get; }

    /// <summary>The samples' classes, [S, labels of a sample]; for a loss that takes labels.</summary>
    public abstract View<int> Labels { get; }

    /// <summary>The samples' targets, [S, target length]; for a loss that takes real targets.</summary>
    public abstract View<T> Targets { get; }

    /// <summary>The samples' weights ω, [S].</summary>
    public abstract View<T> Weights { get; }

    /// <summary>x, [S, input].</summary>
    /// <param name="number">Which of the operator's inputs, counted from 0.</param>
    public abstract View<T> Input(int number = 0);

    /// <summary>x as one operand for each weight vector; all share one where the input depends on no weights.</summary>
    /// <param name="number">Which of the operator's inputs, counted from 0.</param>
    public abstract Batch<T> InputBatch(int number = 0);

    /// <summary>x̄, [S, input]; empty when no pass needs it. An adjoint pass wants x̄ or w̄ or both.</summary>
    /// <param name="number">Which of the operator's inputs, counted from 0.</param>
    public abstract View<T> InputAdjoint(int number = 0);

    /// <summary>ẋ, [V, S, input]; empty when it is zero.</summary>
    /// <param name="number">Which of the operator's inputs, counted from 0.</param>
    public abstract View<T> InputTangent(int number = 0);

    /// <summary>ẋ as one operand for each direction.</summary>
    /// <param name="number">Which of the operator's inputs, counted from 0.</param>
    public Batch<T> InputTangentBatch(int number = 0) => new(InputTangent(number), Samples * _operator.Inputs[number].Size);

    /// <summary>x̄˙, [V, S, input]; empty when no pass needs it.</summary>
    /// <param name="number">Which of the operator's inputs, counted from 0.</param>
    public abstract View<T> InputTangentAdjoint(int number = 0);

    /// <summary>Whether a reverse pass adds to the adjoint of this input (another user has written it already) or overwrites it.</summary>
    /// <param name="number">Which of the operator's inputs, counted from 0.</param>
    public abstract bool Accumulates(int number = 0);

    /// <summary>A parameter tensor.</summary>
    /// <param name="number">Which of the operator's parameter tensors, counted from 0.</param>
    public abstract View<T> Parameter(int number);

    /// <summary>A parameter tensor of each weight vector.</summary>
    /// <param name="number">Which of the operator's parameter tensors, counted from 0.</param>
    public abstract Batch<T> ParameterBatch(int number);

    /// <summary>w̄: the gradient over this chunk's samples, overwritten by the adjoint pass; empty when it is not wanted.</summary>
    /// <param name="number">Which of the operator's parameter tensors, counted from 0.</param>
    public abstract View<T> ParameterAdjoint(int number);

    /// <summary>ẇ, one for each direction; its data is empty when it is zero.</summary>
    /// <param name="number">Which of the operator's parameter tensors, counted from 0.</param>
    public abstract Batch<T> ParameterTangent(int number);

    /// <summary>
    /// w̄˙, one for each direction: rows of the Hessian times the direction over this chunk's samples, overwritten by the tangent-adjoint pass.
    /// </summary>
    /// <param name="number">Which of the operator's parameter tensors, counted from 0.</param>
    public abstract Batch<T> ParameterTangentAdjoint(int number);
}
