using System.Numerics;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Plans;

/// <summary>
/// What one operator sees of a running plan: S samples, V directions, and the views of everything that its passes read and write.
/// Views have exactly the length that the current chunk and block need. S comes before the shape of a sample, V before S.
/// The forward pass alone may run for several weight vectors at once (members): their samples then come one after the other, and S counts them all.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Frame<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Plan<T> _plan;
    private readonly Node _node;
    private readonly int _output;
    private readonly Parameter[] _parameters;
    private readonly bool[] _accumulates;

    internal Frame(Plan<T> plan, int node)
    {
        _plan = plan;
        _node = plan.Network.Nodes[node];
        _output = node + 1;
        _parameters = [.. plan.Network.Parameters.Where(parameter => parameter.Node == node)];
        // In reverse order, the last user of a value writes its adjoint and the others add to it.
        _accumulates = [.. _node.Inputs.Select((value, i) =>
            plan.Network.Nodes.Skip(node + 1).Any(later => later.Inputs.Contains(value)) || _node.Inputs.Take(i).Contains(value))];
    }

    /// <summary>The device's vocabulary.</summary>
    public IKernels<T> Kernels => _plan.Kernels;

    /// <summary>S; those of all members together.</summary>
    public int Samples => Members * _plan.Samples;

    /// <summary>Weight vectors that the output is computed for: 1 unless a forward pass runs for several and the output depends on them.</summary>
    public int Members => _plan.MembersOf(_output);

    /// <summary>S of one member.</summary>
    public int SamplesOfMember => _plan.Samples;

    /// <summary>V.</summary>
    public int Directions => _plan.Directions;

    /// <summary>
    /// Whether an adjoint pass has run on this chunk. If not, ȳ counts as 0: the terms of the tangent-adjoint pass that carry it are left out, and what remains is the Gauss–Newton matrix.
    /// </summary>
    public bool HasAdjoints => _plan.HasAdjoints;

    /// <summary>y, [S, output].</summary>
    public View<T> Output => _plan.Value(_output);

    /// <summary>y as one operand for each member.</summary>
    public Batch<T> OutputBatch => new(Output, _plan.Samples * _node.Operator.Output.Size);

    /// <summary>ȳ, [S, output].</summary>
    public View<T> OutputAdjoint => _plan.Adjoint(_output);

    /// <summary>ẏ, [V, S, output].</summary>
    public View<T> OutputTangent => _plan.Tangent(_output);

    /// <summary>ȳ˙, [V, S, output].</summary>
    public View<T> OutputTangentAdjoint => _plan.TangentAdjoint(_output);

    /// <summary>ȳ˙ as one operand for each direction.</summary>
    public Batch<T> OutputTangentAdjointBatch => new(OutputTangentAdjoint, Samples * _node.Operator.Output.Size);

    /// <summary>What the first two passes leave for the others, [S · saved length].</summary>
    public View<T> Saved => _plan.Saved(_output - 1);

    /// <summary>The indices that the forward pass leaves for the others, [S · saved indices].</summary>
    public View<int> SavedIndices => _plan.SavedIndices(_output - 1);

    /// <summary>The samples' classes, [S]; for a loss that takes labels.</summary>
    public View<int> Labels => _plan.Labels;

    /// <summary>The samples' targets, [S, target length]; for a loss that takes real targets.</summary>
    public View<T> Targets => _plan.Targets;

    /// <summary>The samples' weights ω, [S].</summary>
    public View<T> Weights => _plan.Weights;

    /// <summary>x, [S, input].</summary>
    /// <param name="number">Which of the operator's inputs, counted from 0.</param>
    public View<T> Input(int number = 0) => _plan.Value(_node.Inputs[number]);

    /// <summary>x as one operand for each member.</summary>
    public Batch<T> InputBatch(int number = 0)
    {
        int value = _node.Inputs[number];
        return new(_plan.Value(value), _plan.MembersOf(value) == 1 ? 0 : _plan.Samples * _node.Operator.Inputs[number].Size);
    }

    /// <summary>x̄, [S, input]; empty when nobody wants it.</summary>
    /// <param name="number">Which of the operator's inputs, counted from 0.</param>
    public View<T> InputAdjoint(int number = 0) => _plan.Adjoint(_node.Inputs[number]);

    /// <summary>ẋ, [V, S, input]; empty when it is zero.</summary>
    /// <param name="number">Which of the operator's inputs, counted from 0.</param>
    public View<T> InputTangent(int number = 0) => _plan.Tangent(_node.Inputs[number]);

    /// <summary>ẋ as one operand for each direction.</summary>
    /// <param name="number">Which of the operator's inputs, counted from 0.</param>
    public Batch<T> InputTangentBatch(int number = 0) => new(InputTangent(number), Samples * _node.Operator.Inputs[number].Size);

    /// <summary>x̄˙, [V, S, input]; empty when nobody wants it.</summary>
    /// <param name="number">Which of the operator's inputs, counted from 0.</param>
    public View<T> InputTangentAdjoint(int number = 0) => _plan.TangentAdjoint(_node.Inputs[number]);

    /// <summary>Whether a reverse pass adds to the adjoint of this input (another user has written it already) or overwrites it.</summary>
    /// <param name="number">Which of the operator's inputs, counted from 0.</param>
    public bool Accumulates(int number = 0) => _accumulates[number];

    /// <summary>A parameter tensor.</summary>
    /// <param name="number">Which of the operator's parameter tensors, counted from 0.</param>
    public View<T> Parameter(int number) => _plan.Parameter(_parameters[number]);

    /// <summary>A parameter tensor of each member.</summary>
    public Batch<T> ParameterBatch(int number) => _plan.ParameterOfMembers(_parameters[number]);

    /// <summary>w̄: the gradient over this chunk's samples, overwritten by the adjoint pass.</summary>
    /// <param name="number">Which of the operator's parameter tensors, counted from 0.</param>
    public View<T> ParameterAdjoint(int number) => _plan.ParameterAdjoint(_parameters[number]);

    /// <summary>ẇ, one for each direction; its data is empty when it is zero.</summary>
    /// <param name="number">Which of the operator's parameter tensors, counted from 0.</param>
    public Batch<T> ParameterTangent(int number) => _plan.Layout.ParameterTangent(_parameters[number]);

    /// <summary>w̄˙, one for each direction: rows of the Hessian times the direction over this chunk's samples, overwritten by the tangent-adjoint pass.</summary>
    /// <param name="number">Which of the operator's parameter tensors, counted from 0.</param>
    public Batch<T> ParameterTangentAdjoint(int number) => _plan.Layout.ParameterTangentAdjoint(_parameters[number]);
}
