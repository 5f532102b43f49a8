using BasinVolume.Onnx.Tests.Harness;

namespace BasinVolume.Onnx.Tests.Translators;

/// <summary>Each operator, and each attribute of it that means something, against ONNX Runtime on the same file.</summary>
public sealed class OperatorTests
{
    private const double SingleRounding = 1e-5;

    // Every case ends in y, whatever its shape; inputs are images [2, 6, 5] where nothing else is said.
    private static readonly Dictionary<string, ModelBuilder> Cases = new()
    {
        ["conv uneven pads"] = Conv([3, 2, 3, 2], "x w b", ("pads", (int[])[1, 0, 2, 1]), ("strides", (int[])[2, 1]), ("dilations", (int[])[1, 2])),
        ["conv same upper"] = Conv([3, 2, 2, 2], "x w", ("auto_pad", "SAME_UPPER"), ("strides", (int[])[2, 3])),
        ["conv same lower"] = Conv([3, 2, 2, 4], "x w", ("auto_pad", "SAME_LOWER"), ("strides", (int[])[1, 2])),
        ["conv valid"] = Conv([3, 2, 3, 3], "x w", ("auto_pad", "VALID")),
        ["conv groups"] = Conv([4, 1, 2, 2], "x w", ("group", 2)),
        ["conv line"] = new ModelBuilder(2, 7).Floats("w", [3, 2, 3], Outputs.Weights(18))
            .Node("Conv", "x w", "y", ("pads", (int[])[1, 2]), ("strides", (int[])[2])),
        ["max-pool ceil dilated"] = Image().Node(
            "MaxPool", "x", "y", ("kernel_shape", (int[])[2, 2]), ("strides", (int[])[2, 2]), ("ceil_mode", 1), ("dilations", (int[])[1, 2])),
        ["max-pool same"] = Image().Node("MaxPool", "x", "y", ("kernel_shape", (int[])[2, 2]), ("strides", (int[])[2, 2]), ("auto_pad", "SAME_UPPER")),
        ["average-pool counted"] = Image().Node(
            "AveragePool", "x", "y", ("kernel_shape", (int[])[3, 2]), ("pads", (int[])[1, 0, 1, 1]), ("count_include_pad", 1)),
        ["average-pool uncounted"] = Image().Node("AveragePool", "x", "y", ("kernel_shape", (int[])[3, 2]), ("pads", (int[])[1, 0, 1, 1])),
        ["global average"] = Image().Node("GlobalAveragePool", "x", "y"),
        ["mean over rows"] = Image().Node("ReduceMean", "x", "y", ("axes", (int[])[2]), ("keepdims", 0)),
        ["mean over channels"] = Image().Node("ReduceMean", "x", "y", ("axes", (int[])[1, -1])),
        ["mean, axes an input"] = Image().Opset(18).Integers("a", 3).Node("ReduceMean", "x a", "y"),
        ["gemm factors"] = new ModelBuilder(3).Floats("w", [3, 2], Outputs.Weights(6)).Floats("b", [2], 1, -2)
            .Node("Gemm", "x w b", "y", ("alpha", 0.5), ("beta", 2.0)),
        ["gemm turned, one for all"] = new ModelBuilder(3).Floats("w", [2, 3], Outputs.Weights(6)).Floats("b", [1, 2], 1, -2)
            .Node("Gemm", "x w b", "y", ("transB", 1)),
        ["matmul on rows"] = new ModelBuilder(4, 3).Floats("w", [3, 2], Outputs.Weights(6)).Floats("b", [2], 1, -2)
            .Node("MatMul", "x w", "h").Node("Add", "b h", "y"),
        ["normalised input"] = Image().Floats("m", [1, 2, 1, 1], 0.1f, 0.2f).Floats("s", [2, 1, 1], 2, 4)
            .Node("Sub", "x m", "h").Node("Div", "h s", "y"),
        ["constant minus"] = Image().Floats("c", [], 1.5f).Node("Sub", "c x", "h").Node("Neg", "h", "y"),
        ["difference"] = Image().Node("Relu", "x", "h").Node("Sub", "x h", "y"),
        ["sum of three"] = Image().Floats("c", [5], 1, 2, 3, 4, 5).Node("Relu", "x", "h").Node("Sum", "x h c x", "y"),
        ["product"] = Image().Node("Tanh", "x", "h").Node("Mul", "x h", "y"),
        ["square and cube"] = Image().Floats("two", [], 2).Floats("three", [], 3).Node("Pow", "x two", "h").Node("Pow", "h three", "y"),
        ["leaky"] = Image().Node("LeakyRelu", "x", "y", ("alpha", 0.01)),
        ["elu"] = Image().Node("Elu", "x", "y"),
        ["softplus"] = Image().Node("Softplus", "x", "y"),
        ["silu"] = Image().Node("Sigmoid", "x", "s").Node("Mul", "s x", "y"),
        ["gelu"] = Image().Opset(20).Node("Gelu", "x", "y"),
        ["gelu-tanh"] = Image().Opset(20).Node("Gelu", "x", "y", ("approximate", "tanh")),
        ["gelu parts, half first"] = Image().Floats("r", [], 0.70710677f).Floats("one", [1], 1).Floats("half", [], 0.5f)
            .Node("Mul", "x half", "h").Node("Mul", "x r", "a").Node("Erf", "a", "e").Node("Add", "one e", "p").Node("Mul", "p h", "y"),
        ["softmax before 13"] = Image().Opset(11).Node("Softmax", "x", "s").Node("Flatten", "s", "y"),
        ["softmax along channels"] = Image().Node("Softmax", "x", "y", ("axis", 1)),
        ["transpose"] = Image().Node("Transpose", "x", "y", ("perm", (int[])[0, 2, 1, 3])),
        ["concat along columns"] = Image().Node("Relu", "x", "h").Node("Concat", "x h", "y", ("axis", 3)),
        ["slice from the end"] = Image().Integers("s", -3).Integers("e", long.MaxValue).Integers("a", 2).Node("Slice", "x s e a", "y"),
        ["slice, attributes"] = Image().Opset(9).Node("Slice", "x", "y", ("starts", (int[])[1]), ("ends", (int[])[3]), ("axes", (int[])[3])),
        ["split"] = Image().Integers("parts", 1, 4).Node("Split", "x parts", "a y", ("axis", 3)),
        ["gather one"] = Image().Tensor(Outputs.Whole("i", -1)).Node("Gather", "x i", "y", ("axis", 2)),
        ["batch normalisation"] = Image().Floats("g", [2], 1, 2).Floats("b", [2], 3, 4).Floats("m", [2], 0.1f, 0.2f).Floats("v", [2], 0.5f, 2)
            .Node("BatchNormalization", "x g b m v", "y", ("epsilon", 0.01)),
        ["layer normalisation"] = Image().Opset(17).Floats("g", [6, 5], Outputs.Weights(30)).Node("LayerNormalization", "x g", "y", ("axis", 2)),
        ["masked"] = Image().Tensor(Outputs.Truths("c", [5], 1, 0, 0, 1, 0)).Floats("n", [], -7).Node("Where", "c n x", "y"),
        ["squeeze and unsqueeze"] = Image().Integers("a", 1, -1).Node("Unsqueeze", "x a", "h").Node("Relu", "h", "r").Node("Squeeze", "r a", "y"),
        ["shape arithmetic"] = Image().Integers("zero", 0).Integers("rest", -1).Integers("two", 2)
            .Node("Shape", "x", "s").Node("Gather", "s zero", "n").Node("Mul", "n two", "d").Node("Div", "d two", "n2")
            .Node("Concat", "n2 rest", "to", ("axis", 0)).Node("Reshape", "x to", "y"),
        ["zeros around, then a convolution"] = Image().Integers("p", 0, 0, 1, 0, 0, 0, 2, 1).Floats("w", [1, 2, 2, 2], Outputs.Weights(8))
            .Node("Pad", "x p", "h").Node("Conv", "h w", "y"),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    // A factor of each element behind it, and a linear layer, so that there are parameters, and an output of two.
    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_what_ONNX_Runtime_computes(string name)
    {
        ModelBuilder model = Cases[name];
        int[] sample = model.Sample;
        double[] samples = Outputs.Samples(2 * sample.Aggregate(1, (product, size) => product * size));
        double[] raw = Outputs.OfRuntime(model.EndOnce("y"), samples, sample);
        int size = raw.Length / 2;
        byte[] whole = model.Floats("head", [size, 2], Outputs.Weights(2 * size, seed: 9))
            .Node("Flatten", "y", "flat").Node("MatMul", "flat head", "out").EndOnce("out");
        ImportedNetwork imported = OnnxImport.Read(whole, name, new ImportOptions { Loss = ImportLoss.MeanSquared });
        Outputs.AssertClose(Outputs.OfRuntime(whole, samples, sample), Outputs.Of(imported, samples), SingleRounding);
    }

    private static ModelBuilder Image() => new(2, 6, 5);

    private static ModelBuilder Conv(int[] kernel, string inputs, params (string, object)[] attributes)
        => Image().Floats("w", kernel, Outputs.Weights(kernel.Aggregate(1, (product, size) => product * size)))
            .Floats("b", [kernel[0]], Outputs.Weights(kernel[0])).Node("Conv", inputs, "y", attributes);
}
