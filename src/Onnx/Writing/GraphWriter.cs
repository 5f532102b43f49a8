using System.Runtime.InteropServices;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Onnx.Schema;
using Google.Protobuf;
using DataType = BasinVolume.Onnx.Schema.TensorProto.Types.DataType;

namespace BasinVolume.Onnx.Writing;

/// <summary>Takes nodes and tensors, one after the other, and gives every value a name.</summary>
/// <param name="type">The type of real numbers: Double or Float.</param>
internal sealed class GraphWriter(DataType type)
{
    private int _count;

    /// <summary>The graph so far.</summary>
    public GraphProto Graph { get; } = new() { Name = "network" };

    /// <summary>The type of numbers.</summary>
    public DataType Type { get; } = type;

    private bool IsDouble => Type == DataType.Double;

    /// <summary>Adds an operator with one output.</summary>
    /// <param name="op">What it is called.</param>
    /// <param name="inputs">The values that it takes.</param>
    /// <param name="attributes">Whole numbers (int), lists of them (int[]) and real ones (double), by name.</param>
    /// <returns>The name of its output.</returns>
    public string Node(string op, string[] inputs, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        string output = FormattableString.Invariant($"{op.ToLowerInvariant()}_{_count++}");
        var node = new NodeProto { OpType = op, Name = FormattableString.Invariant($"node_{output}"), Input = { inputs }, Output = { output } };
        foreach ((string name, object value) in attributes)
            node.Attribute.Add(Attribute(name, value));
        Graph.Node.Add(node);
        return output;
    }

    /// <summary>Adds a constant of real numbers, which is no parameter: the output of a node, as initialisers are what is trained.</summary>
    public string Constant(int[] dims, ReadOnlySpan<double> values) => Constant(Tensor(string.Empty, dims, values));

    /// <summary>A single real number.</summary>
    public string Constant(double value) => Constant([], [value]);

    /// <summary>A list of whole numbers, as shapes and axes are.</summary>
    public string Integers(params int[] values)
        => Constant(new TensorProto { DataType = (int)DataType.Int64, Dims = { values.Length }, Int64Data = { values.Select(value => (long)value) } });

    /// <summary>Adds a parameter.</summary>
    /// <exception cref="NetworkException">A weight is beyond the range of float32.</exception>
    public void Parameter(Parameter parameter, ReadOnlySpan<double> values)
    {
        int index = values.IndexOfAnyExceptInRange(IsDouble ? double.MinValue : float.MinValue, IsDouble ? double.MaxValue : float.MaxValue);
        if (index >= 0)
            throw new NetworkException(FormattableString.Invariant(
                $"{parameter.Name} has {values[index]} at index {index}, which no finite {(IsDouble ? "float64" : "float32")} is; train it again."));
        Graph.Initializer.Add(Tensor(parameter.Name, [.. parameter.Shape.Dimensions], values));
    }

    /// <summary>A value that goes in or comes out: any number of samples of a shape.</summary>
    public static ValueInfoProto Info(string name, Shape sample, DataType type)
    {
        var shape = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimParam = "N" } } };
        shape.Dim.AddRange(sample.Dimensions.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        return new() { Name = name, Type = new() { TensorType = new() { ElemType = (int)type, Shape = shape } } };
    }

    private string Constant(TensorProto tensor)
    {
        string output = Node("Constant", []);
        Graph.Node[^1].Attribute.Add(new AttributeProto { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = tensor });
        return output;
    }

    private TensorProto Tensor(string name, int[] dims, ReadOnlySpan<double> values)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)Type, Dims = { dims.Select(dim => (long)dim) } };
        if (IsDouble)
        {
            tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values));
            return tensor;
        }

        var floats = new float[values.Length];
        for (int i = 0; i < floats.Length; i++)
            floats[i] = (float)values[i];
        tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(floats));
        return tensor;
    }

    private static AttributeProto Attribute(string name, object value) => value switch
    {
        int integer => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = integer },
        int[] integers => new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { integers.Select(integer => (long)integer) } },
        double real => new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = (float)real },
        _ => throw new ArgumentException($"{value} is no attribute.", nameof(value)),
    };
}
