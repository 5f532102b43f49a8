using BasinVolume.Onnx.Schema;
using Google.Protobuf;
using DataType = BasinVolume.Onnx.Schema.TensorProto.Types.DataType;

namespace BasinVolume.Onnx.Tests.Harness;

/// <summary>Writes ONNX files as exporters do: an input x, nodes in order, an output.</summary>
internal sealed class ModelBuilder
{
    private readonly GraphProto _graph = new() { Name = "graph" };

    /// <summary>A file whose input x has so many elements a sample, behind a batch axis of any size.</summary>
    public ModelBuilder(params int[] sample)
        : this(null, sample)
    {
    }

    /// <summary>The same with a fixed batch.</summary>
    public ModelBuilder(int? batch, int[] sample)
    {
        Model.OpsetImport.Add(new OperatorSetIdProto { Domain = string.Empty, Version = 13 });
        Model.Graph = _graph;
        _graph.Input.Add(Info("x", batch, sample));
    }

    public ModelProto Model { get; } = new() { IrVersion = 8, ProducerName = "BasinVolume.Onnx.Tests" };

    public GraphProto Graph => _graph;

    public byte[] Bytes => Model.ToByteArray();

    public ModelBuilder Opset(int version)
    {
        Model.OpsetImport[0].Version = version;
        return this;
    }

    /// <summary>An initialiser of float32, its elements as raw bytes.</summary>
    public ModelBuilder Floats(string name, int[] dims, params float[] values)
        => Tensor(new() { Name = name, DataType = (int)DataType.Float, RawData = Raw(values, BitConverter.GetBytes), Dims = { dims.Select(d => (long)d) } });

    /// <summary>An initialiser of float64, its elements as raw bytes.</summary>
    public ModelBuilder Doubles(string name, int[] dims, params double[] values)
        => Tensor(new() { Name = name, DataType = (int)DataType.Double, RawData = Raw(values, BitConverter.GetBytes), Dims = { dims.Select(d => (long)d) } });

    /// <summary>An initialiser of whole numbers.</summary>
    public ModelBuilder Integers(string name, params long[] values)
        => Tensor(new TensorProto { Name = name, DataType = (int)DataType.Int64, Int64Data = { values }, Dims = { values.Length } });

    public ModelBuilder Tensor(TensorProto tensor)
    {
        _graph.Initializer.Add(tensor);
        return this;
    }

    /// <summary>A node; inputs with blanks between them, the output's name, and attributes.</summary>
    public ModelBuilder Node(string op, string inputs, string output, params (string Name, object Value)[] attributes)
    {
        var node = new NodeProto { OpType = op, Name = $"{op}_{_graph.Node.Count}" };
        node.Input.AddRange(inputs.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => name == "-" ? string.Empty : name));
        node.Output.AddRange(output.Split(' '));
        node.Attribute.AddRange(attributes.Select(attribute => Attribute(attribute.Name, attribute.Value)));
        _graph.Node.Add(node);
        return this;
    }

    /// <summary>The shape of a sample of x.</summary>
    public int[] Sample => [.. _graph.Input[0].Type.TensorType.Shape.Dim.Skip(1).Select(dim => (int)dim.DimValue)];

    /// <summary>The file so far with one output, of a shape that is not said; more can follow.</summary>
    public byte[] EndOnce(string output)
    {
        _graph.Output.Clear();
        _graph.Output.Add(new ValueInfoProto { Name = output, Type = new() { TensorType = new() { ElemType = (int)DataType.Float } } });
        return Bytes;
    }

    /// <summary>The file, with an output of two axes.</summary>
    public byte[] End(string output, int size = 0)
    {
        _graph.Output.Add(Info(output, null, [size]));
        return Bytes;
    }

    private static AttributeProto Attribute(string name, object value)
    {
        var attribute = new AttributeProto { Name = name };
        switch (value)
        {
            case int integer:
                (attribute.Type, attribute.I) = (AttributeProto.Types.AttributeType.Int, integer);
                break;
            case double real:
                (attribute.Type, attribute.F) = (AttributeProto.Types.AttributeType.Float, (float)real);
                break;
            case string text:
                (attribute.Type, attribute.S) = (AttributeProto.Types.AttributeType.String, ByteString.CopyFromUtf8(text));
                break;
            case int[] integers:
                attribute.Type = AttributeProto.Types.AttributeType.Ints;
                attribute.Ints.AddRange(integers.Select(integer => (long)integer));
                break;
            case TensorProto tensor:
                (attribute.Type, attribute.T) = (AttributeProto.Types.AttributeType.Tensor, tensor);
                break;
            default:
                throw new ArgumentException($"{value} is no attribute.", nameof(value));
        }

        return attribute;
    }

    private static ByteString Raw<T>(T[] values, Func<T, byte[]> bytes) => ByteString.CopyFrom([.. values.SelectMany(bytes)]);

    private static ValueInfoProto Info(string name, int? batch, int[] sample)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(batch is { } fixedBatch ? new TensorShapeProto.Types.Dimension { DimValue = fixedBatch } : new() { DimParam = "N" });
        shape.Dim.AddRange(sample.Select(size => size > 0 ? new TensorShapeProto.Types.Dimension { DimValue = size } : new()));
        return new() { Name = name, Type = new() { TensorType = new() { ElemType = (int)DataType.Float, Shape = shape } } };
    }
}
