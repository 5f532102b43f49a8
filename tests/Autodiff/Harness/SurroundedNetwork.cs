using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;

namespace BasinVolume.Autodiff.Tests.Harness;

/// <summary>
/// A network that gives an operator its places: each input is the output of a layer with parameters (a bias, or where the shapes differ a linear layer), so
/// that it has tangents and adjoints, and behind the operator stands a squared loss, unless it is a loss itself.
/// </summary>
internal sealed class SurroundedNetwork
{
    private readonly List<Node> _nodes = [];
    private readonly Shape _input;

    public SurroundedNetwork(Operator @operator, Surroundings surroundings)
    {
        _input = @operator.Inputs[0];
        int[] inputs = [.. @operator.Inputs.Select((shape, i) => surroundings == Surroundings.Constant && i == 0 ? 0 : Feed(shape, i))];
        Node = _nodes.Count;
        int output = Add(@operator, inputs);
        if (@operator is not Loss)
            AddLoss(surroundings == Surroundings.Shared ? [Flat(output), .. inputs.Select(Flat)] : [output]);
        Network = new Network(_input, [.. _nodes]);
    }

    public Network Network { get; }

    /// <summary>The operator's node.</summary>
    public int Node { get; }

    private int Add(Operator @operator, params int[] inputs)
    {
        _nodes.Add(new Node(@operator, [.. inputs]));
        return _nodes.Count;
    }

    private Shape ShapeOf(int value) => value == 0 ? _input : _nodes[value - 1].Operator.Output;

    private int Flat(int value) => Add(new Reshape(ShapeOf(value), new Shape(ShapeOf(value).Size)), value);

    private int Feed(Shape shape, int number)
    {
        string name = $"feed{number}";
        if (shape.Equals(_input))
            return Add(new Bias(name, shape), 0);
        return Add(new Reshape(new Shape(shape.Size), shape), Add(new Linear(name, _input.Size, shape.Size), Flat(0)));
    }

    private void AddLoss(int[] ends)
    {
        int end = ends.Length == 1 ? ends[0] : Add(new Concatenation([.. ends.Select(ShapeOf)]), ends);
        Add(new MeanSquaredLoss(ShapeOf(end), SquaredMean.OverElements), end);
    }
}
