using BasinVolume.Interop;
using BasinVolume.Onnx.Tests.Harness;

namespace BasinVolume.Onnx.Tests.Translators;

/// <summary>What is not understood is refused by the name of its operator and its node.</summary>
public sealed class RefusalTests
{
    private static readonly Dictionary<string, (ModelBuilder Model, string Reason)> Cases = new()
    {
        ["unknown operator"] = (Image().Node("Selu", "x", "y"), "the operator Selu (node 'Selu_0'), which is not taken"),
        ["unknown domain"] = (Domain("com.example"), "the operator com.example.Relu (node 'Relu_0')"),
        ["unknown attribute"] = (Image().Node("Relu", "x", "y", ("slope", 2.0)), "Relu (node 'Relu_0'), whose attribute 'slope' is not known"),
        ["slope"] = (Image().Node("LeakyRelu", "x", "y", ("alpha", 0.2)), "with alpha 0.2, and only 0.01 is taken"),
        ["slope of elu"] = (Image().Node("Elu", "x", "y", ("alpha", 0.5)), "with alpha 0.5"),
        ["error function alone"] = (Image().Node("Erf", "x", "y"), "the operator Erf (node 'Erf_0'), which is taken only as a part"),
        ["root alone"] = (Image().Node("Sqrt", "x", "y"), "the operator Sqrt (node 'Sqrt_0')"),
        ["batch moved"] = (Image().Node("Transpose", "x", "y", ("perm", (int[])[1, 0, 2, 3])), "moves the axis of the samples"),
        ["batch merged"] = (Image().Integers("to", -1, 5).Node("Reshape", "x to", "y"), "does not keep samples apart"),
        ["mean over samples"] = (Image().Node("ReduceMean", "x", "y", ("axes", (int[])[0])), "along the axis of the samples"),
        ["training"] = (Image().Opset(14).Floats("g", [2], 1, 1).Node("BatchNormalization", "x g g g g", "y", ("training_mode", 1)), "in training mode"),
        ["padding that is no zero"] = (Image().Integers("p", 0, 0, 1, 1, 0, 0, 1, 1).Floats("v", [], 2).Node("Pad", "x p v", "y"), "something else than zeros"),
        ["zeros around a pool of largest"] = (
            Image().Integers("p", 0, 0, 1, 1, 0, 0, 1, 1).Node("Pad", "x p", "h").Node("MaxPool", "h", "y", ("kernel_shape", (int[])[3, 3])),
            "the operator Pad (node 'Pad_0'), which is taken only before a convolution"),
        ["constant on the left"] = (Image().Floats("w", [6, 6], Outputs.Weights(36)).Node("MatMul", "w x", "y"), "the constant on the left"),
        ["rounding"] = (Image().Node("Cast", "x", "h", ("to", 7)).Node("Cast", "h", "y", ("to", 1)), "to Int64, whose rounding"),
        ["mask of dropout"] = (Image().Node("Dropout", "x", "h m").Node("Cast", "m", "y", ("to", 1)), "an output that is not taken"),
        ["logarithm in the middle"] = (Image().Node("LogSoftmax", "x", "h").Node("Relu", "h", "y"), "the operator LogSoftmax (node 'LogSoftmax_0')"),
        ["values of unequal shapes"] = (Image().Node("GlobalAveragePool", "x", "h").Node("Mul", "x h", "y"), "of unequal shapes, [2, 6, 5] and [2, 1, 1]"),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_refused(string name)
    {
        (ModelBuilder model, string reason) = Cases[name];
        byte[] file = model.Floats("head", [60, 2], Outputs.Weights(120)).Node("Flatten", "y", "flat").Node("MatMul", "flat head", "out").EndOnce("out");
        string message = Assert.Throws<DataException>(() => OnnxImport.Read(file, "net.onnx", new())).Message;
        Assert.StartsWith("net.onnx has the operator", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_are_used_in_two_ways_are_refused()
    {
        byte[] file = new ModelBuilder(2).Floats("w", [2, 2], 1, 2, 3, 4)
            .Node("MatMul", "x w", "h").Node("Transpose", "w", "same").Node("MatMul", "h same", "y").End("y");
        Assert.Contains("uses 'w' twice", Assert.Throws<DataException>(() => OnnxImport.Read(file, "net.onnx", new())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_output_needs_a_loss()
    {
        byte[] file = new ModelBuilder(2).Floats("w", [2, 1], 1, 2).Node("MatMul", "x w", "y").End("y");
        Assert.Contains("--loss", Assert.Throws<DataException>(() => OnnxImport.Read(file, "net.onnx", new())).Message, StringComparison.Ordinal);
    }

    private static ModelBuilder Image() => new(2, 6, 5);

    private static ModelBuilder Domain(string domain)
    {
        ModelBuilder model = Image().Node("Relu", "x", "y");
        model.Graph.Node[0].Domain = domain;
        return model;
    }
}
