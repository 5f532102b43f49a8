using BasinVolume.Autodiff.Descriptions;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Operators;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Tests.Descriptions;

public class NetworkDescriptionTests
{
    // Every type of layer with every property that it can have.
    private const string Everything = """
        {
          // as in docs/networks.md
          "input": [2, 7, 6],
          "layers": [
            { "type": "convolution", "name": "a", "channels": 2, "kernel": 3, "stride": 1, "padding": 1, "dilation": 1, "bias": false, "as": "a" },
            { "type": "gelu" }, { "type": "gelu-tanh" }, { "type": "silu" }, { "type": "relu" }, { "type": "leaky-relu" },
            { "type": "convolution", "name": "b", "channels": 2, "kernel": 3, "padding": 1 },
            { "type": "scale", "name": "s" },
            { "type": "sum", "with": ["a"], "as": "sum" },
            { "type": "average-pool", "size": 3, "stride": 2, "padding": 1 },
            { "type": "bias", "name": "p" }, { "type": "tanh" }, { "type": "sigmoid" }, { "type": "softplus" }, { "type": "elu" },
            { "type": "reshape", "shape": [3, 2, 4], "as": "pooled" },
            { "from": "sum", "type": "max-pool", "size": 3, "stride": 2, "padding": 1 },
            { "type": "unused", "name": "extra", "shape": [3] },
            { "type": "reshape", "shape": [3, 2, 4] },
            { "type": "concatenation", "with": ["pooled", "pooled"], "as": "joined" },
            { "type": "batch-normalization", "name": "bn", "epsilon": 0.001 },
            { "type": "affine", "scale": 2, "shift": { "shape": [4], "values": [0, 1, 2, "-Infinity"] } },
            { "type": "product", "with": ["joined"] },
            { "type": "matrix-product", "with": "joined", "transposeFirst": false, "transposeSecond": true, "factor": 0.5 },
            { "type": "transpose", "axes": [2, 0, 1] },
            { "type": "slice", "axis": 1, "first": 2, "count": 4 },
            { "type": "layer-normalization", "name": "n", "dimensions": 2, "epsilon": 0.01, "weight": true, "bias": false },
            { "type": "softmax", "axis": 0 },
            { "type": "causal-mask" },
            { "type": "softmax", "axis": 2 },
            { "type": "positions", "name": "where" },
            { "type": "flatten" },
            { "type": "linear", "name": "c", "outputs": 3, "bias": false },
            { "type": "mean-squared-loss", "mean": "samples" },
          ],
        }
        """;

    [Fact]
    public void A_description_says_what_the_builder_says()
    {
        Network expected = new NetworkBuilder(new Shape(2, 7, 6))
            .Convolution("a", 2, 3, padding: 1, bias: false)
                .As("a")
                .Gelu()
                .GeluTanh()
                .Silu()
                .Relu()
                .LeakyRelu()
                .Convolution("b", 2, 3, padding: 1)
                .Scale("s")
                .Sum("a")
                .As("sum")
            .AveragePool(3, stride: 2, padding: 1).Bias("p").Tanh().Sigmoid().Softplus().Elu().Reshape(new Shape(3, 2, 4)).As("pooled")
            .From("sum").MaxPool(3, stride: 2, padding: 1).Unused("extra", new Shape(3)).Reshape(new Shape(3, 2, 4))
            .Concatenation("pooled", "pooled").As("joined")
            .BatchNormalization("bn", 1e-3).Affine(new(2), new(new Shape(4), [0, 1, 2, double.NegativeInfinity]))
            .Product("joined").MatrixProduct("joined", transposeSecond: true, factor: 0.5).Transpose(2, 0, 1).Slice(1, 2, 4)
            .LayerNormalization("n", 2, 0.01, bias: false).Softmax(0).CausalMask().Softmax(2).Positions("where")
            .Flatten().Linear("c", 3, bias: false).MeanSquaredLoss(SquaredMean.OverSamples).Build();
        Network actual = NetworkDescription.Parse(Everything, "a test");
        Assert.Equal(expected.Values, actual.Values);
        Assert.Equal(expected.Parameters.Select(parameter => parameter.ToString()), actual.Parameters.Select(parameter => parameter.ToString()));
        Assert.Equal(expected.Nodes.Select(Text), actual.Nodes.Select(Text));
        Assert.Equal(SquaredMean.OverSamples, Assert.IsType<MeanSquaredLoss>(actual.Loss).Mean);

        static string Text(Node node) => $"{node.Operator.Description} {string.Join(" ", node.Inputs)}";
    }

