using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Onnx.Tests.Harness;

namespace BasinVolume.Onnx.Tests.Writing;

/// <summary>What is written is read again: the same loss to the last bit, the same names; and ONNX Runtime computes the same outputs.</summary>
public sealed class RoundTripTests
{
    private static readonly Dictionary<string, Network> Networks = new()
    {
        ["mlp"] = Build(new(5), network => network.Linear("a", 4).Relu().Linear("b", 3, bias: false).LeakyRelu().Linear("c", 2).SoftmaxLoss()),
        ["lenet"] = Build(new(1, 12, 12), network => network
            .Convolution("c1", 3, 5, padding: 2).Relu().MaxPool(2).Convolution("c2", 4, 3).Tanh().AveragePool(2).Flatten().Linear("f", 3).SoftmaxLoss()),
        ["sides"] = Build(new(4, 9, 7), network => network
            .Convolution("a", 4, new Window(3, 2, 0, 2), new Window(2, 1, 1, 0, 2), groups: 2).Elu()
            .MaxPool(new Window(2, 2) { Ceil = true }, new Window(3, 1, 1, 1)).Convolution("b", 2, new Window(1), new Window(3, 1, 1, 1), bias: false)
            .AveragePool(new Window(2, 1, 1, 1), new Window(3, 2, 1, 1), countPadding: false).Flatten().Linear("f", 2).SoftmaxLoss()),
        ["ceiling"] = Build(new(1, 6, 7), network => network
            .AveragePool(new Window(3, 2) { Ceil = true }, new Window(2, 2) { Ceil = true }).Flatten().Linear("f", 2).MeanSquaredLoss()),
        ["activations"] = Build(new(6), network => network
            .Linear("a", 6).Sigmoid().Linear("b", 6).Softplus().Linear("c", 6).Silu().Linear("d", 6).Gelu().Linear("e", 6).GeluTanh().Linear("f", 2)
            .MeanSquaredLoss(SquaredMean.OverSamples)),
        ["branches"] = Build(new(2, 4, 4), network => network
            .Convolution("a", 2, 3, padding: 1).As("one").Relu().Convolution("b", 2, 3, padding: 1).Sum("one", "one").As("two").Scale("s").Bias("t")
            .Concatenation("two").As("three").Product("three").Flatten().Linear("f", 2).SoftmaxLoss()),
        ["normalised"] = Build(new(3, 4, 4), network => network
            .Affine(new(0.5), new(new Shape(3, 1, 1), [0.1, 0.2, 0.3])).Convolution("c", 3, 3, bias: false)
            .BatchNormalization("n", 1e-5, [0.1, -0.2, 0.3], [0.5, 1.5, 2]).Relu().Convolution("d", 2, 1).BatchNormalization("m", 1.0 / 3, [0.1, 0.2], [1, 2])
            .GlobalAveragePool().Linear("f", 1).BinaryCrossEntropyLoss()),
        ["rows"] = Build(new(3, 4), network => network
            .Linear("a", 4).LayerNormalization("n").Gelu().Positions("p").Transpose(1, 0).Linear("b", 3, bias: false)
            .LayerNormalization("m", 2, 1.0 / 7, bias: false).Slice(0, 1, 3).Softmax(1).Reshape(new Shape(3, 3))
            .LayerNormalization("o", 1, 0.125, weight: false).Flatten().Linear("f", 2).SoftmaxLoss()),
        ["attention"] = Build(new(4, 6), network => network
            .As("x").Linear("q", 6).Reshape(new Shape(4, 2, 3)).Transpose(1, 0, 2).As("q")
            .From("x").Linear("k", 6).Reshape(new Shape(4, 2, 3)).Transpose(1, 0, 2).As("k")
            .From("x").Linear("v", 6).Reshape(new Shape(4, 2, 3)).Transpose(1, 0, 2).As("v")
            .From("q").MatrixProduct("k", transposeSecond: true, factor: 1 / Math.Sqrt(3)).CausalMask().Softmax(2).MatrixProduct("v")
            .Transpose(1, 0, 2).Reshape(new Shape(4, 6)).Linear("o", 6).Sum("x").Linear("f", 3).SoftmaxLoss()),
        ["tied"] = Build(new(5), network => network
            .Embedding("e", 4, 4).Linear("a", 4).Tanh().Linear("b", 4, bias: false).Linear("head", 4, bias: false).Tie("b.weight", "a.weight")
            .Tie("head.weight", "e.weight").SoftmaxLoss()),
        ["parameters first"] = Build(new(2, 3), network => network
            .Scale("s").Bias("t").Relu().Positions("p").Flatten().Linear("a", 1).Scale("u").Bias("v").Linear("f", 2).SoftmaxLoss()),
        ["tokens"] = Build(new(5), network => network.Embedding("e", 7, 4).Positions("p").Linear("a", 4).Silu().Flatten().Linear("f", 2).SoftmaxLoss()),
    };

