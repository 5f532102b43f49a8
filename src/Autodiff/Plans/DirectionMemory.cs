using System.Numerics;
using System.Runtime.CompilerServices;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Plans;

/// <summary>
/// A plan's memory for a block of directions: one room that every layout divides anew, and how one-hot directions get into it.
/// </summary>
internal sealed class DirectionMemory<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DeviceBuffer<T> _room;
    private readonly DeviceBuffer<int> _copied;
    private readonly Dictionary<Parameter, DirectionLayout<T>> _inside;
    private readonly int[] _copiedStage;
    private readonly T[] _oneHotStage;

    public DirectionMemory(Network network, Device device, PlanBudget budget)
    {
        long length = Math.Max(budget.DirectionBytes / Unsafe.SizeOf<T>(), DirectionLayout<T>.Least(network, budget.Samples));
        _room = device.Allocate<T>((int)Math.Min(length, int.MaxValue));
        AllParameters = DirectionLayout<T>.Dense(network, budget.Samples, _room.View, int.MaxValue);
        _inside = network.Parameters.ToDictionary(parameter => parameter, parameter => DirectionLayout<T>.Inside(parameter, network, budget.Samples, _room.View));
        _copiedStage = new int[_inside.Max(pair => pair.Value.CopiesInput ? pair.Value.Capacity * network.Nodes[pair.Key.Node].Operator.Output.Size : 0)];
        _oneHotStage = new T[_inside.Max(pair => pair.Value.Directions.Length)];
        _copied = device.Allocate<int>(_copiedStage.Length);
    }

    /// <summary>The layout for directions over all parameters.</summary>
    public DirectionLayout<T> AllParameters { get; }

    /// <summary>The layout for directions inside one tensor.</summary>
    public DirectionLayout<T> Inside(Parameter parameter) => _inside[parameter];

    /// <summary>Writes the directions that are 1 at elements first, first + 1, … of a tensor.</summary>
    public void WriteOneHot(DirectionLayout<T> layout, Parameter parameter, int first, int count)
    {
        Span<T> stage = _oneHotStage.AsSpan(0, count * parameter.Size);
        stage.Clear();
        for (int v = 0; v < count; v++)
            stage[(v * parameter.Size) + first + v] = T.One;
        layout.Directions.Write(stage);
    }

    /// <summary>Writes, for the directions that are 1 at elements first, first + 1, …, which input elements their output tangents copy: [V, output].</summary>
    public View<int> WriteCopiedInputs(Operator @operator, int number, int first, int count)
    {
        int outputs = @operator.Output.Size;
        Span<int> stage = _copiedStage.AsSpan(0, count * outputs);
        for (int v = 0; v < count; v++)
            @operator.CopiedInputs(number, first + v, stage.Slice(v * outputs, outputs));
        _copied.View.Write(stage);
        return _copied.View;
    }

    public void Dispose()
    {
        _room.Dispose();
        _copied.Dispose();
    }
}