    [Fact]
    public void Sides_are_described_each_for_itself()
    {
        Network expected = new NetworkBuilder(new Shape(2, 9, 8))
            .Convolution("a", 4, new Window(3, 2, 1, 3, 1), new Window(5, 1, 2, 4, 2), groups: 2, bias: false)
            .MaxPool(new Window(2, 1, 1, 1, 2) { Ceil = true }, new Window(3, 3, 0, 0, 1) { Ceil = true })
            .AveragePool(new Window(3, 3, 1, 1) { Ceil = true }, new Window(2, 2, 1, 1) { Ceil = true }, countPadding: false)
            .GlobalAveragePool().BinaryCrossEntropyLoss().Build();
        Network actual = NetworkDescription.Parse(
            """
            { "input": [2, 9, 8], "layers": [
              { "type": "convolution", "name": "a", "channels": 4, "kernel": [3, 5], "stride": [2, 1], "padding": [1, 2, 3, 4], "dilation": [1, 2], "groups": 2,
                "bias": false },
              { "type": "max-pool", "size": [2, 3], "stride": [1, 3], "padding": [1, 0], "dilation": [2, 1], "ceil": true },
              { "type": "average-pool", "size": [3, 2], "padding": 1, "ceil": true, "countPadding": false },
              { "type": "global-average-pool" },
              { "type": "binary-cross-entropy-loss" } ] }
            """,
            "a test");
        Assert.Equal(expected.Values, actual.Values);
        Assert.Equal(expected.Nodes.Length, actual.Nodes.Length);
        Assert.All(expected.Nodes.Zip(actual.Nodes), pair => Assert.Equal(ShapeOf(pair.First.Operator), ShapeOf(pair.Second.Operator)));

        static object ShapeOf(Operator @operator) => @operator switch
        {
            Convolution convolution => convolution.Shape,
            MaxPool pool => pool.Shape,
            AveragePool pool => pool.Shape,
            Affine affine => string.Join(" ", affine.Constants),
            _ => @operator.Description,
        };
    }

    [Fact]
    public void A_description_of_tokens_says_what_the_builder_says()
    {
        Network expected = new NetworkBuilder(new Shape(6)).Embedding("e", 5, 4).Flatten().Linear("c", 3).Linear("d", 3).SoftmaxLoss()
            .Tie("d.bias", "c.bias").Build();
        Network actual = NetworkDescription.Parse(
            """
            {
              "input": [6],
              "layers": [
                { "type": "embedding", "name": "e", "vocabulary": 5, "width": 4 }, { "type": "flatten" },
                { "type": "linear", "name": "c", "outputs": 3 }, { "type": "linear", "name": "d", "outputs": 3 }, { "type": "softmax-loss" }
              ],
              "tied": { "d.bias": "c.bias" }
            }
            """,
            "a test");
        Assert.Equal(expected.Values, actual.Values);
        Assert.Equal(expected.Parameters.Select(parameter => parameter.ToString()), actual.Parameters.Select(parameter => parameter.ToString()));
        Assert.Equal(expected.TiedUses.Select(use => use.ToString()), actual.TiedUses.Select(use => use.ToString()));
        Assert.Equal(5, actual.TokenCount);
    }

    [Fact]
    public void Every_pointwise_function_can_be_described()
    {
        Type[] functions = [.. typeof(IPointwise).Assembly.GetTypes().Where(type => type.IsValueType && type.IsAssignableTo(typeof(IPointwise)))];
        string[] names = [.. functions.Select(function => (string)function.GetProperty(nameof(IPointwise.Name))!.GetValue(null)!)];
        Assert.Empty(names.Except(NetworkDescription.LayerTypes));
    }

