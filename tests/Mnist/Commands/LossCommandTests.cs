using System.Text.Json;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace BasinVolume.Mnist.Tests.Commands;

/// <summary>Binary cross-entropy and mean squares, with classes and with real targets, from the command line to the files of a run.</summary>
public sealed class LossCommandTests : DataTests
{
    // One output o = w x + b with w = 4, b = −1 decides for the second class where o > 0 for logits, and where o > 0.5 for squares: x = 0.3 lies between.
    [Theory]
    [InlineData("binary-cross-entropy-loss", 3)]
    [InlineData("mean-squared-loss", 4)]
    public void One_output_decides_between_two_classes(string loss, int right)
    {
        string model = PathOf("model.json"), weights = PathOf("weights.npz");
        File.WriteAllText(model, $$"""{ "input": [1], "layers": [{ "type": "linear", "name": "a", "outputs": 1 }, { "type": "{{loss}}" }] }""");
        Written("weights.npz", Reals("a.weight", [1, 1], [4]), Reals("a.bias", [1], [-1]));
        string data = Written("data.npz", Reals("x", [4, 1], [0, 0.3, 0.5, 1]), Whole("y", [4], [0, 0, 1, 1]));
        JsonElement trial = Result(
            "run", "hessian", "--data", data, "--model", model, "--weights", weights, "--samples", "4", "--sampling", "without-replacement")
            .GetProperty("models")[0].GetProperty("checkpoint").GetProperty("trials")[0];
        Assert.Equal((right, 4), (trial.GetProperty("correct").GetInt32(), trial.GetProperty("total").GetInt32()));
    }

    [Theory]
    [InlineData("binary-cross-entropy", "mlp:12-2-1", 2)]
    [InlineData("binary-cross-entropy", "mlp:12-2-2", 2)]
    [InlineData("binary-cross-entropy", "mlp:12-2-3", 3)]
    [InlineData("mean-squared", "mlp:12-2-1", 2)]
    [InlineData("mean-squared", "mlp:12-2-3", 3)]
    public void Classes_without_softmax_have_right_answers(string loss, string model, int classes)
    {
        string data = Images(classes), run = PathOf("run");
        JsonElement result = Result(
            "run", "hessian", "--data", data, "--model", model, "--loss", loss, "--samples", "8", "--epochs", "60", "--lr", "1", "--batch-size", "4",
            "--seed", "3");
        Assert.Equal(loss, result.GetProperty("options").GetProperty("loss").GetString());
        JsonElement last = result.GetProperty("models")[0].GetProperty("training").GetProperty("epochs")[59];
        int correct = last.GetProperty("test_correct").GetInt32();
        Assert.Equal(6, last.GetProperty("test_total").GetInt32());
        // What is not right is a mistake.
        Assert.Equal(correct < 6, Directory.GetFiles(run, "mistakes-*.png").Length > 0);

        using (var picture = new Image<L8>(4, 3, new L8(10)))
            picture.SaveAsPng(PathOf("dark.png"));
        (int exitCode, string output, string error) = ProgramCall.RunForOutput(
            "predict", PathOf("dark.png"), "--weights", run, "--json", "--device", "cpu");
        Assert.True(exitCode == 0, error);
        JsonElement shown = JsonElement.Parse(output).GetProperty("pictures")[0];
        double[] outputs = [.. shown.GetProperty("outputs").EnumerateArray().Select(o => o.GetDouble())];
        int expected = outputs.Length == 1 ? outputs[0] > (loss == "mean-squared" ? 0.5 : 0) ? 1 : 0 : Array.IndexOf(outputs, outputs.Max());
        Assert.Equal(expected, shown.GetProperty("class").GetInt32());
        if (loss == "mean-squared")
        {
            Assert.Equal(JsonValueKind.Null, shown.GetProperty("probabilities").ValueKind);
            return;
        }

        double[] logits = outputs.Length == 1 ? [-outputs[0], outputs[0]] : outputs;
        Assert.All(
            shown.GetProperty("probabilities").EnumerateArray().Zip(logits),
            pair => Assert.Equal(1 / (1 + Math.Exp(-pair.Second)), pair.First.GetDouble(), 1e-14));
        Succeed("verify", "--weights", run, "--samples", "4", "--device", "cpu");
        Succeed("volume", "--run", run, "--rays", "2", "--population", "0", "--device", "cpu", "--out", PathOf("volume"));
        Succeed("landscape", "--run", run, "--points", "3", "--side", "2", "--device", "cpu", "--out", PathOf("landscape"));
    }

