using System.Text;
using System.Text.Json;
using BasinVolume.Mnist.Commands;
using BasinVolume.Mnist.Tests.Digits;
using SixLabors.ImageSharp;

namespace BasinVolume.Mnist.Tests.Commands;

/// <summary>A run that was trained on pixels as they are, and a picture to predict.</summary>
public sealed class PlainPixelsRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PlainPixelsRun()
    {
        (int exitCode, string error) = ProgramCall.Run(
            "train", "--normalize", "none", "--samples", "3000", "--epochs", "10", "--device", "cpu", "--threads", "2", "--out", Path);
        Assert.True(exitCode == 0, error);
        using Image picture = TestPictures.Plain(0);
        picture.SaveAsPng(Picture);
    }

    public string Path => _folder.PathOf("run");

    public string Picture => _folder.PathOf("digit.png");

    public string PathOf(string name) => _folder.PathOf(name);

    public void Dispose() => _folder.Dispose();
}

/// <summary>How pixels become inputs: asked for, carried by weights, read back, and noticed where weights say nothing.</summary>
public sealed class NormalizeTests(PlainPixelsRun run) : IClassFixture<PlainPixelsRun>
{
    [Fact]
    public void It_is_recorded_carried_by_the_weights_and_read_back()
    {
        JsonElement recorded = Result(run.Path).GetProperty("data").GetProperty("normalization");
        Assert.Equal(("none", "option"), (recorded.GetProperty("name").GetString(), recorded.GetProperty("origin").GetString()));
        string safetensors = Path.Combine(run.Path, "weights-notebook.safetensors");
        Assert.Contains(
            """{"__metadata__":{"basin_volume.normalize":"none"}""",
            Encoding.Latin1.GetString(File.ReadAllBytes(safetensors)[8..80]),
            StringComparison.Ordinal);
        // A run, a file and a folder that lie in it, and a file that was taken out of it but says so itself.
        string copy = run.PathOf("copy.safetensors");
        File.Copy(safetensors, copy);
        foreach (string weights in new[] { run.Path, Path.Combine(run.Path, "weights-notebook.pt"), Path.Combine(run.Path, "weights-notebook"), copy })
        {
            JsonElement predicted = Predict("--weights", weights);
            JsonElement normalization = predicted.GetProperty("normalization");
            Assert.Equal(("none", "weights"), (normalization.GetProperty("name").GetString(), normalization.GetProperty("origin").GetString()));
            Assert.Equal("none", predicted.GetProperty("model").GetProperty("checkpoint").GetProperty("normalization").GetString());
        }
    }

    [Fact]
    public void What_contradicts_the_weights_is_done_and_said()
    {
        string output = run.PathOf("hessian");
        (int exitCode, string error) = ProgramCall.Run(
            "hessian", "--weights", run.Path, "--normalize", "0.5,0.25", "--samples", "100", "--device", "cpu", "--threads", "2", "--out", output);
        Assert.True(exitCode == 0, error);
        JsonElement normalization = Result(output).GetProperty("data").GetProperty("normalization");
        Assert.Equal([0.5], normalization.GetProperty("mean").EnumerateArray().Select(number => number.GetDouble()));
        Assert.Equal([0.25], normalization.GetProperty("std").EnumerateArray().Select(number => number.GetDouble()));
        Assert.Contains("trained with none, which --normalize overrides", normalization.GetProperty("advice").GetString(), StringComparison.Ordinal);
        Assert.Contains("trained with none, which --normalize overrides", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_do_not_say_are_tried_both_ways()
    {
        string foreign = run.PathOf("foreign.npz");
        File.Copy(Path.Combine(run.Path, "weights-notebook.npz"), foreign);
        JsonElement checkpoint = Predict("--weights", foreign, "--samples", "500").GetProperty("model").GetProperty("checkpoint");
        Assert.Equal(JsonValueKind.Null, checkpoint.GetProperty("normalization").ValueKind);
        JsonElement[] trials = [.. checkpoint.GetProperty("trials").EnumerateArray()];
        Assert.Equal(["mnist", "none"], trials.Select(trial => trial.GetProperty("normalize").GetString()));
        Assert.True(trials[1].GetProperty("loss").GetDouble() < 0.9 * trials[0].GetProperty("loss").GetDouble());
        Assert.Equal(500, trials[0].GetProperty("total").GetInt32());
        Assert.Contains("with --normalize none they have a loss of", checkpoint.GetProperty("advice").GetString(), StringComparison.Ordinal);
        // The right way has nothing to be said about.
        checkpoint = Predict("--weights", foreign, "--samples", "500", "--normalize", "none").GetProperty("model").GetProperty("checkpoint");
        Assert.Equal(JsonValueKind.Null, checkpoint.GetProperty("advice").ValueKind);
    }

    [Theory]
    [InlineData("0.5,0", "--normalize must be mnist, none, auto, or MEAN,STD")]
    [InlineData("nan,1", "--normalize must be mnist, none, auto, or MEAN,STD")]
    [InlineData("0.1,0.2,0.3,0.4", "has 2 pairs of mean and standard deviation, but the model's input")]
    public void What_is_no_normalisation_is_refused(string value, string part)
    {
        (int exitCode, string error) = ProgramCall.Run("predict", run.Picture, "--weights", run.Path, "--normalize", value, "--device", "cpu");
        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.Contains(part, error, StringComparison.Ordinal);
    }

    private JsonElement Predict(params string[] arguments)
    {
        (int exitCode, string output, string error) = ProgramCall.RunForOutput(
            ["predict", run.Picture, "--json", "--device", "cpu", "--threads", "2", .. arguments]);
        Assert.True(exitCode == 0, error);
        return JsonDocument.Parse(output).RootElement;
    }

    private static JsonElement Result(string folder) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "result.json"))).RootElement;
}
