using System.Collections.Immutable;
using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Plans;

/// <summary>One node's window into a plan's memory.</summary>
internal sealed class PlanFrame<T> : Frame<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Plan<T> _plan;
    private readonly Node _node;
    private readonly int _number;
    private readonly int _output;
    private readonly ImmutableArray<Parameter> _parameters;
    private readonly int[] _tiedUses;
    private readonly bool[] _accumulates;

    /// <param name="plan">The plan.</param>
    /// <param name="number">The node's number.</param>
    public PlanFrame(Plan<T> plan, int number)
        : base(plan.Network.Nodes[number].Operator)
    {
        (_plan, _node, _number, _output) = (plan, plan.Network.Nodes[number], number, number + 1);
        _parameters = plan.Network.ParametersOfNodes[number];
        _tiedUses = [.. _parameters.Select((_, i) => TiedUseOf(plan.Network, number, i))];
        // In reverse order, the last user of a value writes its adjoint and the others add to it.
        _accumulates = [.. _node.Inputs.Select((value, i) =>
            plan.Network.Nodes.Skip(number + 1).Any(later => later.Inputs.Contains(value)) || _node.Inputs.Take(i).Contains(value))];
    }

    public override IKernels<T> Kernels => _plan.Kernels;

    public override int WeightVectors => _plan.WeightVectorsOf(_output);

    public override int SamplesPerVector => _plan.Samples;

    public override int Directions => _plan.Directions;

    public override bool HasAdjoints => _plan.HasAdjoints;

    public override View<T> Output => _plan.Value(_output);

    public override View<T> OutputAdjoint => _plan.Adjoint(_output);

    public override View<T> OutputTangent => _plan.Tangent(_output);

    public override View<T> OutputTangentAdjoint => _plan.TangentAdjoint(_output);

    public override View<T> Saved => _plan.Saved(_number);

    public override View<int> SavedIndices => _plan.SavedIndices(_number);

    public override View<T> Constants => _plan.Constants(_number);

    public override View<int> FixedIndices => _plan.FixedIndices(_number);

    public override View<int> Labels => _plan.Labels;

    public override View<T> Targets => _plan.Targets;

    public override View<T> Weights => _plan.Weights;

    public override View<T> Input(int number = 0) => _plan.Value(_node.Inputs[number]);

    public override Batch<T> InputBatch(int number = 0)
    {
        int value = _node.Inputs[number];
        return new(_plan.Value(value), _plan.WeightVectorsOf(value) == 1 ? 0 : _plan.Samples * _node.Operator.Inputs[number].Size);
    }

    public override View<T> InputAdjoint(int number = 0) => _plan.Adjoint(_node.Inputs[number]);

    public override View<T> InputTangent(int number = 0) => _plan.Tangent(_node.Inputs[number]);

    public override View<T> InputTangentAdjoint(int number = 0) => _plan.TangentAdjoint(_node.Inputs[number]);

    public override bool Accumulates(int number = 0) => _accumulates[number];

    public override View<T> Parameter(int number) => _plan.Parameter(_parameters[number]);

    public override Batch<T> ParameterBatch(int number) => _plan.ParameterOfVectors(_parameters[number]);

    public override View<T> ParameterAdjoint(int number)
        => _tiedUses[number] < 0 ? _plan.ParameterAdjoint(_parameters[number]) : _plan.TiedAdjoint(_tiedUses[number]);

    public override Batch<T> ParameterTangent(int number) => _plan.Layout.ParameterTangent(_parameters[number]);

    public override Batch<T> ParameterTangentAdjoint(int number)
        => _tiedUses[number] < 0 ? _plan.Layout.ParameterTangentAdjoint(_parameters[number]) : _plan.Layout.TiedTangentAdjoint(_tiedUses[number]);

    // Which of the network's tied uses a tensor of the node is; −1 where it is the node's own.
    private static int TiedUseOf(Network network, int node, int number)
    {
        for (int use = 0; use < network.TiedUses.Length; use++)
        {
            if (network.TiedUses[use].Node == node && network.TiedUses[use].Number == number)
                return use;
        }

        return -1;
    }
}
