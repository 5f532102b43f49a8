using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Pointwise;
using BasinVolume.Onnx.Files;
using BasinVolume.Onnx.Folding;
using BasinVolume.Onnx.Graphs;
using BasinVolume.Onnx.Layers;
using BasinVolume.Onnx.Translators;
using BasinVolume.Onnx.Values;

namespace BasinVolume.Onnx;

/// <summary>
/// From the nodes of a file to layers and parts of layers, node by node. A node whose inputs are all known is computed at once; one that takes values becomes a
/// layer; one that is in neither list is refused by its name.
/// </summary>
internal sealed class Translation
{
    private static readonly Dictionary<string, Func<NodeContext, object>> Translators = new(StringComparer.Ordinal)
    {
        ["Conv"] = Convolutions.Conv,
        ["MaxPool"] = Convolutions.MaxPool,
        ["AveragePool"] = Convolutions.AveragePool,
        ["Pad"] = Convolutions.Pad,
        ["GlobalAveragePool"] = Means.GlobalAveragePool,
        ["ReduceMean"] = Means.ReduceMean,
        ["Gemm"] = Products.Gemm,
        ["MatMul"] = Products.MatMul,
        ["Add"] = Sums.Add,
        ["Sum"] = Sums.Sum,
        ["Sub"] = Sums.Sub,
        ["Mul"] = Sums.Mul,
        ["Div"] = Sums.Div,
        ["Neg"] = Sums.Neg,
        ["Pow"] = Sums.Pow,
        ["Sqrt"] = Sums.Sqrt,
        ["Erf"] = Sums.Erf,
        ["Relu"] = Activations.Of<Relu>,
        ["LeakyRelu"] = Activations.LeakyRelu,
        ["Sigmoid"] = Activations.Of<Sigmoid>,
        ["Tanh"] = Activations.Of<Tanh>,
        ["Softplus"] = Activations.Of<Softplus>,
        ["Elu"] = Activations.Elu,
        ["Gelu"] = Activations.Gelu,
        ["Swish"] = Activations.Swish,
        ["Softmax"] = Softmaxes.Softmax,
        ["LogSoftmax"] = Softmaxes.LogSoftmax,
        ["Identity"] = Shapes.Identity,
        ["Dropout"] = Shapes.Dropout,
        ["Cast"] = Shapes.Cast,
        ["Flatten"] = Shapes.Flatten,
        ["Reshape"] = Shapes.Reshape,
        ["Squeeze"] = Shapes.Squeeze,
        ["Unsqueeze"] = Shapes.Unsqueeze,
        ["Transpose"] = Shapes.Transpose,
        ["Concat"] = Moves.Concat,
        ["Slice"] = Moves.Slice,
        ["Split"] = Moves.Split,
        ["Gather"] = Moves.Gather,
        ["Where"] = Sums.Where,
        ["BatchNormalization"] = Normalizations.BatchNormalization,
        ["LayerNormalization"] = Normalizations.LayerNormalization,
    };

    private static readonly Dictionary<string, Func<NodeContext, Known>> Foldings = new(StringComparer.Ordinal)
    {
        ["Identity"] = ConstantMoves.Identity,
        ["Reshape"] = ConstantMoves.Reshape,
        ["Flatten"] = ConstantMoves.Flatten,
        ["Transpose"] = ConstantMoves.Transpose,
        ["Squeeze"] = ConstantMoves.Squeeze,
        ["Unsqueeze"] = ConstantMoves.Unsqueeze,
        ["Concat"] = ConstantMoves.Concat,
        ["Gather"] = ConstantMoves.Gather,
        ["Slice"] = ConstantMoves.Slice,
        ["Expand"] = ConstantMoves.Expand,
        ["Cast"] = ConstantMakers.Cast,
        ["Range"] = ConstantMakers.Range,
        ["ReduceProd"] = ConstantMakers.ReduceProd,
        ["Trilu"] = ConstantMakers.Trilu,
        ["Add"] = ConstantArithmetic.Add,
        ["Sub"] = ConstantArithmetic.Sub,
        ["Mul"] = ConstantArithmetic.Mul,
        ["Div"] = ConstantArithmetic.Div,
        ["Pow"] = ConstantArithmetic.Pow,
        ["Min"] = ConstantArithmetic.Min,
        ["Max"] = ConstantArithmetic.Max,
        ["Neg"] = ConstantArithmetic.Neg,
        ["Abs"] = ConstantArithmetic.Abs,
        ["Sqrt"] = ConstantArithmetic.Sqrt,
        ["Reciprocal"] = ConstantArithmetic.Reciprocal,
        ["Exp"] = ConstantArithmetic.Exp,
        ["Log"] = ConstantArithmetic.Log,
        ["Floor"] = ConstantArithmetic.Floor,
        ["Ceil"] = ConstantArithmetic.Ceil,
        ["Equal"] = ConstantArithmetic.Equal,
        ["Greater"] = ConstantArithmetic.Greater,
        ["Less"] = ConstantArithmetic.Less,
        ["And"] = ConstantArithmetic.And,
        ["Or"] = ConstantArithmetic.Or,
        ["Not"] = ConstantArithmetic.Not,
        ["Where"] = ConstantArithmetic.Where,
    };

