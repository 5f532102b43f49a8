using System.Globalization;
using BasinVolume.Interop;
using BasinVolume.Onnx.Schema;
using BasinVolume.Onnx.Tests.Harness;
using Google.Protobuf;
using DataType = BasinVolume.Onnx.Schema.TensorProto.Types.DataType;

namespace BasinVolume.Onnx.Tests.Files;

public sealed class ReadingTests : IDisposable
{
    private static readonly ImportOptions Squares = new() { Loss = ImportLoss.MeanSquared };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Types =>
        ["float raw", "float field", "double raw", "double field", "half raw", "half field", "bfloat raw", "bfloat field"];

    [Theory]
    [MemberData(nameof(Types))]
    public void Weights_of_every_real_type_keep_their_values(string kind)
        => Assert.Equal([1.5, -0.25], Read(Linear(WeightOf(kind))).Weights);

    // A temperature, or a vector that divides, may have been trained; it is a constant here, and its owner hears of it.
    [Theory]
    [InlineData("Mul", 1, "t is a constant, for it is a single number")]
    [InlineData("Sub", 2, "t is a constant, for it is subtracted")]
    [InlineData("Div", 2, "t is a constant, for it is divided by")]
    public void What_becomes_a_constant_is_said(string op, int count, string note)
    {
        byte[] file = new ModelBuilder(2).Floats("w", [2, 2], 1, 2, 3, 4).Floats("t", [count], [.. Enumerable.Repeat(2f, count)])
            .Node("MatMul", "x w", "h").Node(op, "h t", "y").End("y");
        Assert.Contains(note, Read(file).Notes);
    }

    [Fact]
    public void A_bias_of_no_dimensions_is_a_constant()
    {
        byte[] file = new ModelBuilder(2).Floats("w", [2, 1], 1, 2).Floats("c", [], 3).Node("Gemm", "x w c", "y").End("y");
        Assert.Equal([1, 2], Read(file).Weights);
        Assert.Contains("c is a constant, for it is a single number", Read(file).Notes);
    }

    [Fact]
    public void Shapes_may_be_whole_numbers_of_any_type()
    {
        foreach (DataType type in new[] { DataType.Int32, DataType.Int64 })
        {
            var shape = new TensorProto { Name = "to", DataType = (int)type, Dims = { 2 } };
            if (type == DataType.Int64)
                shape.RawData = ByteString.CopyFrom([.. new long[] { -1, 2 }.SelectMany(BitConverter.GetBytes)]);
            else
                shape.Int32Data.AddRange([-1, 2]);
            byte[] file = new ModelBuilder(2, 1).Tensor(shape).Floats("w", [2, 2], 1, 2, 3, 4).Node("Reshape", "x to", "r").Node("MatMul", "r w", "y").End("y");
            Assert.Equal([1, 3, 2, 4], Read(file).Weights);
        }
    }

    [Fact]
    public void Initialisers_may_be_inputs_as_well()
    {
        var model = new ModelBuilder(2).Floats("w", [2, 1], 1, 2).Node("MatMul", "x w", "y");
        model.Model.IrVersion = 3;
        model.Graph.Input.Add(new ValueInfoProto { Name = "w" });
        Assert.Equal([1, 2], Read(model.End("y")).Weights);
    }

    [Fact]
    public void Nodes_may_stand_in_any_order()
    {
        // y = (x B) a, with the last node first in the file; parameters follow each other as they act.
        ImportedNetwork imported = Read(
            new ModelBuilder(2).Floats("a", [2, 1], 5, 6).Floats("b", [2, 2], 1, 3, 2, 4)
                .Node("MatMul", "h a", "y").Node("MatMul", "x b", "h").End("y"));
        Assert.Equal([1, 2, 3, 4, 5, 6], imported.Weights);
    }

    [Fact]
    public void Tensors_may_lie_in_a_file_beside_the_model()
    {
        _folder.Write("w.data", [9, 9, 9, 9, .. BitConverter.GetBytes(1.5f), .. BitConverter.GetBytes(-0.25f)]);
        string path = _folder.Write("net.onnx", Linear(External("w.data", offset: 4, length: 8)));
        Assert.Equal([1.5, -0.25], OnnxImport.Read(path, Squares).Weights);
    }