    [Theory]
    [InlineData("binary-cross-entropy")]
    [InlineData("mean-squared")]
    public void Real_targets_have_no_right_answers_anywhere(string loss)
    {
        string data = Written(
            "real.npz", Bytes("x_train", [6, 3, 4], [.. Enumerable.Range(0, 72).Select(i => (byte)(i * 3))]), Reals("y_train", [6, 2], [.. Shares(12)]),
            Bytes("x_test", [2, 3, 4], [.. Enumerable.Range(0, 24).Select(i => (byte)(i * 10))]), Reals("y_test", [2, 2], [.. Shares(4)]));
        string run = PathOf("run");
        JsonElement result = Result("run", "hessian", "--data", data, "--model", "mlp:12-2-2", "--loss", loss, "--samples", "6", "--epochs", "2");
        JsonElement epoch = result.GetProperty("models")[0].GetProperty("training").GetProperty("epochs")[1];
        Assert.Equal(JsonValueKind.Null, epoch.GetProperty("test_correct").ValueKind);
        Assert.Empty(Directory.GetFiles(run, "mistakes-*"));
        Assert.Matches("test loss [0-9.e-]+ on 2 samples", File.ReadAllText(Path.Combine(run, "report.html")));
        Assert.DoesNotContain(" right", File.ReadAllText(Path.Combine(run, "run.log")), StringComparison.Ordinal);
        Succeed("verify", "--weights", run, "--samples", "4", "--device", "cpu");
        Succeed("volume", "--run", run, "--rays", "2", "--population", "0", "--device", "cpu", "--out", PathOf("volume"));
        Succeed("landscape", "--run", run, "--points", "3", "--side", "2", "--device", "cpu", "--out", PathOf("landscape"));
        Succeed("spectrum", "--run", run, "--out", PathOf("spectrum"));
        Succeed("report", "--run", run);
        using (var picture = new Image<L8>(4, 3, new L8(10)))
            picture.SaveAsPng(PathOf("dark.png"));
        (int exitCode, string output, string error) = ProgramCall.RunForOutput(
            "predict", PathOf("dark.png"), "--weights", run, "--json", "--device", "cpu");
        Assert.True(exitCode == 0, error);
        JsonElement predicted = JsonElement.Parse(output), shown = predicted.GetProperty("pictures")[0];
        Assert.Equal(2, predicted.GetProperty("targets").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, shown.GetProperty("class").ValueKind);
        Assert.Equal(loss == "mean-squared" ? JsonValueKind.Null : JsonValueKind.Array, shown.GetProperty("probabilities").ValueKind);

        IEnumerable<double> Shares(int count) => Enumerable.Range(0, count).Select(i => (i * 7 % 11) / 11.0);
    }

    // Eight training and six test images of 3 x 4 whose brightness is their class.
    private string Images(int classes)
    {
        var random = new Random(1);
        (byte[] Images, long[] Labels) Drawn(int count) => (
            [.. Enumerable.Range(0, count * 12).Select(i => (byte)((i / 12 % classes * 100) + random.Next(20)))],
            [.. Enumerable.Range(0, count).Select(i => (long)(i % classes))]);
        (byte[] training, long[] labels) = Drawn(8);
        (byte[] test, long[] testLabels) = Drawn(6);
        return Written(
            "images.npz", Bytes("x_train", [8, 3, 4], training), Whole("y_train", [8], labels), Bytes("x_test", [6, 3, 4], test),
            Whole("y_test", [6], testLabels));
    }
}
