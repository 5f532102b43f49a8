using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Interop;
using BasinVolume.Mnist.Data;
using BasinVolume.Mnist.Models;
using BasinVolume.Mnist.Options;

namespace BasinVolume.Mnist.Tests.Models;

public sealed class ModelCatalogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Counted by hand: k² · in · out + out of a convolution, in · out + out of a linear layer.
    [Theory]
    [InlineData("notebook", 9 + 1 + (169 * 10) + 10)]
    [InlineData("softmax", (784 * 10) + 10)]
    [InlineData("mlp", (784 * 16) + 16 + (16 * 10) + 10)]
    [InlineData("mlp:784-10", (784 * 10) + 10)]
    [InlineData("mlp:784-5-4-10", (784 * 5) + 5 + (5 * 4) + 4 + (4 * 10) + 10)]
    [InlineData("lenet5", (25 * 6) + 6 + (25 * 6 * 16) + 16 + (400 * 120) + 120 + (120 * 84) + 84 + (84 * 10) + 10)]
    [InlineData("residual", (9 * 4) + 4 + (2 * ((9 * 4 * 4) + 4)) + (4 * 7 * 7 * 10) + 10)]
    public void Ready_made_networks_have_the_parameters_of_their_layers(string model, int parameters)
    {
        Network network = ModelCatalog.Open(model);
        Assert.Equal(parameters, network.ParameterCount);
        ModelCatalog.CheckFits(network, Images(28));
    }

    [Fact]
    public void Names_and_shapes_are_pytorchs()
        => Assert.Equal(
            [
                "conv1.weight [6, 1, 5, 5]", "conv1.bias [6]", "conv2.weight [16, 6, 5, 5]", "conv2.bias [16]",
                "fc1.weight [120, 400]", "fc1.bias [120]", "fc2.weight [84, 120]", "fc2.bias [84]", "fc3.weight [10, 84]", "fc3.bias [10]",
            ],
            ModelCatalog.Open("lenet5").Parameters.Select(parameter => $"{parameter.Name} {parameter.Shape}"));

    // Counted by hand: 5·4 and 3·4 of the tables; of a block two normalisations of 2·4, 12·4 + 12, 4·4 + 4, 16·4 + 16 and 4·16 + 4; 2·4; 5·4 + 5.
    [Fact]
    public void A_transformer_has_the_tensors_of_its_layers()
    {
        Network network = ModelCatalog.Open("transformer:5-3-4-2-1");
        Assert.Equal(
            [
                "tokens.weight [5, 4]", "positions.weight [3, 4]", "blocks.0.ln1.weight [4]", "blocks.0.ln1.bias [4]",
                "blocks.0.attn.qkv.weight [12, 4]", "blocks.0.attn.qkv.bias [12]", "blocks.0.attn.proj.weight [4, 4]", "blocks.0.attn.proj.bias [4]",
                "blocks.0.ln2.weight [4]", "blocks.0.ln2.bias [4]", "blocks.0.mlp.fc1.weight [16, 4]", "blocks.0.mlp.fc1.bias [16]",
                "blocks.0.mlp.fc2.weight [4, 16]", "blocks.0.mlp.fc2.bias [4]", "ln.weight [4]", "ln.bias [4]", "head.weight [5, 4]", "head.bias [5]",
            ],
            network.Parameters.Select(parameter => $"{parameter.Name} {parameter.Shape}"));
        Assert.Equal(20 + 12 + 16 + 60 + 20 + 80 + 68 + 8 + 25, network.ParameterCount);
        Assert.Equal((5, 3, 5), (network.TokenCount, network.Loss.LabelsPerSample, network.Loss.LabelCount));
        Assert.Equal(7904, ModelCatalog.Open("transformer").ParameterCount);
        Assert.Contains(
            "[16]",
            Assert.Throws<DataException>(() => ModelCatalog.CheckFits(ModelCatalog.Open("transformer"), Images(28))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_read()
    {
        string path = _folder.PathOf("model.json");
        File.WriteAllText(path, """
            { "input": [1, 28, 28], "layers": [ { "type": "flatten" }, { "type": "linear", "name": "only", "outputs": 10 }, { "type": "softmax-loss" } ] }
            """);
        Assert.Equal(["only.weight", "only.bias"], ModelCatalog.Open(path).Parameters.Select(parameter => parameter.Name));
        File.WriteAllText(path, "{}");
        Assert.Contains(path, Assert.Throws<DataException>(() => ModelCatalog.Open(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lenet", "notebook, softmax, mlp, lenet5, residual, resnet20, transformer")]
    [InlineData("transformer:32-16-16-2", "as in transformer:32-16-16-2-2")]
    [InlineData("transformer:32-16-16-0-2", "as in transformer:32-16-16-2-2")]
    [InlineData("transformer:32-16-16-3-2", "its 3 heads divide; got [16, 16]")]
    [InlineData("", "notebook, softmax")]
    [InlineData("mlp:784-x-10", "mlp:784-32-10")]
    [InlineData("mlp:100-16-10", "from 784 to 10")]
    [InlineData("mlp:784-0-10", "from 784 to 10")]
    [InlineData("mlp:", "from 784 to 10")]
    public void A_name_that_is_none_is_refused_with_those_that_are(string model, string part)
        => Assert.Contains(part, Assert.Throws<OptionException>(() => ModelCatalog.Open(model)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_network_must_take_the_images_and_give_their_classes()
    {
        Assert.Contains(
            "100 pixels", Assert.Throws<DataException>(() => ModelCatalog.CheckFits(ReadyMade.Softmax(), Images(10))).Message, StringComparison.Ordinal);
        Network three = new NetworkBuilder(new Shape(100)).Linear("fc", 3).SoftmaxLoss().Build();
        Assert.Contains("3 outputs", Assert.Throws<DataException>(() => ModelCatalog.CheckFits(three, Images(10))).Message, StringComparison.Ordinal);
    }

    private static Dataset Images(int width) => new(new byte[width * width], new byte[1], width, width);
}
