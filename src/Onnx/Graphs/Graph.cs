using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Onnx.Files;
using BasinVolume.Onnx.Schema;

namespace BasinVolume.Onnx.Graphs;

/// <summary>What a network takes of its owner.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Batch">How many samples there are at once; null for any number.</param>
/// <param name="Sample">The shape of one sample.</param>
/// <param name="IsWhole">Whether its elements are whole numbers, as tokens are.</param>
internal sealed record GraphInput(string Name, int? Batch, IReadOnlyList<int> Sample, bool IsWhole);

/// <summary>
/// The nodes of a file that its output depends on, in an order in which each comes after what it takes; its constants, its one input, its one output.
/// </summary>
/// <param name="File">Where it is from.</param>
/// <param name="Nodes">The nodes.</param>
/// <param name="Initializers">Constants by name, read when they are wanted.</param>
/// <param name="Input">What it takes.</param>
/// <param name="Output">The name of what it gives.</param>
internal sealed record Graph(
    ModelFile File, IReadOnlyList<GraphNode> Nodes, IReadOnlyDictionary<string, TensorProto> Initializers, GraphInput Input, string Output)
{
    /// <summary>Reads the graph of a file.</summary>
    /// <exception cref="DataException">Names are missing or used twice, nodes go round in a circle, or there is not one input and one output.</exception>
    public static Graph Of(ModelFile file)
    {
        GraphProto proto = file.Proto.Graph;
        var initializers = new Dictionary<string, TensorProto>(StringComparer.Ordinal);
        foreach (TensorProto tensor in proto.Initializer)
        {
            if (tensor.Name.Length == 0 || !initializers.TryAdd(tensor.Name, tensor))
                throw file.Fault($"has two tensors called '{Printable.Name(tensor.Name)}', or one without a name; export it again.");
        }

        ValueInfoProto output = OnlyOutput(file);
        ValueInfoProto[] inputs = [.. proto.Input.Where(input => !initializers.ContainsKey(input.Name))];
        IReadOnlyList<GraphNode> nodes = Sorted(file, initializers, [.. inputs.Select(input => input.Name)], output.Name);
        HashSet<string> taken = [.. nodes.SelectMany(node => node.Inputs)];
        ValueInfoProto[] used = [.. inputs.Where(input => taken.Contains(input.Name))];
        return used is [var only]
            ? new(file, nodes, initializers, InputOf(file, only), output.Name)
            : throw file.Fault(
                $"has {used.Length} inputs that its output depends on ({Printable.List(used.Select(input => $"'{input.Name}'"))}), expected one; "
                + "export a network that takes one tensor.");
    }

    private static ValueInfoProto OnlyOutput(ModelFile file) => file.Proto.Graph.Output is [var only]
        ? only
        : throw file.Fault(
            $"has {file.Proto.Graph.Output.Count} outputs ({Printable.List(file.Proto.Graph.Output.Select(output => $"'{output.Name}'"))}), expected one; "
            + "export a network that gives one tensor.");

    private static GraphInput InputOf(ModelFile file, ValueInfoProto input)
    {
        if (input.Type?.TensorType is not { Shape: { } shape } tensor)
            throw file.Fault($"does not say of which shape its input '{Printable.Name(input.Name)}' is; export it with the shape of a sample.");
        var type = (TensorProto.Types.DataType)tensor.ElemType;
        string spelled = $"[{Printable.List(shape.Dim.Select(Spelled))}]";
        if (shape.Dim.Count < 2)
            throw file.Fault(
                $"has an input '{Printable.Name(input.Name)}' of shape {spelled}, which has no axis for the samples; export it for batches, such as [N, 784].");
        if (shape.Dim.Skip(1).Any(dim => dim.DimValue is < 1 or > int.MaxValue))
            throw file.Fault(
                $"has an input '{Printable.Name(input.Name)}' of shape {spelled}, of which only the first axis, that of the samples, may be open; "
                + "export it for samples of one shape.");
        long batch = shape.Dim[0].DimValue;
        return new(
            input.Name,
            batch is >= 1 and <= int.MaxValue ? (int)batch : null,
            [.. shape.Dim.Skip(1).Select(dim => (int)dim.DimValue)],
            type is TensorProto.Types.DataType.Int64 or TensorProto.Types.DataType.Int32);
    }

    private static string Spelled(TensorShapeProto.Types.Dimension dim)
        => dim.DimParam.Length > 0 ? dim.DimParam : FormattableString.Invariant($"{dim.DimValue}");

    // From the output back, depth first; some exporters write the last node first. A node that waits for itself is in a circle.
    private static List<GraphNode> Sorted(ModelFile file, Dictionary<string, TensorProto> initializers, HashSet<string> inputs, string output)
    {
        Dictionary<string, NodeProto> makers = MakersOf(file);
        var done = new HashSet<NodeProto>();
        var open = new HashSet<NodeProto>();
        var order = new Dictionary<NodeProto, int>();
        var stack = new Stack<NodeProto>();
        Visit(output);
        while (stack.TryPeek(out NodeProto? node))
        {
            if (done.Contains(node))
            {
                stack.Pop();
            }
            else if (open.Add(node))
            {
                foreach (string name in node.Input.Where(name => name.Length > 0))
                    Visit(name);
            }
            else
            {
                done.Add(stack.Pop());
                order.Add(node, order.Count);
            }
        }

        // The file's own order where that is one: parameters then follow each other as their owner wrote them.
        NodeProto[] inFile = [.. file.Proto.Graph.Node.Where(done.Contains)];
        NodeProto[] sorted = IsInOrder(inFile) ? inFile : [.. inFile.OrderBy(node => order[node])];
        return [.. sorted.Select((node, place) => new GraphNode(file.Source, node, file.Opset, place))];

        void Visit(string name)
        {
            if (initializers.ContainsKey(name) || inputs.Contains(name))
                return;
            if (!makers.TryGetValue(name, out NodeProto? maker))
                throw file.Fault($"has no value called '{Printable.Name(name)}', which its output depends on; export or copy it again.");
            if (open.Contains(maker) && !done.Contains(maker))
                throw file.Fault($"has nodes that go round in a circle, through '{Printable.Name(name)}'; export it again.");
            stack.Push(maker);
        }
    }

    private static bool IsInOrder(NodeProto[] nodes)
    {
        HashSet<string> later = [.. nodes.SelectMany(node => node.Output).Where(name => name.Length > 0)];
        foreach (NodeProto node in nodes)
        {
            if (node.Input.Any(later.Contains))
                return false;
            later.ExceptWith(node.Output);
        }

        return true;
    }

    private static Dictionary<string, NodeProto> MakersOf(ModelFile file)
    {
        var makers = new Dictionary<string, NodeProto>(StringComparer.Ordinal);
        foreach (NodeProto node in file.Proto.Graph.Node)
        {
            foreach (string name in node.Output.Where(name => name.Length > 0))
            {
                if (!makers.TryAdd(name, node))
                    throw file.Fault($"has two nodes that give '{Printable.Name(name)}'; export it again.");
            }
        }

        return makers;
    }
}
