using System.Text.Json;
using BasinVolume.Data;
using BasinVolume.Data.Samples;
using BasinVolume.Interop.Arrays;
using BasinVolume.Mnist.Commands;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace BasinVolume.Mnist.Tests.Commands;

/// <summary>Data sets of other shapes, classes and targets than MNIST's, from the command line to the files of a run.</summary>
public sealed class DataCommandTests : DataTests
{
    private static readonly string Mnist = Path.Combine(TestFiles.RepositoryRoot(), "data", "mnist");

    [Fact]
    public void Images_of_mnist_in_another_form_give_the_same_bits()
    {
        const int Count = 40;
        Dataset training = DataFiles.Open(new(Mnist, new())).Load([.. Enumerable.Range(0, Count)]).Training;
        byte[] levels = [.. Enumerable.Range(0, Count).SelectMany(i => training.Pixels(i).ToArray())];
        long[] labels = [.. Enumerable.Range(0, Count).Select(i => (long)training.Labels(i)[0])];
        string npz = Written("mnist.npz", Bytes("x", [Count, 28, 28], levels), Whole("y", [Count], labels));
        string indices = PathOf("indices.npy");
        Npy.Write<long>(indices, [Count], [.. Enumerable.Range(0, Count).Select(i => (long)i)]);

        JsonElement idx = Hessian("idx", "--data", Mnist, "--indices", indices), own = Hessian("npz", "--data", npz, "--indices", indices);
        Assert.Equal("1 x 28 x 28 pixels in 10 classes", training.Layout.Said);
        Assert.Equal(idx.GetProperty("loss").GetRawText(), own.GetProperty("loss").GetRawText());
        Assert.Equal(idx.GetProperty("sha256").GetString(), own.GetProperty("sha256").GetString());

        JsonElement Hessian(string name, params string[] arguments) => Result(
            name, ["hessian", .. arguments, "--weights", TestFiles.Fixture("Interop", "l2_trained.pt")]).GetProperty("models")[0].GetProperty("hessian");
    }

    [Fact]
    public void Images_in_colour_train_and_their_run_has_everything_that_follows()
    {
        string data = Colours("colours.npz"), run = PathOf("run"), hessian = PathOf("hessian");
        JsonElement trained = Result("run", "train", "--data", data, "--model", "lenet5", "--samples", "12", "--batch-size", "4", "--epochs", "2");
        JsonElement facts = trained.GetProperty("data");
        Assert.Equal([3, 16, 20], facts.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32()));
        Assert.Equal(("npz", "pixels", 4), (
            facts.GetProperty("format").GetString(), facts.GetProperty("element_type").GetString(), facts.GetProperty("test_images").GetInt32()));
        Assert.Equal(["0", "1", "2"], facts.GetProperty("classes").EnumerateArray().Select(name => name.GetString()));
        Assert.True(File.Exists(Path.Combine(run, "mistakes-lenet5.png")) || trained.GetProperty("models")[0].GetProperty("training").GetProperty("epochs")[1]
            .GetProperty("test_correct").GetInt32() == 4);

        // The same samples, one picture of another size.
        using (var picture = new Image<Rgb24>(40, 30, new Rgb24(255, 0, 0)))
            picture.SaveAsPng(PathOf("red.png"));
        (int exitCode, string output, string error) = ProgramCall.RunForOutput(
            "predict", PathOf("red.png"), "--weights", run, "--json", "--device", "cpu");
        Assert.True(exitCode == 0, error);
        JsonElement predicted = JsonElement.Parse(output), shown = predicted.GetProperty("pictures")[0];
        Assert.Equal("resized from 30 x 40 to 16 x 20", shown.GetProperty("preparation")[0].GetString());
        Assert.Equal(3, shown.GetProperty("outputs").GetArrayLength());
        Assert.Equal(shown.GetProperty("class").GetRawText(), shown.GetProperty("class_name").GetString());

