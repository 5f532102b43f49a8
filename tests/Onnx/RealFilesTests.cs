using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Onnx.Tests.Harness;

namespace BasinVolume.Onnx.Tests;

/// <summary>Files that are put together as those of docs/onnx.md are, with numbers of our own: exporters' habits, each once.</summary>
public sealed class RealFilesTests
{
    // As PyTorch 1.3 wrote LeNet-5: a constant shape, a softmax at the end, a fixed batch of ten.
    [Fact]
    public void A_LeNet_of_torch_is_our_LeNet()
    {
        var model = new ModelBuilder(10, [1, 28, 28]).Opset(9);
        (string, object)[] pool = [("kernel_shape", (int[])[2, 2]), ("pads", (int[])[0, 0, 0, 0]), ("strides", (int[])[2, 2])];
        Parameter(model, "conv1", 6, 1, 5, 5)
            .Node("Conv", "x conv1.weight conv1.bias", "11", ("kernel_shape", (int[])[5, 5]), ("pads", (int[])[2, 2, 2, 2]), ("group", 1))
            .Node("Relu", "11", "12").Node("MaxPool", "12", "13", pool);
        Parameter(model, "conv2", 16, 6, 5, 5)
            .Node("Conv", "13 conv2.weight conv2.bias", "14", ("kernel_shape", (int[])[5, 5]), ("dilations", (int[])[1, 1]))
            .Node("Relu", "14", "15").Node("MaxPool", "15", "16", pool).Integers("17", -1, 400).Node("Reshape", "16 17", "18");
        Parameter(model, "fc1", 120, 400).Node("Gemm", "18 fc1.weight fc1.bias", "19", ("transB", 1)).Node("Relu", "19", "20");
        Parameter(model, "fc2", 84, 120).Node("Gemm", "20 fc2.weight fc2.bias", "21", ("transB", 1)).Node("Relu", "21", "22");
        byte[] file = Parameter(model, "fc3", 10, 84)
            .Node("Gemm", "22 fc3.weight fc3.bias", "23", ("transB", 1)).Node("Softmax", "23", "y", ("axis", 1)).End("y", 10);
        ImportedNetwork imported = OnnxImport.Read(file, "lenet.onnx", new());
        Network own = new NetworkBuilder(new Shape(1, 28, 28))
            .Convolution("conv1", channels: 6, kernel: 5, padding: 2).Relu().MaxPool(2).Convolution("conv2", channels: 16, kernel: 5).Relu().MaxPool(2)
            .Flatten().Linear("fc1", 120).Relu().Linear("fc2", 84).Relu().Linear("fc3", 10).SoftmaxLoss().Build();
        Assert.Equal(61706, imported.Network.ParameterCount);
        Assert.Equal(own.Parameters.Select(parameter => parameter.ToString()), imported.Network.Parameters.Select(parameter => parameter.ToString()));
        Assert.Equal(own.Nodes.Select(node => node.Operator.Description), imported.Network.Nodes.Select(node => node.Operator.Description));
        double[] samples = Outputs.Samples(10 * 784);
        Assert.Equal(Outputs.Of(new ImportedNetwork(own, imported.Weights, [], []), samples), Outputs.Of(imported, samples));
        Assert.Equal("Softmax", imported.TakenOff);
        Assert.Contains(imported.Notes, note => note.Contains("Softmax", StringComparison.Ordinal));
    }

    // As CNTK wrote mnist-8: paddings by name, biases as sums behind the convolutions, a weight of four dimensions that is reshaped.
    [Fact]
    public void Weights_that_are_reshaped_on_their_way_are_parameters()
    {
        byte[] file = new ModelBuilder(1, [1, 12, 12]).Opset(8)
            .Floats("k", [2, 1, 5, 5], Outputs.Weights(50)).Floats("kb", [2, 1, 1], 0.1f, 0.2f)
            .Floats("w", [2, 6, 6, 3], Outputs.Weights(216)).Floats("b", [1, 3], 1, 2, 3)
            .Node("Conv", "x k", "c", ("auto_pad", "SAME_UPPER"), ("kernel_shape", (int[])[5, 5]), ("group", 1)).Node("Add", "c kb", "p").Node("Relu", "p", "r")
            .Node("MaxPool", "r", "m", ("kernel_shape", (int[])[2, 2]), ("strides", (int[])[2, 2]), ("pads", (int[])[0, 0, 0, 0]), ("auto_pad", "NOTSET"))
            .Integers("s1", 1, 72).Integers("s2", 72, 3).Node("Reshape", "m s1", "f").Node("Reshape", "w s2", "w2")
            .Node("MatMul", "f w2", "t").Node("Add", "t b", "y").End("y", 3);
        ImportedNetwork imported = OnnxImport.Read(file, "mnist-8.onnx", new());
        Assert.Equal(
            [("k.weight", "k", null), ("k.bias", "kb", "reshaped"), ("w.weight", "w", "transposed"), ("w.bias", "b", "reshaped")],
            imported.Tensors.Select(tensor => (tensor.Name, tensor.Source, tensor.Change)));
        double[] samples = Outputs.Samples(144);
        Outputs.AssertClose(Outputs.OfRuntime(file, samples, 1, 12, 12), Outputs.Of(imported, samples), 1e-5);
    }

