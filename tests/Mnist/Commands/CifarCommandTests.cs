using System.Text.Json;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace BasinVolume.Mnist.Tests.Commands;

/// <summary>CIFAR-10's records through every command: the ready-made networks train, and a network whose Hessian fits has everything that follows.</summary>
public sealed class CifarCommandTests : DataTests
{
    private static readonly string[] Classes = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    [Theory]
    [InlineData("lenet5", 62006)]
    [InlineData("resnet20", 272474)]
    public void Ready_made_networks_train_and_predict(string model, int parameters)
    {
        string run = PathOf("run");
        JsonElement trained = Result(
            "run", "train", "--data", Records(), "--model", model, "--samples", "2", "--batch-size", "2", "--epochs", "1", "--precision", "float32")
            .GetProperty("models")[0];
        Assert.Equal(parameters, trained.GetProperty("parameters").GetInt32());
        Assert.Equal(2, trained.GetProperty("training").GetProperty("epochs")[0].GetProperty("test_total").GetInt32());
        Assert.Equal(model == "resnet20", trained.TryGetProperty("statistics", out JsonElement statistics) && statistics.ValueKind == JsonValueKind.Object);
        Assert.Contains(Predicted(run), Classes);
        Succeed("report", "--run", run);
    }

    [Fact]
    public void What_fits_goes_through_every_command()
    {
        string model = PathOf("model.json"), run = PathOf("run");
        File.WriteAllText(
            model,
            """
            { "input": [3, 32, 32], "layers": [
              { "type": "convolution", "name": "conv", "channels": 4, "kernel": 5, "stride": 4 }, { "type": "batch-normalization", "name": "bn" },
              { "type": "relu" }, { "type": "global-average-pool" }, { "type": "linear", "name": "fc", "outputs": 10 }, { "type": "softmax-loss" }] }
            """);
        JsonElement result = Result(
            "run", "hessian", "--data", Records(), "--model", model, "--normalize", "auto", "--samples", "6", "--epochs", "1", "--weighting", "sample-mean");
        Assert.Equal(Classes, result.GetProperty("data").GetProperty("classes").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(3, result.GetProperty("data").GetProperty("normalization").GetProperty("mean").GetArrayLength());
        Succeed("verify", "--weights", run, "--samples", "4", "--device", "cpu");
        Succeed("volume", "--run", run, "--rays", "2", "--population", "2", "--device", "cpu", "--out", PathOf("volume"));
        Succeed("landscape", "--run", run, "--points", "3", "--side", "2", "--device", "cpu", "--out", PathOf("landscape"));
        Succeed("spectrum", "--run", run, "--out", PathOf("spectrum"));
        Succeed("report", "--run", run);
        Assert.Contains(Predicted(run), Classes);
    }

    private string Predicted(string run)
    {
        using (var picture = new Image<Rgb24>(20, 40, new Rgb24(30, 90, 200)))
            picture.SaveAsPng(PathOf("blue.png"));
        (int exitCode, string output, string error) = ProgramCall.RunForOutput(
            "predict", PathOf("blue.png"), "--weights", run, "--json", "--device", "cpu");
        Assert.True(exitCode == 0, error);
        JsonElement shown = JsonElement.Parse(output).GetProperty("pictures")[0];
        Assert.Equal(1, shown.GetProperty("probabilities").EnumerateArray().Sum(p => p.GetDouble()), 1e-12);
        return shown.GetProperty("class_name").GetString()!;
    }

    // Six training and two test images, each of a class of its own.
    private string Records()
    {
        byte[][] records = [.. Enumerable.Range(0, 8).Select(i => (byte[])[(byte)i, .. Enumerable.Range(0, 3072).Select(k => (byte)(k * (i + 1) % 251))])];
        string folder = Directory.CreateDirectory(PathOf("cifar-10-batches-bin")).FullName;
        File.WriteAllBytes(Path.Combine(folder, "data_batch_1.bin"), [.. records.Take(6).SelectMany(record => record)]);
        File.WriteAllBytes(Path.Combine(folder, "test_batch.bin"), [.. records.Skip(6).SelectMany(record => record)]);
        File.WriteAllLines(Path.Combine(folder, "batches.meta.txt"), Classes);
        return folder;
    }
}