        Result(
            "hessian", "hessian", "--data", data, "--model", "mlp:960-1-3", "--samples", "6", "--epochs", "1", "--mean", "0.5", "--std", "0.2,0.3,0.4");
        Succeed("landscape", "--run", hessian, "--data", data, "--points", "3", "--side", "2", "--device", "cpu", "--out", PathOf("l"));
        Assert.Contains("Reading images", File.ReadAllText(PathOf("l/landscape.log")), StringComparison.Ordinal);
        Succeed("volume", "--run", hessian, "--data", data, "--rays", "4", "--population", "0", "--device", "cpu", "--out", PathOf("v"));
        Succeed("verify", "--data", data, "--model", "lenet5", "--samples", "2", "--device", "cpu");
        string page = File.ReadAllText(Path.Combine(hessian, "report.html"));
        Assert.All(["3 x 16 x 20", "0, 1, 2"], part => Assert.Contains(part, page, StringComparison.Ordinal));
    }

    [Fact]
    public void Real_targets_have_a_loss_and_no_right_answers()
    {
        string data = Written(
            "real.npz", Reals("x", [6, 2], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2]), Reals("y", [6, 1], [0, 1, 0, 2, 1, 0.5]),
            Reals("x_test", [2, 2], [1, 2, 3, 4]), Reals("y_test", [2, 1], [1, 1]));
        JsonElement result = Result("run", "hessian", "--data", data, "--model", "mlp:2-3-1", "--samples", "6", "--epochs", "2", "--lr", "0.1");
        Assert.Equal("mean-squared", result.GetProperty("options").GetProperty("loss").GetString());
        Assert.Equal("y", result.GetProperty("data").GetProperty("targets")[0].GetString());
        JsonElement epoch = result.GetProperty("models")[0].GetProperty("training").GetProperty("epochs")[1];
        Assert.True(epoch.GetProperty("test_loss").GetDouble() >= 0);
        Assert.Equal((JsonValueKind.Null, 2), (epoch.GetProperty("test_correct").ValueKind, epoch.GetProperty("test_total").GetInt32()));
        Assert.DoesNotContain(" right", File.ReadAllText(PathOf("run/run.log")), StringComparison.Ordinal);
        Assert.Matches("test loss [0-9.e-]+ on 2 samples", File.ReadAllText(PathOf("run/report.html")));
    }

    [Fact]
    public void Without_test_samples_it_is_said()
    {
        string data = Written("a.npz", Reals("x", [4, 2], [0, 1, 2, 3, 4, 5, 6, 7]), Whole("y", [4], [0, 1, 0, 1]));
        JsonElement epoch = Result("run", "train", "--data", data, "--samples", "4", "--epochs", "1").GetProperty("models")[0].GetProperty("training")
            .GetProperty("epochs")[0];
        Assert.Equal(JsonValueKind.Null, epoch.GetProperty("test_loss").ValueKind);
        Assert.All(["run.log", "report.html"], file => Assert.Contains(
            "no test data", File.ReadAllText(Path.Combine(PathOf("run"), file)), StringComparison.Ordinal));
        Assert.Contains(
            "After 1 epoch mlp has a loss of ", File.ReadAllText(PathOf("run/report.html")), StringComparison.Ordinal);
        Assert.True(File.Exists(PathOf("run/training-mlp.csv")));
    }

    [Theory]
    [InlineData(ExitCodes.Data, "the main job reproduces a notebook", "notebook")]
    [InlineData(ExitCodes.Usage, "mlp:2-3-10' is not a multilayer perceptron for these samples: expected sizes from 2 to 2", "train", "--model", "mlp:2-3-10")]
    [InlineData(ExitCodes.Usage, "The model lenet5 takes images", "train", "--model", "lenet5")]
    [InlineData(ExitCodes.Usage, "--resize says nothing about", "train", "--resize", "4,4")]
    [InlineData(ExitCodes.Usage, "--resize must be H,W", "train", "--resize", "4")]
    [InlineData(ExitCodes.Usage, "--channels must be 1", "train", "--channels", "2")]
    [InlineData(ExitCodes.Usage, "--classes 1 is too few", "train", "--classes", "1")]
    [InlineData(ExitCodes.Usage, "--channels-first and --channels-last contradict", "train", "--channels-first", "--channels-last")]
    [InlineData(ExitCodes.Usage, "--data-format must be one of idx, cifar", "train", "--data-format", "nonsense")]
    [InlineData(ExitCodes.Usage, "say the same in two ways", "train", "--mean", "0.5", "--normalize", "auto")]
    [InlineData(ExitCodes.Usage, "--mean has 3 numbers and --std 2", "train", "--mean", "1,2,3", "--std", "1,2")]
    [InlineData(ExitCodes.Usage, "--sampling all takes every one", "train", "--sampling", "all", "--samples", "3")]
    [InlineData(ExitCodes.Usage, "--std must be", "train", "--std", "0")]
    [InlineData(ExitCodes.Usage, "has 3 pairs of mean and standard deviation, but a sample [2] has 2 channels", "train", "--mean", "1,2,3")]
    [InlineData(ExitCodes.Data, "There is no folder nowhere", "train", "--test-data", "nowhere")]
    public void What_cannot_be_is_one_sentence_and_leaves_nothing(int exitCode, string part, params string[] arguments)
    {
        string data = Written("a.npz", Reals("x", [4, 2], [0, 1, 2, 3, 4, 5, 6, 7]), Whole("y", [4], [0, 1, 0, 1]));
        AssertRefused(exitCode, part, [.. arguments, "--data", data]);
    }

    [Fact]
    public void A_model_of_other_samples_is_refused()
    {
        string model = PathOf("model.json"), data = Written("a.npz", Reals("x", [4, 2], [0, 1, 2, 3, 4, 5, 6, 7]), Reals("y", [4], [0, 1, 0, 1.5]));
        File.WriteAllText(model, """{ "input": [3], "layers": [{ "type": "linear", "name": "a", "outputs": 1 }, { "type": "mean-squared-loss" }] }""");
        AssertRefused(
            ExitCodes.Data, "takes inputs of shape [3], 3 elements, but the samples have the shape [2], 2 elements", "train", "--model", model, "--data", data);
        File.WriteAllText(model, """{ "input": [2], "layers": [{ "type": "linear", "name": "a", "outputs": 2 }, { "type": "softmax-loss" }] }""");
        AssertRefused(ExitCodes.Data, "takes classes, but the data has 1 real target;", "train", "--model", model, "--data", data);
        AssertRefused(ExitCodes.Usage, "--loss cross-entropy needs classes", "train", "--loss", "cross-entropy", "--data", data);
    }

    // Of [2, 5, 4] the program takes the last 4 for channels, and of [3, 5, 2] no last dimension.
    [Theory]
    [InlineData(new[] { 4, 2, 5, 4 }, "[2, 5, 4]", "--channels-first")]
    [InlineData(new[] { 4, 3, 5, 2 }, "[2, 3, 5]", "--channels-last")]
    public void Where_channels_may_be_taken_for_rows_the_option_is_named(int[] shape, string input, string option)
    {
        int count = shape.Aggregate((product, size) => product * size);
        string model = PathOf("model.json"), data = Written("a.npz", Reals("x", shape, new double[count]), Whole("y", [4], [0, 1, 0, 1]));
        File.WriteAllText(
            model,
            $$"""{ "input": {{input}}, "layers": [{ "type": "flatten" }, { "type": "linear", "name": "a", "outputs": 2 }, { "type": "softmax-loss" }] }""");
        AssertRefused(ExitCodes.Data, $"say it with {option}", "train", "--model", model, "--data", data);
        Succeed("train", "--model", model, "--data", data, option, "--epochs", "0", "--device", "cpu", "--out", PathOf("run"));
    }

    [Fact]
    public void Tokens_may_be_asked_for_as_they_are()
    {
        string model = PathOf("model.json"), data = Written("a.npz", Whole("x", [4, 2], [0, 1, 2, 1, 0, 2, 1, 1]), Whole("y", [4], [0, 1, 0, 1]));
        File.WriteAllText(model, """
            { "input": [2], "layers": [{ "type": "embedding", "name": "e", "vocabulary": 3, "width": 2 }, { "type": "flatten" },
              { "type": "linear", "name": "a", "outputs": 2 }, { "type": "softmax-loss" }] }
            """);
        AssertRefused(ExitCodes.Usage, "The samples are tokens", "train", "--model", model, "--data", data, "--normalize", "1,2");
        JsonElement result = Result("run", "train", "--model", model, "--data", data, "--normalize", "none", "--epochs", "0");
        Assert.Equal("none", result.GetProperty("data").GetProperty("normalization").GetProperty("name").GetString());
    }

    // Twelve training and four test images of 16 x 20, red, green and blue, with some noise.
    private string Colours(string name)
    {
        var random = new Random(1);
        byte[] images = [.. Enumerable.Range(0, 16).SelectMany(i => Enumerable.Range(0, 16 * 20 * 3).Select(
            element => (byte)((element % 3 == i % 3 ? 200 : 20) + random.Next(40))))];
        long[] labels = [.. Enumerable.Range(0, 16).Select(i => (long)(i % 3))];
        int size = 16 * 20 * 3;
        return Written(
            name,
            Bytes("x_train", [12, 16, 20, 3], images[..(12 * size)]),
            Whole("y_train", [12, 1], labels[..12]),
            Bytes("x_test", [4, 16, 20, 3], images[(12 * size)..]),
            Whole("y_test", [4, 1], labels[12..]));
    }
}