    private readonly Graph _graph;
    private readonly List<string> _notes;
    private readonly Dictionary<string, object?> _found = new(StringComparer.Ordinal);

    private Translation(Graph graph, List<string> notes) => (_graph, _notes) = (graph, notes);

    /// <summary>The operators that are read.</summary>
    public static IEnumerable<string> Operators
        => Translators.Keys.Union(Foldings.Keys).Union(["Constant", "ConstantOfShape", "Shape"]).Order(StringComparer.Ordinal);

    /// <summary>What the output of a graph is computed of.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="notes">Takes what is to be said of it.</param>
    /// <exception cref="DataException">An operator, or an attribute of one, is not taken.</exception>
    public static Value Of(Graph graph, List<string> notes)
    {
        var translation = new Translation(graph, notes);
        translation._found[graph.Input.Name] = new Value(Node: null, Layer: null, [], graph.Input.Sample) { IsWhole = graph.Input.IsWhole };
        foreach (GraphNode node in graph.Nodes)
            translation.Translate(node);
        return translation._found[graph.Output] as Value
            ?? throw graph.File.Fault($"has the output '{Printable.Name(graph.Output)}', which does not depend on its input; export it again.");
    }

    private void Translate(GraphNode node)
    {
        object?[] inputs = [.. node.Inputs.Select(name => name.Length > 0 ? Find(node, name) : null)];
        var at = new NodeContext(node, inputs, _graph.Input.Batch, _notes);
        object?[] results = Compute(at) switch
        {
            object?[] several => several,
            var only => [only],
        };
        node.CheckAttributes();
        for (int i = 0; i < node.Outputs.Count; i++)
        {
            if (node.Outputs[i].Length > 0)
                _found[node.Outputs[i]] = i < results.Length ? results[i] : null;
        }
    }

    private object? Compute(NodeContext at)
    {
        string name = at.Node.Operator;
        bool isKnown = at.Inputs.All(input => input is not Value);
        return name switch
        {
            "Constant" => ConstantMakers.Constant(_graph.File, at),
            "ConstantOfShape" when isKnown => ConstantMakers.ConstantOfShape(_graph.File, at),
            "Shape" => ShapeOf(at),
            _ when isKnown && at.Count > 0 && Foldings.TryGetValue(name, out Func<NodeContext, Known>? fold) => fold(at),
            _ when Translators.TryGetValue(name, out Func<NodeContext, object>? translate) => translate(at),
            _ => throw at.Node.Refusal(Foldings.ContainsKey(name) || name == "ConstantOfShape"
                ? "which is taken of constants alone"
                : "which is not taken"),
        };
    }

    private static Wholes ShapeOf(NodeContext at)
    {
        Whole[] sizes = at[0] is Known known
            ? [.. known.Dims.Select(size => new Whole(size))]
            : [new Whole(1, OfBatch: true), .. at.Value(0).Dims.Select(size => new Whole(size))];
        long start = at.Node.Integer("start", 0), end = at.Node.Integer("end", sizes.Length);
        int first = (int)Math.Clamp(start < 0 ? start + sizes.Length : start, 0, sizes.Length);
        int last = (int)Math.Clamp(end < 0 ? end + sizes.Length : end, first, sizes.Length);
        return new([last - first], sizes[first..last]);
    }

    private object Find(GraphNode node, string name)
    {
        if (_found.TryGetValue(name, out object? found))
            return found ?? throw node.Refusal($"which takes '{Printable.Name(name)}', an output that is not taken of its operator");
        Known known = TensorReader.Read(_graph.File, _graph.Initializers[name]);
        known = known.Of(new(name, known.Dims));
        _found[name] = known;
        return known;
    }
}