    public static TheoryData<string> Names => [.. Networks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_network_comes_back(string name)
    {
        Network network = Networks[name];
        double[] weights = Outputs.Samples(network.ParameterCount, seed: 3);
        ImportedNetwork back = OnnxImport.Read(OnnxExport.Bytes(network, weights, new ExportOptions { Precision = ExportPrecision.Float64 }), name, new());
        Assert.Equal(network.Parameters.Select(Told), back.Network.Parameters.Select(Told));
        Assert.Equal(network.Input, back.Network.Input);
        Assert.Equal(network.Loss.ToString(), back.Network.Loss.ToString());
        Assert.Equal(weights, back.Weights);
        Assert.All(back.Tensors, tensor => Assert.Null(tensor.Change));
        Assert.Equal(LossOf(network, weights), LossOf(back.Network, back.Weights));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ONNX_Runtime_computes_the_same(string name)
    {
        Network network = Networks[name];
        double[] weights = Outputs.Samples(network.ParameterCount, seed: 3), samples = SamplesOf(network);
        byte[] file = OnnxExport.Bytes(network, weights);
        double[] expected = Outputs.OfRuntime(file, samples, [.. network.Input.Dimensions]);
        Outputs.AssertClose(expected, Outputs.Of(new ImportedNetwork(network, weights, [], []), samples), 1e-5);
    }

    [Fact]
    public void What_float32_cannot_hold_is_refused()
        => Assert.Contains(
            "a.bias has 1E+300 at index 1",
            Assert.Throws<NetworkException>(() => OnnxExport.Bytes(Build(new(1), network => network.Linear("a", 2).SoftmaxLoss()), [1, 2, 3, 1e300])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Every_operator_is_in_one_of_these_networks()
    {
        IEnumerable<Type> written = Networks.Values.SelectMany(network => network.Nodes).Select(node => Plain(node.Operator.GetType()));
        IEnumerable<Type> all = typeof(Operator).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Operator)) && !type.IsAbstract);
        // A tensor that nothing takes stays in the file, and no operator does.
        Assert.Equal(
            all.Where(type => type != typeof(Unused) && !type.IsSubclassOf(typeof(Loss))).Select(type => type.Name).Order(),
            written.Where(type => !type.IsSubclassOf(typeof(Loss))).Select(type => type.Name).Distinct().Order());
    }

    private static (string Name, Shape Shape) Told(Parameter parameter) => (parameter.Name, parameter.Shape);

    private static Type Plain(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    private static Network Build(Shape input, Func<NetworkBuilder, NetworkBuilder> layers) => layers(new NetworkBuilder(input)).Build();

    private static double[] SamplesOf(Network network)
        => network.TokenCount == 0
            ? Outputs.Samples(3 * network.Input.Size)
            : [.. Enumerable.Range(0, 3 * network.Input.Size).Select(i => (double)(i * 5 % network.TokenCount))];

    private static double LossOf(Network network, double[] weights)
    {
        var inputs = new Matrix(3, network.Input.Size, SamplesOf(network));
        ISamples samples = network.Loss.TakesLabels
            ? new MatrixSamples(inputs, [.. Enumerable.Range(0, 3 * network.Loss.LabelsPerSample).Select(i => i % network.Loss.LabelCount)])
            : new MatrixSamples(inputs, new Matrix(3, network.Loss.TargetLength, [.. Enumerable.Range(0, 3 * network.Loss.TargetLength).Select(i => i % 2.0)]));
        using var device = new HostDevice(threads: 1);
        using var plan = new Plan<double>(network, device);
        plan.SetParameters(weights);
        return Evaluation.Compute(plan, samples).Loss;
    }
}