    // As tf2onnx writes: channels last, taken off at the beginning, and turned back before they are flattened.
    [Fact]
    public void Channels_go_first()
    {
        byte[] file = new ModelBuilder(5, 4, 3).Opset(9)
            .Floats("conv/Conv2D/ReadVariableOp:0", [2, 3, 2, 2], Outputs.Weights(24)).Floats("dense/MatMul/ReadVariableOp:0", [24, 2], Outputs.Weights(48))
            .Node("Transpose", "x", "t", ("perm", (int[])[0, 3, 1, 2])).Node("Conv", "t conv/Conv2D/ReadVariableOp:0", "c").Node("Relu", "c", "r")
            .Node("Transpose", "r", "u", ("perm", (int[])[0, 2, 3, 1])).Integers("to", -1, 24).Node("Reshape", "u to", "f")
            .Node("MatMul", "f dense/MatMul/ReadVariableOp:0", "y").End("y", 2);
        ImportedNetwork imported = OnnxImport.Read(file, "keras.onnx", new());
        Assert.Equal((new Shape(3, 5, 4), new Shape(5, 4, 3)), (imported.Network.Input, imported.FileInput));
        Assert.Equal(["conv.weight", "dense.weight"], imported.Tensors.Select(tensor => tensor.Name));
        double[] samples = Outputs.Samples(60);
        double[] turned = [.. Enumerable.Range(0, 60).Select(i => samples[(i % 20 * 3) + (i / 20)])];
        Outputs.AssertClose(Outputs.OfRuntime(file, samples, 5, 4, 3), Outputs.Of(imported, turned), 1e-5);
    }

    // As PyTorch 2.9 writes: the shape from that of the input.
    [Fact]
    public void A_batch_may_have_a_name_and_go_through_shapes()
    {
        byte[] file = new ModelBuilder(1, 4, 4).Opset(20)
            .Floats("conv1.weight", [2, 1, 3, 3], Outputs.Weights(18)).Floats("fc1.weight", [3, 8], Outputs.Weights(24))
            .Node("Shape", "x", "val_0", ("start", 0), ("end", 1))
            .Node("Conv", "x conv1.weight", "conv2d", ("auto_pad", "NOTSET"), ("pads", (int[])[0, 0, 0, 0]))
            .Node("Relu", "conv2d", "relu").Integers("val_3", -1).Node("Concat", "val_0 val_3", "val_4", ("axis", 0))
            .Node("Reshape", "relu val_4", "view", ("allowzero", 1))
            .Node("Gemm", "view fc1.weight", "y", ("transB", 1), ("transA", 0), ("alpha", 1.0), ("beta", 1.0)).End("y", 3);
        ImportedNetwork imported = OnnxImport.Read(file, "dynamo.onnx", new());
        Assert.Equal(["conv1.weight", "fc1.weight"], imported.Network.Parameters.Select(parameter => parameter.Name));
        Assert.All(imported.Tensors, tensor => Assert.Null(tensor.Change));
    }

    // A weight that two layers share is one parameter.
    [Fact]
    public void A_weight_that_is_used_twice_is_tied()
    {
        byte[] file = new ModelBuilder(2).Floats("w", [2, 2], 1, 2, 3, 4)
            .Node("MatMul", "x w", "h").Node("Identity", "w", "same").Node("MatMul", "h same", "y").End("y", 2);
        ImportedNetwork imported = OnnxImport.Read(file, "tied.onnx", new());
        Assert.Equal([1, 3, 2, 4], imported.Weights);
        Assert.Single(imported.Network.TiedUses);
        Assert.Contains(imported.Notes, note => note.Contains("tied to w.weight", StringComparison.Ordinal));
        // (1, 1) W W.
        Outputs.AssertClose([22, 32], Outputs.Of(imported, [1, 1]), 1e-15);
    }

    // Folding is asked for, and said; the outputs are the same.
    [Fact]
    public void Batch_normalisation_is_folded_on_request_alone()
    {
        byte[] file = new ModelBuilder(1, 4, 4)
            .Floats("c.weight", [2, 1, 3, 3], Outputs.Weights(18)).Floats("c.bias", [2], 1, 2).Floats("n.weight", [2], 0.5f, 2)
            .Floats("n.bias", [2], 3, 4).Floats("m", [2], 0.1f, 0.2f).Floats("v", [2], 0.5f, 2).Floats("f.weight", [2, 8], Outputs.Weights(16))
            .Node("Conv", "x c.weight c.bias", "h").Node("BatchNormalization", "h n.weight n.bias m v", "b").Node("Flatten", "b", "f")
            .Node("Gemm", "f f.weight", "y", ("transB", 1)).End("y", 2);
        ImportedNetwork plain = OnnxImport.Read(file, "bn.onnx", new()), folded = OnnxImport.Read(file, "bn.onnx", new() { FoldsBatchNormalization = true });
        Assert.Equal(["c.weight", "c.bias", "n.weight", "n.bias", "f.weight"], plain.Tensors.Select(tensor => tensor.Name));
        Assert.Equal(["c.weight", "c.bias", "f.weight"], folded.Tensors.Select(tensor => tensor.Name));
        Assert.Contains(folded.Notes, note => note.Contains("folded", StringComparison.Ordinal));
        double[] samples = Outputs.Samples(48);
        Outputs.AssertClose(Outputs.Of(plain, samples), Outputs.Of(folded, samples), 1e-14);
        Assert.Contains(plain.Network.Nodes, node => node.Operator is FixedStandardization);
    }

    private static ModelBuilder Parameter(ModelBuilder model, string name, params int[] dims)
        => model.Floats($"{name}.weight", dims, Outputs.Weights(dims.Aggregate(1, (product, size) => product * size)))
            .Floats($"{name}.bias", [dims[0]], Outputs.Weights(dims[0], seed: 5));
}