    [Theory]
    [InlineData("../w.data", 0, 8, "no place beside the model")]
    [InlineData("/etc/hostname", 0, 8, "no place beside the model")]
    [InlineData("a/../../w.data", 0, 8, "no place beside the model")]
    [InlineData("", 0, 8, "no place beside the model")]
    [InlineData("C:w.data", 0, 8, "no place beside the model")]
    [InlineData("none.data", 0, 8, "cannot be read")]
    [InlineData("w.data", 8, 8, "at bytes 8 to 16")]
    [InlineData("w.data", 0, 7, "7 bytes")]
    public void External_data_that_is_elsewhere_or_too_short_is_refused(string location, int offset, int length, string reason)
    {
        _folder.Write("w.data", new byte[8]);
        string path = _folder.Write("net.onnx", Linear(External(location, offset, length)));
        Assert.Contains(reason, Assert.Throws<DataException>(() => OnnxImport.Read(path, Squares)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_cut_anywhere_is_refused_in_a_sentence()
    {
        byte[] whole = Linear(WeightOf("float raw"));
        Assert.All(Enumerable.Range(0, whole.Length), length => Assert.Throws<DataException>(() => Read(whole[..length])));
    }

    [Fact]
    public void What_a_file_must_say_is_asked_for()
    {
        AssertRefused(m => m.Model.OpsetImport.Clear(), "version");
        AssertRefused(m => m.Opset(6), "7 to 28");
        AssertRefused(m => m.Opset(99), "7 to 28");
        AssertRefused(m => m.Graph.Input.Clear(), "no value called 'x'");
        AssertRefused(m => m.Graph.Output.Clear(), "0 outputs");
        AssertRefused(m => m.Graph.Output.Add(m.Graph.Output[0].Clone()), "2 outputs");
        AssertRefused(m => m.Graph.Input[0].Type.TensorType.Shape.Dim.RemoveAt(1), "no axis for the samples");
        AssertRefused(m => m.Graph.Input[0].Type.TensorType.Shape.Dim[1].ClearDimValue(), "only the first axis");
        AssertRefused(m => m.Graph.Initializer.Add(m.Graph.Initializer[0].Clone()), "two tensors");
        AssertRefused(m => m.Graph.Initializer[0].Dims[0] = 3, "expected 3 elements of 4");
        AssertRefused(m => m.Graph.Initializer[0].Dims[0] = long.MaxValue, "no array can have");
        AssertRefused(m => m.Graph.Initializer[0].DataType = (int)DataType.Complex64, "Complex64");
        AssertRefused(m => m.Graph.Node[0].Input[0] = "y", "circle");
        AssertRefused(m => m.Graph.Node[0].Input[0] = "z", "no value called 'z'");
        AssertRefused(m => m.Graph.Node.Add(m.Graph.Node[0].Clone()), "two nodes");
        AssertRefused(m => m.Graph.Node.Clear(), "no graph");
        AssertRefused(m => m.Model.Functions.Add(new FunctionProto { Name = "f" }), "'f'");
    }

    [Fact]
    public void Weights_that_are_not_finite_are_refused()
        => Assert.Contains(
            "NaN at index 1 of 'w.weight'",
            Assert.Throws<DataException>(() => Read(new ModelBuilder(2).Floats("w", [2, 1], 1, float.NaN).Node("MatMul", "x w", "y").End("y"))).Message,
            StringComparison.Ordinal);

    private static void AssertRefused(Action<ModelBuilder> change, string reason)
    {
        var model = new ModelBuilder(2).Floats("w", [2, 1], 1, 2).Node("MatMul", "x w", "y");
        model.End("y");
        change(model);
        Assert.Contains(reason, Assert.Throws<DataException>(() => Read(model.Bytes)).Message, StringComparison.Ordinal);
    }

    private static ImportedNetwork Read(byte[] file) => OnnxImport.Read(file, "net.onnx", Squares);

    private static byte[] Linear(TensorProto weight) => new ModelBuilder(2).Tensor(weight).Node("MatMul", "x w", "y").End("y");

    private static TensorProto External(string location, int offset, int length) => new()
    {
        Name = "w",
        DataType = (int)DataType.Float,
        Dims = { 2, 1 },
        DataLocation = TensorProto.Types.DataLocation.External,
        ExternalData =
        {
            new StringStringEntryProto { Key = "location", Value = location },
            new StringStringEntryProto { Key = "offset", Value = offset.ToString(CultureInfo.InvariantCulture) },
            new StringStringEntryProto { Key = "length", Value = length.ToString(CultureInfo.InvariantCulture) },
        },
    };

    private static ByteString Bytes(byte[] first, byte[] second) => ByteString.CopyFrom([.. first, .. second]);

    // 1.5 and −0.25: 0x3e00 and 0xb400 in float16, 0x3fc0 and 0xbe80 in bfloat16.
    private static TensorProto WeightOf(string kind)
    {
        var tensor = new TensorProto { Name = "w", Dims = { 2, 1 } };
        switch (kind)
        {
            case "float raw":
                (tensor.DataType, tensor.RawData) = ((int)DataType.Float, Bytes(BitConverter.GetBytes(1.5f), BitConverter.GetBytes(-0.25f)));
                break;
            case "float field":
                tensor.DataType = (int)DataType.Float;
                tensor.FloatData.AddRange([1.5f, -0.25f]);
                break;
            case "double raw":
                (tensor.DataType, tensor.RawData) = ((int)DataType.Double, Bytes(BitConverter.GetBytes(1.5), BitConverter.GetBytes(-0.25)));
                break;
            case "double field":
                tensor.DataType = (int)DataType.Double;
                tensor.DoubleData.AddRange([1.5, -0.25]);
                break;
            case "half raw":
                (tensor.DataType, tensor.RawData) = ((int)DataType.Float16, ByteString.CopyFrom(0x00, 0x3e, 0x00, 0xb4));
                break;
            case "half field":
                tensor.DataType = (int)DataType.Float16;
                tensor.Int32Data.AddRange([0x3e00, 0xb400]);
                break;
            case "bfloat raw":
                (tensor.DataType, tensor.RawData) = ((int)DataType.Bfloat16, ByteString.CopyFrom(0xc0, 0x3f, 0x80, 0xbe));
                break;
            default:
                tensor.DataType = (int)DataType.Bfloat16;
                tensor.Int32Data.AddRange([0x3fc0, 0xbe80]);
                break;
        }

        return tensor;
    }
}
