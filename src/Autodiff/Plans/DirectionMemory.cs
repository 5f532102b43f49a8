using System.Numerics;
using System.Runtime.CompilerServices;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Plans;

/// <summary>
/// A plan's memory for a block of directions: one workspace that every layout divides anew, and how one-hot directions get into it.
/// </summary>
internal sealed class DirectionMemory<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Network _network;
    private readonly int _samples;
    private readonly DeviceBuffer<T> _workspace;
    private readonly DeviceBuffer<int> _copied;
    private readonly Dictionary<Parameter, DirectionLayout<T>> _inside;
    private readonly Dictionary<int, DirectionLayout<T>> _outputs;
    private readonly Device _device;
    private readonly int _gramLength;
    private readonly Dictionary<int, GramWorkspace<T>> _gramWorkspaces = [];
    private DeviceBuffer<T>? _grams;
    private readonly int[] _copiedStage;
    private T[] _stage;

    public DirectionMemory(Network network, Device device, PlanBudget budget)
    {
        _network = network;
        _samples = budget.Samples;
        long length = Math.Max(budget.DirectionBytes / Unsafe.SizeOf<T>(), DirectionLayout<T>.Least(network, budget.Samples));
        _workspace = device.Allocate<T>((int)Math.Min(length, Array.MaxLength));
        AllParameters = DirectionLayout<T>.Dense(network, budget.Samples, _workspace.View, int.MaxValue);
        _inside = network.Parameters.ToDictionary(parameter => parameter, parameter => DirectionLayout<T>.Inside(
            parameter, parameter.Node, network, budget.Samples, _workspace.View, parameter.Size));
        int[] multiplied = [.. network.Parameters.Where(network.MultipliesInput).Select(parameter => parameter.Node)];
        _outputs = multiplied.ToDictionary(node => node, node => DirectionLayout<T>.Outputs(node, network, budget.Samples, _workspace.View));
        _device = device;
        _gramLength = (int)Math.Min(Array.MaxLength, Math.Max(budget.DirectionBytes / Unsafe.SizeOf<T>(), LeastGrams(network)));
        _copiedStage = new int[_inside.Max(pair => pair.Value.CopiesInput ? pair.Value.Capacity * network.Nodes[pair.Key.Node].Operator.Output.Size : 0)];
        _stage = new T[_inside.Values.Concat(_outputs.Values).Max(layout => layout.Directions.Length)];
        _copied = device.Allocate<int>(_copiedStage.Length);
    }

    /// <summary>The layout for directions over all parameters.</summary>
    public DirectionLayout<T> AllParameters { get; }

    /// <summary>The layout for directions inside one tensor, with the products' rows from that tensor's operator on.</summary>
    public DirectionLayout<T> Inside(Parameter parameter) => _inside[parameter];

    /// <summary>The same with the rows from node <paramref name="firstNode"/> on.</summary>
    public DirectionLayout<T> Inside(Parameter parameter, int firstNode)
    {
        var layout = DirectionLayout<T>.Inside(parameter, firstNode, _network, _samples, _workspace.View, Inside(parameter).Capacity);
        Staged(layout.Directions.Length);
        return layout;
    }

    /// <summary>The layout for directions in the output of a node that multiplies its input by a matrix of parameters.</summary>
    public DirectionLayout<T> Outputs(int node) => _outputs[node];

    /// <summary>Workspace for weighted Gram matrices, at least one of any layer; there from when it is first asked for.</summary>
    public View<T> Grams => (_grams ??= _device.Allocate<T>(_gramLength)).View;

    /// <summary>Workspace for what the Gram matrices of a node are made of; there from when it is first asked for.</summary>
    public GramWorkspace<T> GramWorkspace(int node)
    {
        if (!_gramWorkspaces.TryGetValue(node, out GramWorkspace<T>? workspace))
            _gramWorkspaces.Add(node, workspace = new GramWorkspace<T>(_device, _network, node, _samples));
        return workspace;
    }

    /// <summary>Elements of all such workspaces with chunks of so many samples.</summary>
    public static long GramWorkspaces(Network network, int samples) => GramWorkspacesOf(network, samples).Sum();

    /// <summary>Elements of the largest of them.</summary>
    public static long LargestGramWorkspace(Network network, int samples) => GramWorkspacesOf(network, samples).DefaultIfEmpty(0).Max();

    /// <summary>Elements of the largest layer's Gram matrix, or of its block of weights against bias if that is larger.</summary>
    public static long LeastGrams(Network network)
        => network.Parameters
            .Where(network.MultipliesInput)
            .Select(parameter => Math.Max((long)parameter.Size, Square(network.Nodes[parameter.Node].Operator.Inputs[0].Size)))
            .DefaultIfEmpty(0).Max();

    /// <summary>Writes directions over all parameters.</summary>
    public void WriteDense(ReadOnlyMemory<double> directions)
    {
        View<T> place = AllParameters.Directions.Slice(0, directions.Length);
        bool reached = place.TryReach(out Memory<T> elements);
        if (!reached)
            elements = Staged(directions.Length);
        Rounding.Copy(_device.Threads, directions, elements);
        if (!reached)
            place.Write(elements.Span);
    }

    /// <summary>Writes the directions of <paramref name="size"/> elements that are 1 at elements first, first + 1, ….</summary>
    public void WriteOneHot(DirectionLayout<T> layout, int size, int first, int count)
    {
        Span<T> stage = Staged(count * size).Span;
        stage.Clear();
        for (int v = 0; v < count; v++)
            stage[(v * size) + first + v] = T.One;
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

    // It grows outside of loops only.
    private Memory<T> Staged(int length)
    {
        if (_stage.Length < length)
            _stage = new T[length];
        return _stage.AsMemory(0, length);
    }

    // More than any memory has is as good as all of it, and its bytes can still be counted.
    private static long Square(long size) => Math.Min(size * size, long.MaxValue / 16);

    private static IEnumerable<long> GramWorkspacesOf(Network network, int samples)
        => network.Parameters
            .Where(network.MultipliesInput)
            .Select(parameter => GramWorkspace<T>.Elements(network, parameter.Node, samples));

    public void Dispose()
    {
        _workspace.Dispose();
        _copied.Dispose();
        _grams?.Dispose();
        foreach (GramWorkspace<T> workspace in _gramWorkspaces.Values)
            workspace.Dispose();
    }
}
