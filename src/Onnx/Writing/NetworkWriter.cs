using System.Collections.Immutable;
using System.Reflection;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Interop;
using BasinVolume.Onnx.Files;
using BasinVolume.Onnx.Schema;
using Google.Protobuf;
using DataType = BasinVolume.Onnx.Schema.TensorProto.Types.DataType;

namespace BasinVolume.Onnx.Writing;

/// <summary>From a network to a file: its operators one after the other, but for normalisations, of which ONNX has one where the engine has three.</summary>
internal static class NetworkWriter
{
    private const int Opset = 17;

    // In float64 half of what protobuf holds.
    private const int MostWeights = int.MaxValue / 2 / sizeof(double);

    // The first that has version 17 of the operators.
    private const int FileVersion = 8;

    /// <summary>The file.</summary>
    public static byte[] Bytes(
        Network network, ReadOnlySpan<double> weights, DataType type, string loss, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        if (weights.Length != network.ParameterCount)
            throw new NetworkException($"The network has {network.ParameterCount} parameters; {weights.Length} weights were given.");
        if (weights.Length > MostWeights)
            throw new OutputException($"{weights.Length} weights are more than an ONNX file holds; write them as .safetensors.");
        var writer = new GraphWriter(type);
        DataType input = network.TokenCount > 0 ? DataType.Int64 : writer.Type;
        writer.Graph.Input.Add(GraphWriter.Info("input", network.Input, input));
        foreach (Parameter parameter in network.Parameters)
            writer.Parameter(parameter, weights.Slice(parameter.Offset, parameter.Size));
        string output = Write(network, writer);
        // The output by its own name.
        writer.Graph.Node.Add(new NodeProto { OpType = "Identity", Name = "node_output", Input = { output }, Output = { "output" } });
        writer.Graph.Output.Add(GraphWriter.Info("output", network.Values[network.OutputValue], writer.Type));
        writer.Graph.DocString = $"The output is what goes into the loss ({loss}): no softmax or sigmoid is part of the network.";
        var model = new ModelProto
        {
            IrVersion = FileVersion,
            ProducerName = ModelFile.Producer,
            ProducerVersion = typeof(NetworkWriter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
                ?? string.Empty,
            OpsetImport = { new OperatorSetIdProto { Domain = string.Empty, Version = Opset } },
            Graph = writer.Graph,
            MetadataProps = { metadata.Select(entry => new StringStringEntryProto { Key = entry.Key, Value = entry.Value }) },
        };
        return model.ToByteArray();
    }

    private static string Write(Network network, GraphWriter writer)
    {
        ImmutableArray<Node> nodes = network.Nodes;
        int[] uses = new int[network.Values.Length];
        foreach (int value in nodes.SelectMany(node => node.Inputs))
            uses[value]++;
        var values = new string[network.Values.Length];
        values[0] = "input";
        for (int n = 0; n < nodes.Length - 1; n++)
        {
            int last = NormalizationWriter.LastOf(nodes, uses, n);
            values[last + 1] = last > n
                ? NormalizationWriter.Write(writer, nodes[n].Operator, [NamesOf(network, n + 1)[0], NamesOf(network, n + 2)[0]], values[nodes[n].Inputs[0]])
                : OperatorWriter.Write(writer, nodes[n].Operator, NamesOf(network, n), [.. nodes[n].Inputs.Select(value => values[value])]);
            n = last;
        }

        return values[network.OutputValue];
    }

    private static string[] NamesOf(Network network, int node) => [.. network.ParametersOfNodes[node].Select(parameter => parameter.Name)];
}