    [Fact]
    public void Every_type_of_layer_is_in_that_description()
        => Assert.All(
            NetworkDescription.LayerTypes.Except(["softmax-loss", "binary-cross-entropy-loss", "global-average-pool", "embedding"]),
            type => Assert.Contains($"\"{type}\"", Everything, StringComparison.Ordinal));

    [Theory]
    [InlineData(
        """{ "input": [4], "layers": [ { "type": "linear", "name": "a", "outptus": 3 } ] }""",
        "layer 1 ('linear')", "'outptus'", "it takes name (must be there), outputs (must be there), bias")]
    [InlineData("""{ "input": [4], "layers": [ { "type": "linear", "name": "a" } ] }""", "layer 1 ('linear')", "lacks 'outputs'")]
    [InlineData("""{ "input": [4], "layers": [ { "type": "linear", "name": "a", "outputs": "3" } ] }""", "layer 1 ('linear')", "outputs", "wrong kind")]
    [InlineData("""{ "input": [4], "layers": [ { "type": "linear", "name": null, "outputs": 3 } ] }""", "layer 1 ('linear')", "name", "wrong kind")]
    [InlineData("""{ "input": [4], "layers": [ { "type": "dense" } ] }""", "layer 1", "'dense'", "convolution, linear")]
    [InlineData("""{ "input": [4], "layers": [ { "name": "a" } ] }""", "layer 1", "no 'type'")]
    [InlineData("""{ "input": [4], "layers": [ 3 ] }""", "layer 1", "no 'type'")]
    [InlineData("""{ "input": [4], "layers": [ { "type": "max-pool", "size": 2 } ] }""", "layer 1 ('max-pool')", "an image", "[4]")]
    [InlineData(
        """{ "input": [4], "layers": [ { "type": "tanh", "as": "t" }, { "type": "sum", "with": ["u"] } ] }""",
        "layer 2 ('sum')", "'u'", "'input', 't'")]
    [InlineData("""{ "input": [4], "layers": [ { "type": "tanh", "as": "input" } ] }""", "layer 1 ('tanh')", "Two values are called 'input'")]
    [InlineData("""{ "input": [4], "layers": [ { "type": "linear", "name": "a", "outputs": 3 } ] }""", "does not end in a loss")]
    [InlineData("""{ "input": [4], "layers": [ { "type": "softmax-loss" } ] }""", "no parameters")]
    [InlineData(
        """{ "input": [4], "layers": [ { "type": "linear", "name": "a", "outputs": 3 }, """
        + """{ "from": "input", "type": "linear", "name": "b", "outputs": 3 }, { "type": "softmax-loss" } ] }""",
        "Nothing uses the output of node 0 (Linear a)")]
    [InlineData(
        """{ "input": [4], "layers": [ { "type": "linear", "name": "a", "outputs": 4 }, """
        + """{ "type": "linear", "name": "a", "outputs": 3 }, { "type": "softmax-loss" } ] }""",
        "'a.weight'")]
    [InlineData("""{ "input": [4], "layers": [ { "type": "linear", "name": "a", "outputs": 0 } ] }""", "layer 1 ('linear')", "at least 1")]
    [InlineData(
        """{ "input": [4], "layers": [ { "type": "mean-squared-loss", "mean": "batch" } ] }""",
        "layer 1 ('mean-squared-loss')", "\"elements\" or \"samples\"")]
    [InlineData("""{ "input": [4, 0], "layers": [] }""", "'input' [4, 0]", "at least 1")]
    [InlineData("""{ "input": [], "layers": [] }""", "'input' []", "at least one dimension")]
    [InlineData("""{ "input": ["4"], "layers": [] }""", "'input' [\"4\"]")]
    [InlineData("""{ "layers": [] }""", "no 'input'")]
    [InlineData("""{ "input": [4] }""", "no 'layers'")]
    [InlineData("""{ "input": [4], "layers": [], "loss": "softmax" }""", "'loss'")]
    [InlineData("""{ "input": [4], "layers": [], "tied": ["a", "b"] }""", "'tied' [\"a\", \"b\"]", "{\"head.weight\": \"tokens.weight\"}")]
    [InlineData(
        """{ "input": [4], "layers": [ { "type": "linear", "name": "a", "outputs": 4 }, { "type": "softmax-loss" } ], "tied": { "b.bias": "a.bias" } }""",
        "'b.bias' is tied, but no layer has a tensor of that name; there are 'a.weight', 'a.bias'")]
    [InlineData("[1, 2]", "no 'layers'")]
    [InlineData(
        """{ "input": [1, 9, 9], "layers": [ { "type": "convolution", "name": "c", "channels": 1, "kernel": [3, "3"] } ] }""",
        "layer 1 ('convolution')", "wrong kind at kernel")]
    [InlineData(
        """{ "input": [1, 9, 9], "layers": [ { "type": "convolution", "name": "c", "channels": 1, "kernel": 4294967296 } ] }""", "wrong kind at kernel")]
    [InlineData(
        """{ "input": [1, 9, 9], "layers": [ { "type": "convolution", "name": "c", "channels": 1, "kernel": [3, 3, 3] } ] }""",
        "layer 1 ('convolution')", "'kernel' is one number or [height, width]; got 3 numbers")]
    [InlineData(
        """{ "input": [1, 9, 9], "layers": [ { "type": "max-pool", "size": 2, "padding": [1, 0, 1] } ] }""",
        "'padding' is one number or [height, width] or [top, left, bottom, right]; got 3 numbers")]
    [InlineData(
        """{ "input": [3, 9, 9], "layers": [ { "type": "convolution", "name": "c", "channels": 4, "kernel": 3, "groups": 2 } ] }""",
        "'c'", "number of input channels is 3, which 2 groups do not divide")]
    [InlineData("""{ "input": [4], "layers": [ { "type": "affine", "scale": { "shape": [4] } } ] }""", "layer 1 ('affine')", "wrong kind at scale")]
    [InlineData("""{ "input": [4], "layers": [ { "type": "affine", "scale": { "shape": [3], "values": [1, 2, 3] } } ] }""", "cannot be repeated")]
    [InlineData("""{ "input": [4], "layers": [ { "type": "batch-normalization", "name": "bn", "epsilon": 0 } ] }""", "more than 0")]
    [InlineData("{ \"input\": [4],\n \"layers\" }", "not JSON", "line 2")]
    [InlineData(
        """{ "input": [4], "layers": [ { "type": "linear", "name": "../../evil", "outputs": 3 }, { "type": "softmax-loss" } ] }""",
        "'../../evil.weight' begins with a point")]
    [InlineData(
        """{ "input": [4], "layers": [ { "type": "scale", "name": "/tmp/evil" }, { "type": "softmax-loss" } ] }""",
        "'/tmp/evil.weight' has a '/' at position 0")]
    [InlineData(
        """{ "input": [4], "layers": [ { "type": "unused", "name": "a\\b", "shape": [1] }, """
        + """{ "type": "linear", "name": "a", "outputs": 3 }, { "type": "softmax-loss" } ] }""",
        "has a '\\' at position 1")]
    [InlineData(
        """{ "input": [4], "layers": [ { "type": "linear", "name": "a\u0000\u001b", "outputs": 3 }, { "type": "softmax-loss" } ] }""",
        @"'a\u0000\u001b.weight' has characters that are not printable")]
    [InlineData(
        """{ "input": [4], "layers": [ { "type": "linear", "name": "a", "outputs": 3 }, { "type": "sum", "with": [null] }, { "type": "softmax-loss" } ] }""",
        "layer 2 ('sum')", "null at position 0")]
    [InlineData("""{ "input": [4], "layers": [ { "type": "\ud800" } ] }""", "no Unicode")]
    [InlineData("""{ "input": [4], "\ud800": 1 }""", "no Unicode")]
    [InlineData(
        """{ "input": [2000000000], "layers": [ { "type": "scale", "name": "a" }, { "type": "bias", "name": "b" }, { "type": "softmax-loss" } ] }""",
        "4000000000 parameters or more")]
    // Sizes whose sums or products leave 32 bits, some of them for a value that would seem possible.
    [InlineData(
        """{ "input": [1, 28, 28], "layers": [ { "type": "convolution", "name": "c", "channels": 1, "kernel": 3, "dilation": 2147483647 } ] }""",
        "layer 1 ('convolution')", "'c'", "the dilation is 2147483647")]
    [InlineData(
        """{ "input": [1, 14, 14], "layers": [ { "type": "convolution", "name": "c", "channels": 1, "kernel": 33, "dilation": 134217728 } ] }""",
        "'c'", "4294967297")]
    [InlineData(
        """{ "input": [1, 14, 14], "layers": [ { "type": "convolution", "name": "c", "channels": 1, "kernel": 3, "padding": 2, "stride": 2147483647 } ] }""",
        "the stride is 2147483647")]
    [InlineData(
        """{ "input": [1, 14, 14], "layers": [ { "type": "convolution", "name": "c", "channels": 1, "kernel": 3, "padding": 2147483647 } ] }""",
        "the padding is 2147483647")]
    [InlineData(
        """{ "input": [4, 1, 1], "layers": [ { "type": "convolution", "name": "c", "channels": 2147483647, "kernel": 1 } ] }""",
        "number of output channels is 2147483647")]
    [InlineData(
        """{ "input": [4, 1, 1], "layers": [ { "type": "convolution", "name": "c", "channels": 268435456, "kernel": 2, "padding": 1 } ] }""",
        "the kernel has 268435456 x 4 x 2 x 2 elements")]
    [InlineData(
        """{ "input": [1, 28, 28], "layers": [ { "type": "average-pool", "size": 2147483647, "padding": 1073741823, "stride": 2147483647 } ] }""",
        "layer 1 ('average-pool')", "the window's side is 2147483647")]
    [InlineData(
        """{ "input": [1, 28, 28], "layers": [ { "type": "average-pool", "size": 65536, "padding": 32768, "stride": 65536 } ] }""",
        "the kernel has 1 x 1 x 65536 x 65536 elements")]
    [InlineData(
        """{ "input": [1, 28, 28], "layers": [ { "type": "average-pool", "size": 5, "padding": 2, "stride": 2147483647 } ] }""",
        "the stride is 2147483647")]
    [InlineData(
        """{ "input": [1, 28, 28], "layers": [ { "type": "max-pool", "size": 3, "padding": 2 } ] }""",
        "the padding is 2, but must lie between 0 and 1")]
    [InlineData(
        """{ "input": [1, 28, 28], "layers": [ { "type": "flatten" }, { "type": "linear", "name": "a", "outputs": 2000000 }, """
        + """{ "type": "linear", "name": "b", "outputs": 1000 }, { "type": "linear", "name": "c", "outputs": 10 }, { "type": "softmax-loss" } ] }""",
        "'b.weight'", "3570000000 parameters or more")]
    [InlineData(
        """{ "input": [2], "layers": [ { "type": "linear", "name": "a", "outputs": 715827882, "bias": false }, { "type": "mean-squared-loss" } ] }""",
        "elements of values")]
    [InlineData("""{ "input": [1073741824], "layers": [ { "type": "concatenation", "with": ["input"] } ] }""", "2147483648 long")]
    [InlineData("""{ "input": [65536, 65536], "layers": [] }""", "'input'", "at most 2147483647")]
    [InlineData("""{ "input": [1], "layers": [ { "type": "linear", "name": "a", "outputs": 4294967296 } ] }""", "layer 1 ('linear')", "outputs")]
    public void What_is_wrong_is_said_with_its_place(string json, params string[] parts)
    {
        NetworkException error = Assert.Throws<NetworkException>(() => NetworkDescription.Parse(json, "model.json"));
        Assert.StartsWith("model.json", error.Message, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void The_documents_example_is_a_network_and_the_document_names_every_type()
    {
        string document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "networks.md"));
        Network network = NetworkDescription.Parse(document.Split("```json")[1].Split("```")[0], "networks.md");
        Assert.Equal(
            ["conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias", "fc.weight", "fc.bias"], network.Parameters.Select(parameter => parameter.Name));
        Assert.All(NetworkDescription.LayerTypes, type => Assert.Contains($"`{type}`", document, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_is_not_there_is_said()
        => Assert.Contains("nowhere.json", Assert.Throws<NetworkException>(() => NetworkDescription.Read("nowhere.json")).Message, StringComparison.Ordinal);
}
