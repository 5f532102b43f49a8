using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Interop;
using BasinVolume.Kernels;
using BasinVolume.Onnx.Graphs;
using BasinVolume.Onnx.Layers;
using BasinVolume.Onnx.Rewriting;
using BasinVolume.Onnx.Values;

namespace BasinVolume.Onnx;

/// <summary>From layers to the network, with names and weights.</summary>
internal static class Assembly
{
    /// <summary>The network that gives a value, with a loss behind it.</summary>
    /// <exception cref="DataException">The layers are no network, or a weight is not finite.</exception>
    public static ImportedNetwork Of(Graph graph, Value output, ImportOptions options, List<string> notes)
    {
        Value logits = LossEnd.LogitsOf(graph.File, output, options, notes, out ImportLoss loss, out string? takenOff);
        IReadOnlyList<Value> values = Rewriter.Ordered(logits);
        IReadOnlyList<string?> names = LayerNames.Of(values);
        var tensors = new Dictionary<string, Reals>(StringComparer.Ordinal);
        try
        {
            var network = new NetworkBuilder(Layer.ShapeOf(values[0].Dims));
            var called = new Dictionary<Value, string>();
            var owners = new ParameterOwners(graph.File);
            for (int i = 0; i < values.Count; i++)
            {
                if (values[i].Layer is { } layer)
                    Add(network, called, values[i], layer, names[i]!, tensors, owners);
                called[values[i]] = FormattableString.Invariant($"value {i}");
                network.As(called[values[i]]);
            }

            LossEnd.AddTo(network, loss);
            return Imported(graph, network.Build(), tensors, notes) with
            {
                FileInput = Layer.ShapeOf(graph.Input.Sample),
                TakenOff = takenOff,
                Bits = tensors.Values.Min(tensor => tensor.Bits),
            };
        }
        catch (NetworkException e)
        {
            throw graph.File.Fault($"is no network that can be differentiated here: {e.Message}");
        }
    }

    private static void Add(
        NetworkBuilder network,
        Dictionary<Value, string> called,
        Value value,
        Layer layer,
        string name,
        Dictionary<string, Reals> tensors,
        ParameterOwners owners)
    {
        network.From(called[value.Inputs[0]]);
        try
        {
            layer.AddTo(network, name, [.. value.Inputs.Skip(1).Select(input => called[input])]);
        }
        catch (NetworkException e)
        {
            throw value.Node!.Refusal($"which cannot be: {e.Message.TrimEnd('.')}");
        }

        foreach (LayerTensor tensor in layer.Tensors)
        {
            string full = $"{name}.{tensor.Suffix}";
            if (owners.SameAs(full, tensor.Values) is { } same)
                network.Tie(full, same);
            else
                tensors[full] = tensor.Values;
        }
    }

    private static ImportedNetwork Imported(Graph graph, Network network, Dictionary<string, Reals> tensors, List<string> notes)
    {
        var weights = new double[network.ParameterCount];
        var imported = new List<ImportedTensor>();
        foreach (Parameter parameter in network.Parameters)
        {
            Reals values = tensors[parameter.Name];
            if (Array.FindIndex(values.Numbers, value => !double.IsFinite(value)) is var index and >= 0)
                throw graph.File.Fault(
                    $"has {values.Numbers[index]} at index {index} of '{Printable.Name(parameter.Name)}', expected finite numbers; train it again.");
            values.Numbers.CopyTo(weights, parameter.Offset);
            imported.Add(new(parameter.Name, values.Origin?.Tensor ?? string.Empty, ParameterOwners.ChangeOf(values)));
        }

        notes.AddRange(network.TiedUses.Select(
            use => $"{network.Nodes[use.Node].Operator.Parameters[use.Number].Name} is tied to {use.Parameter.Name}, the one parameter of both"));
        notes.AddRange(imported.Where(tensor => tensor.Change is not null).Select(tensor => $"{tensor.Name} is {tensor.Source}, {tensor.Change}"));
        return new(network, weights, [.. imported], [.. notes]);
    }
}
