using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Plans;

/// <summary>
/// The part of a plan that computes Hessian-vector products for directions inside certain parameters:
/// which nodes run, where their tangents lie, and where the product goes.
/// Rows of the product are those of the parameters of <see cref="FirstNode"/> and later nodes; usually that is the node of the directions themselves, and the
/// rest of the Hessian follows by symmetry.
/// </summary>
internal sealed class DirectionLayout<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Network _network;
    private readonly int _directionLength;
    private readonly Func<Parameter, int> _place;
    private readonly View<T>[] _tied;

    // starts: the nodes whose output the directions change; place: where a parameter's part of a direction begins, −1 if it has none;
    // firstAdjoint: adjoints' tangents are wanted of what depends on parameters of this node and later ones.
    private DirectionLayout(
        Network network,
        Func<int,
        bool> starts,
        Func<Parameter,
        int> place,
        int directionLength,
        int firstNode,
        int firstAdjoint,
        int samples,
        View<T> workspace,
        int limit)
    {
        _network = network;
        _place = place;
        _directionLength = directionLength;
        FirstNode = firstNode;
        FirstRow = network.Parameters.FirstOrDefault(p => p.Node >= FirstNode)?.Offset ?? network.ParameterCount;
        Rows = network.ParameterCount - FirstRow;

        bool[] tangents = TangentsFrom(network, starts);
        bool[] adjoints = Reach.Adjoints(network, firstAdjoint);
        TangentNodes = [.. Enumerable.Range(0, network.Nodes.Length).Where(n => tangents[n + 1])];
        TangentAdjointNodes = Reach.ReverseNodes(network, adjoints, FirstNode);

        var reverse = AdjointPlaces.Of(network, adjoints, TangentAdjointNodes);
        long perDirection = Rows + _directionLength + TiedSize(network) + (samples * (SizeOf(network, tangents) + reverse.Length));
        Capacity = (int)Math.Clamp(workspace.Length / perDirection, 1, limit);
        var arena = new Arena<T>(workspace);
        Directions = arena.Place(Capacity * _directionLength);
        Result = arena.Place(Capacity * Rows);
        _tied = [.. network.TiedUses.Select(use => arena.Place(Capacity * use.Parameter.Size))];
        Tangents = Places(tangents, arena, samples);
        TangentAdjoints = reverse.In(arena.Place(checked((int)(Capacity * samples * reverse.Length))), Capacity * samples);
    }

    /// <summary>Directions that fit at once.</summary>
    public int Capacity { get; }

    /// <summary>The node where the reverse pass ends.</summary>
    public int FirstNode { get; }

    /// <summary>The first row of the Hessian that is computed.</summary>
    public int FirstRow { get; }

    /// <summary>How many rows are computed.</summary>
    public int Rows { get; }

    /// <summary>Whether the directions are one-hot in a tensor whose tangent is a copy of the input.</summary>
    public bool CopiesInput { get; private init; }

    /// <summary>The nodes of the tangent pass in order.</summary>
    public int[] TangentNodes { get; }

    /// <summary>The nodes of the tangent-adjoint pass in order.</summary>
    public int[] TangentAdjointNodes { get; }

    /// <summary>[V, length of a direction]: the directions inside the parameters that they belong to.</summary>
    public View<T> Directions { get; }

    /// <summary>[V, Rows]: the products.</summary>
    public View<T> Result { get; }

    /// <summary>For each value where its tangents lie; empty where they are zero.</summary>
    public View<T>[] Tangents { get; }

    /// <summary>For each value where its tangent-adjoints lie while they are wanted; empty where they never are.</summary>
    public View<T>[] TangentAdjoints { get; }

    /// <summary>Directions over all parameters.</summary>
    public static DirectionLayout<T> Dense(Network network, int samples, View<T> workspace, int limit)
        => new(network, node => Reach.HasParameters(network, node), parameter => parameter.Offset, network.ParameterCount, 0, 0, samples, workspace, limit);

    /// <summary>Directions inside one parameter tensor, with the products' rows from node <paramref name="firstNode"/> on.</summary>
    public static DirectionLayout<T> Inside(Parameter parameter, int firstNode, Network network, int samples, View<T> workspace, int limit)
    {
        // Before the directions' own node the reverse pass needs Ẇᵀ ȳ, so there the directions must be there to be multiplied.
        bool copies = firstNode >= parameter.Node && !network.HasTies(parameter.Node)
            && network.Nodes[parameter.Node].Operator.CopiesInput(parameter.Number);
        return new(
            network,
            n => network.ParametersOfNodes[n].Contains(parameter),
            other => !copies && ReferenceEquals(other, parameter) ? 0 : -1,
            copies ? 0 : parameter.Size,
            firstNode,
            firstNode,
            samples,
            workspace,
            limit)
        {
            CopiesInput = copies,
        };
    }

    /// <summary>
    /// Directions in a node's output, the same for every sample, with the products' rows from the next node on.
    /// What they leave as the adjoint's tangent of that output is the loss's second derivative in it.
    /// </summary>
    public static DirectionLayout<T> Outputs(int node, Network network, int samples, View<T> workspace)
    {
        int outputs = network.Nodes[node].Operator.Output.Size;
        return new(network, n => n == node, _ => -1, outputs, node + 1, node, samples, workspace, outputs);
    }

    /// <summary>Elements of the workspace without which not even one direction over all parameters fits.</summary>
    public static long Least(Network network, int samples)
    {
        bool[] tangents = TangentsFrom(network, node => Reach.HasParameters(network, node)), adjoints = Reach.Adjoints(network, 0);
        long ofSample = SizeOf(network, tangents) + AdjointPlaces.Of(network, adjoints, Reach.ReverseNodes(network, adjoints, 0)).Length;
        return (2L * network.ParameterCount) + TiedSize(network) + (samples * ofSample);
    }

    /// <summary>The directions' part inside a parameter tensor; empty where it is zero, or copied instead of multiplied.</summary>
    public Batch<T> ParameterTangent(Parameter parameter)
    {
        int place = _place(parameter);
        return place < 0 ? default : new(From(Directions, place), _directionLength);
    }

    /// <summary>Where a tensor's rows of the product go.</summary>
    public Batch<T> ParameterTangentAdjoint(Parameter parameter) => new(From(Result, parameter.Offset - FirstRow), Rows);

    /// <summary>Where they go at a place where a tensor is taken once more, before they are added.</summary>
    public Batch<T> TiedTangentAdjoint(int use) => new(_tied[use], _network.TiedUses[use].Parameter.Size);

    private static long TiedSize(Network network) => network.TiedUses.Sum(use => (long)use.Parameter.Size);

    private static View<T> From(View<T> view, int start) => view.Slice(start, view.Length - start);

    // The loss's own tangent is not computed.
    private static bool[] TangentsFrom(Network network, Func<int, bool> starts)
    {
        bool[] tangents = Reach.Tangents(network, starts);
        tangents[^1] = false;
        return tangents;
    }

    private static long SizeOf(Network network, bool[] values)
    {
        int[] owners = InPlace.OwnersOf(network, values);
        return network.Values.Where((_, value) => values[value] && owners[value] == value).Sum(shape => (long)shape.Size);
    }

    private View<T>[] Places(bool[] values, Arena<T> arena, int samples)
    {
        int[] owners = InPlace.OwnersOf(_network, values);
        var places = new View<T>[values.Length];
        for (int value = 0; value < values.Length; value++)
        {
            if (values[value])
                places[value] = owners[value] == value ? arena.Place(Capacity * samples * _network.Values[value].Size) : places[owners[value]];
        }

        return places;
    }
}
