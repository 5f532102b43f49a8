using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Data.Formats;
using BasinVolume.Data.Samples;
using BasinVolume.Interop;
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
        ModelFit.Check(network, Images(28));
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
            Assert.Throws<DataException>(() => ModelFit.Check(ModelCatalog.Open("transformer"), Images(28))).Message,
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
            "100 pixels", Assert.Throws<DataException>(() => ModelFit.Check(ReadyMade.Softmax(), Images(10))).Message, StringComparison.Ordinal);
        Network three = new NetworkBuilder(new Shape(100)).Linear("fc", 3).SoftmaxLoss().Build();
        Assert.Contains("3 outputs", Assert.Throws<DataException>(() => ModelFit.Check(three, Images(10))).Message, StringComparison.Ordinal);
    }

    // 3 x 32 x 32 in ten classes. LeNet-5 as PyTorch's tutorial on CIFAR-10 has it: (75 + 1)·6 + (150 + 1)·16 + (400 + 1)·120 + (120 + 1)·84 + (84 + 1)·10.
    [Theory]
    [InlineData("lenet5", 62_006)]
    [InlineData("notebook", (27 + 1) + (((15 * 15) + 1) * 10))]
    [InlineData("softmax", (3072 + 1) * 10)]
    [InlineData("mlp", ((3072 + 1) * 16) + ((16 + 1) * 10))]
    [InlineData("mlp:3072-7-10", ((3072 + 1) * 7) + ((7 + 1) * 10))]
    [InlineData("residual", ((27 + 1) * 4) + (2 * ((36 + 1) * 4)) + (((4 * 8 * 8) + 1) * 10))]
    public void Ready_made_networks_take_the_shape_and_the_classes_of_the_data(string model, int parameters)
    {
        var layout = new DataLayout(new Shape(3, 32, 32), ElementKind.Pixels) { Classes = IntegerClasses.Numbered(0, 10).Names };
        Network network = ModelCatalog.Open(model, ModelFrame.Of(layout, loss: null));
        Assert.Equal(parameters, network.ParameterCount);
        ModelFit.Check(network, layout);
    }

    [Fact]
    public void Real_targets_end_in_a_mean_squared_loss_and_rows_take_no_convolution()
    {
        var layout = new DataLayout(new Shape(13), ElementKind.Single) { Targets = ["price", "rent"] };
        var frame = ModelFrame.Of(layout, loss: null);
        Network network = ModelCatalog.Open(frame.UsualModel, frame);
        Assert.Equal(("mlp", 2, false), (frame.UsualModel, network.Loss.TargetLength, network.Loss.TakesLabels));
        Assert.Contains("lenet5 takes images", Assert.Throws<OptionException>(() => ModelCatalog.Open("lenet5", frame)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "lenet5 cannot take samples of [1, 4, 4]",
            Assert.Throws<OptionException>(() => ModelCatalog.Open("lenet5", frame with { Input = new Shape(1, 4, 4) })).Message,
            StringComparison.Ordinal);
        TestFiles.AssertExplained<DataException>(
            () => ModelFit.Check(new NetworkBuilder(new Shape(13)).Linear("fc", 3).MeanSquaredLoss().Build(), layout), "3 outputs", "2 real targets");
    }

    // Elements in the same order under another shape are the same sample; channels last are not channels first.
    [Theory]
    [InlineData(new[] { 784 }, new[] { 1, 28, 28 }, true)]
    [InlineData(new[] { 1, 28, 28 }, new[] { 784 }, true)]
    [InlineData(new[] { 28, 28 }, new[] { 1, 28, 28 }, true)]
    [InlineData(new[] { 32, 32, 3 }, new[] { 3, 32, 32 }, false)]
    [InlineData(new[] { 3, 32, 32 }, new[] { 1, 28, 28 }, false)]
    public void An_input_takes_samples_of_its_shape(int[] input, int[] sample, bool takes)
        => Assert.Equal(takes, ModelFit.Takes(new Shape(input), new Shape(sample)));

    private static DataLayout Images(int width)
        => new(new Shape(1, width, width), ElementKind.Pixels) { Classes = IntegerClasses.Numbered(0, 10).Names };
}
