using System.Text.Json;
using BasinVolume.Mnist.Commands;

namespace BasinVolume.Mnist.Tests.Commands;

/// <summary>Sequences of tokens through every command: with a class for each position, and with one for the whole.</summary>
public sealed class TokenCommandTests : DataTests
{
    [Fact]
    public void A_decoder_goes_through_every_command()
    {
        string data = Sequences("tok.npz", ofWhole: false), run = PathOf("run"), model = "transformer:3-4-2-1-1";
        JsonElement trained = Result("trained", "train", "--model", "transformer", "--data", data, "--samples", "6", "--epochs", "1");
        Assert.Equal((4, "tokens"), (
            trained.GetProperty("data").GetProperty("labels_per_sample").GetInt32(), trained.GetProperty("data").GetProperty("element_type").GetString()));
        // Two test sequences of four positions.
        Assert.Equal(8, EpochOf(trained).GetProperty("test_total").GetInt32());
        Assert.Empty(Directory.GetFiles(PathOf("trained"), "mistakes-*"));

        JsonElement result = Result("run", "hessian", "--model", model, "--data", data, "--samples", "6", "--epochs", "1");
        Assert.InRange(EpochOf(result).GetProperty("test_correct").GetInt32(), 0, 8);
        AfterTheHessian(run);
        Succeed("verify", "--model", model, "--data", data, "--samples", "4", "--device", "cpu");
        AssertRefused(ExitCodes.Usage, "tokens", "train", "--model", "transformer", "--data", data, "--normalize", "auto");
        AssertRefused(
            ExitCodes.Usage, "ends in cross-entropy, not in mean-squared", "train", "--model", "transformer", "--data", data, "--loss", "mean-squared");
    }

    [Fact]
    public void A_classifier_of_sequences_goes_through_every_command()
    {
        string data = Sequences("tok.npz", ofWhole: true), model = PathOf("model.json");
        File.WriteAllText(
            model,
            """
            { "input": [4], "layers": [
              { "type": "embedding", "name": "tokens", "vocabulary": 3, "width": 2 }, { "type": "slice", "axis": 0, "first": 3, "count": 1 },
              { "type": "flatten" }, { "type": "linear", "name": "head", "outputs": 2 }, { "type": "softmax-loss" }] }
            """);
        JsonElement result = Result("run", "hessian", "--model", model, "--data", data, "--samples", "6", "--epochs", "1");
        Assert.Equal(2, EpochOf(result).GetProperty("test_total").GetInt32());
        Assert.Empty(Directory.GetFiles(PathOf("run"), "mistakes-*"));
        AfterTheHessian(PathOf("run"));
    }

    private void AfterTheHessian(string run)
    {
        Succeed("verify", "--weights", run, "--samples", "4", "--device", "cpu");
        Succeed("volume", "--run", run, "--rays", "2", "--population", "2", "--device", "cpu", "--out", PathOf("volume"));
        Succeed("landscape", "--run", run, "--points", "3", "--side", "2", "--device", "cpu", "--out", PathOf("landscape"));
        Succeed("spectrum", "--run", run, "--out", PathOf("spectrum"));
        Succeed("report", "--run", run);
        (int exitCode, string error) = ProgramCall.Run("predict", "any.png", "--weights", run, "--quiet", "--device", "cpu");
        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.Contains("predict takes pictures, but the model", error, StringComparison.Ordinal);
    }

    private static JsonElement EpochOf(JsonElement result) => result.GetProperty("models")[0].GetProperty("training").GetProperty("epochs")[0];

    // Counting modulo 3 from a start; the class of each position is the next token, that of the whole whether it begins with 0.
    private string Sequences(string name, bool ofWhole)
    {
        long[] Tokens(int count, int ahead) => [.. Enumerable.Range(0, count).SelectMany(i => Enumerable.Range(0, 4).Select(p => (long)((i + p + ahead) % 3)))];
        long[] Labels(int count) => ofWhole ? [.. Enumerable.Range(0, count).Select(i => i % 3 == 0 ? 1L : 0L)] : Tokens(count, 1);
        int[] Shape(int count) => ofWhole ? [count] : [count, 4];
        return Written(
            name, Whole("x_train", [6, 4], Tokens(6, 0)), Whole("y_train", Shape(6), Labels(6)), Whole("x_test", [2, 4], Tokens(2, 0)),
            Whole("y_test", Shape(2), Labels(2)));
    }
}
