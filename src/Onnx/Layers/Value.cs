using BasinVolume.Onnx.Graphs;

namespace BasinVolume.Onnx.Layers;

/// <summary>
/// A value that depends on the samples, and what computes it. Its shape is that of one sample: the first axis of the file, the samples', is left out.
/// </summary>
/// <param name="Node">The operator of the file that it is from, for refusals.</param>
/// <param name="Layer">What computes it; null for the network's input.</param>
/// <param name="Inputs">What it is computed of.</param>
/// <param name="Dims">The size of each dimension of a sample; none where a sample is a single number.</param>
internal sealed class Value(GraphNode? Node, Layer? Layer, IReadOnlyList<Value> Inputs, IReadOnlyList<int> Dims)
{
    /// <summary>The operator of the file that it is from; null for the network's input.</summary>
    public GraphNode? Node { get; } = Node;

    /// <summary>What computes it; null for the network's input.</summary>
    public Layer? Layer { get; } = Layer;

    /// <summary>What it is computed of.</summary>
    public IReadOnlyList<Value> Inputs { get; } = Inputs;

    /// <summary>The size of each dimension of a sample.</summary>
    public IReadOnlyList<int> Dims { get; } = Dims;

    /// <summary>Whether its elements are whole numbers, as an input's are that has tokens.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Number of elements of a sample.</summary>
    public int Size => Dims.Aggregate(1, (product, size) => product * size);

    /// <summary>The shape of a sample, for messages.</summary>
    public string Shape => $"[{string.Join(", ", Dims)}]";

    /// <summary>What a layer computes of values; its shape is what the engine says.</summary>
    /// <param name="node">The operator of the file that it is from.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="inputs">What it takes.</param>
    /// <exception cref="Interop.DataException">The layer does not take such values.</exception>
    public static Value Of(GraphNode node, Layer layer, params Value[] inputs)
    {
        try
        {
            return new(node, layer, inputs, layer.Output([.. inputs.Select(input => input.Dims)]));
        }
        catch (Autodiff.Networks.NetworkException e)
        {
            throw node.Refusal($"which cannot be: {e.Message.TrimEnd('.')}");
        }
    }
}
