using System.Globalization;
using System.Text.Json;
using BasinVolume.Basins.Weights;
using BasinVolume.Interop;
using BasinVolume.Interop.Weights;
using BasinVolume.Mnist.Commands;
using BasinVolume.Mnist.Models;

namespace BasinVolume.Mnist.Tests.Commands;

/// <summary>Training as a person asks for it: the weights in every form, the curves, and the folder that other commands take.</summary>
public sealed class TrainCommandTests : IDisposable
{
    private static readonly IReadOnlyList<TensorShape> Tensors = NetworkTensors.Of(ReadyMade.Softmax());

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_leaves_weights_curves_and_a_result_that_say_the_same()
    {
        string output = Train("run", "--epochs", "2", "--weight-decay", "0.001");
        Assert.Equal(
            [
                "indices.npy", "mistakes-softmax-dark.png", "mistakes-softmax.png", "report.html", "result.json", "run.log", "training-softmax-dark.svg",
                "training-softmax.csv", "training-softmax.svg", "weights-softmax.npz", "weights-softmax.pt", "weights-softmax.safetensors",
            ],
            Directory.GetFiles(output).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        JsonElement root = Result(output), model = Assert.Single(root.GetProperty("models").EnumerateArray()), training = model.GetProperty("training");
        Assert.Equal(("train", "softmax", 7850), (
            root.GetProperty("command").GetString(), model.GetProperty("name").GetString(), model.GetProperty("parameters").GetInt32()));
        Assert.Equal(0.001, training.GetProperty("weight_decay").GetDouble());
        double[] losses = [.. training.GetProperty("step_losses").EnumerateArray().Select(loss => loss.GetDouble())];
        // Two epochs of 100 images in batches of 64.
        Assert.Equal(4, losses.Length);
        Assert.True(losses[^1] < losses[0]);
        string[] lines = File.ReadAllLines(Path.Combine(output, "training-softmax.csv"));
        Assert.Equal("epoch,batch,learning_rate,loss,test_loss,test_correct,test_total", lines[0]);
        Assert.Equal(
            ["1,1,1,", "1,2,1,", "2,1,0.7,", "2,2,0.7,"], lines[1..].Select(line => string.Concat(line.Split(',').Take(3).Select(cell => cell + ','))));
        Assert.Equal(losses, lines[1..].Select(line => double.Parse(line.Split(',')[3], CultureInfo.InvariantCulture)));
        JsonElement epoch = training.GetProperty("epochs")[0];
        Assert.Equal(["", "", ""], lines[1].Split(',')[4..]);
        Assert.Equal([epoch.GetProperty("test_loss").GetDouble(), epoch.GetProperty("test_correct").GetDouble(), 10000], lines[2].Split(',')[4..].Select(
            cell => double.Parse(cell, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Every_form_of_the_weights_and_the_run_itself_give_the_same_hessian()
    {
        string run = Train("run", "--epochs", "1");
        double[] weights = WeightFile.Read(Path.Combine(run, "weights-softmax.pt"), Tensors).Values;
        Assert.All([".npz", ".safetensors", ""], form => Assert.Equal(weights, WeightFile.Read(Path.Combine(run, "weights-softmax" + form), Tensors).Values));
        // A run folder says itself what network it is of; its file does not.
        string ofRun = Verified("--weights", run);
        Assert.Equal(ofRun, Verified("--weights", Path.Combine(run, "weights-softmax.pt"), "--model", "softmax"));
        Assert.Contains("7850 parameters", ofRun, StringComparison.Ordinal);
    }

    [Fact]
    public void The_run_of_a_described_network_needs_nothing_outside_its_folder()
    {
        string description = _folder.PathOf("small.json");
        File.WriteAllText(description, """
            { "input": [1, 28, 28], "layers": [
              { "type": "average-pool", "size": 7 }, { "type": "flatten" }, { "type": "linear", "name": "fc", "outputs": 10 }, { "type": "softmax-loss" } ] }
            """);
        string run = Train("run", "--epochs", "0", "--model", description);
        string before = Verified("--weights", run);
        File.Delete(description);
        Assert.Equal(before, Verified("--weights", run));
        Assert.Contains("170 parameters", before, StringComparison.Ordinal);
        // Without the copy there is nothing to go by.
        File.Delete(Path.Combine(run, "network-small.json"));
        (int exitCode, string error) = ProgramCall.Run("verify", "--weights", run);
        Assert.Equal(ExitCodes.Data, exitCode);
        Assert.Contains("is not where it was; give its description with --model", error, StringComparison.Ordinal);
    }

    [Fact]
    public void PyTorch_loads_the_weights_of_a_run()
    {
        string run = Train("run", "--epochs", "0");
        string printed = PythonProcess.Run(
            "torch",
            """
            import sys, numpy, torch
            folder = sys.argv[1]
            state = torch.load(folder + "/weights-softmax.pt")
            layer = torch.nn.Sequential()
            layer.add_module("fc", torch.nn.Linear(784, 10).double())
            print(layer.load_state_dict(state))
            arrays = numpy.load(folder + "/weights-softmax.npz")
            print(all(
                (state[name].numpy() == arrays[name]).all() and (arrays[name] == numpy.load(folder + "/weights-softmax/" + name + ".npy")).all()
                for name in state))
            """,
            run);
        Assert.Equal(["<All keys matched successfully>", "True"], printed.Split('\n').Select(line => line.TrimEnd()));
    }

    [Fact]
    public void A_run_is_overwritten_only_when_that_is_asked_for()
    {
        string run = Train("run", "--epochs", "0");
        byte[] before = File.ReadAllBytes(Path.Combine(run, "result.json"));
        (int exitCode, string error) = ProgramCall.Run(Arguments("run", "--epochs", "0"));
        Assert.Equal(ExitCodes.Data, exitCode);
        Assert.Contains("holds a run already", error, StringComparison.Ordinal);
        Assert.Contains("--force", error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(run, "result.json")));
        Train("run", "--epochs", "0", "--seed", "2", "--force");
        Assert.Equal(2, Result(run).GetProperty("data").GetProperty("seed").GetInt32());
        // A run that fails leaves the earlier one as it was, and of itself nothing where it has found nothing.
        string[] files = Directory.GetFiles(run);
        Assert.Equal(
            ExitCodes.Failure,
            ProgramCall.Run(Arguments("run", "--epochs", "4", "--lr", "1e15", "--gamma", "1e15", "--precision", "float32", "--force")).ExitCode);
        Assert.Equal(files, Directory.GetFiles(run));
        Assert.Equal(2, Result(run).GetProperty("data").GetProperty("seed").GetInt32());
        Assert.False(Directory.Exists(Path.Combine(run, ".unfinished")));
        // One that cannot begin does not even ask.
        Assert.Equal(ExitCodes.Data, ProgramCall.Run(Arguments("run", "--data", "nowhere", "--force")).ExitCode);
        Assert.Equal(files, Directory.GetFiles(run));
    }

    [Fact]
    public void Its_own_folder_may_be_where_a_run_takes_its_weights_from()
    {
        string model = _folder.PathOf("small.json");
        File.WriteAllText(model, """
            { "input": [1, 28, 28], "layers": [
              { "type": "average-pool", "size": 7 }, { "type": "flatten" }, { "type": "linear", "name": "fc", "outputs": 10 }, { "type": "softmax-loss" } ] }
            """);
        string run = Train("run", "--model", model, "--epochs", "1");
        byte[] weights = File.ReadAllBytes(Path.Combine(run, "weights-small.npz"));
        (int exitCode, string error) = ProgramCall.Run("hessian", "--weights", run, "--samples", "20", "--device", "cpu", "--out", run, "--force");
        Assert.True(exitCode == 0, error);
        Assert.Equal("hessian", Result(run).GetProperty("command").GetString());
        Assert.Equal(weights, File.ReadAllBytes(Path.Combine(run, "weights-small.npz")));
        Assert.False(File.Exists(Path.Combine(run, "training-small.csv")));
    }

    [Fact]
    public void A_run_without_a_hessian_has_no_spectrum()
    {
        (int exitCode, string error) = ProgramCall.Run("spectrum", "--run", Train("run", "--epochs", "0"), "--out", _folder.PathOf("spectrum"));
        Assert.Equal(ExitCodes.Data, exitCode);
        Assert.Contains("is the result of a training, whose folder holds weights and no Hessian", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExitCodes.Usage, "There is no model 'nothing'", "--model", "nothing")]
    [InlineData(ExitCodes.Usage, "--epochs must be a whole number from 0 to 1000000; got '-1'", "--epochs", "-1")]
    [InlineData(ExitCodes.Usage, "--gamma must be a number from 1e-30 to 1e15; got '0'", "--gamma", "0")]
    [InlineData(ExitCodes.Usage, "--sigma must be a number from 1e-30 to 1e15; got '0'", "--sigma", "0")]
    [InlineData(ExitCodes.Usage, "--batch-size must be a whole number from 1 to 10000000; got '0'", "--batch-size", "0")]
    [InlineData(ExitCodes.Usage, "--weight-decay must be a number from 0 to 1e15; got '-1'", "--weight-decay", "-1")]
    [InlineData(ExitCodes.Usage, "--threads must be a whole number from 1 to 1024; got 'all'", "--threads", "all")]
    [InlineData(ExitCodes.Data, "There is no folder nowhere", "--data", "nowhere")]
    [InlineData(ExitCodes.Usage, "--device must be one of cpu, ilgpu-cpu", "--device", "abacus")]
    public void Bad_input_ends_with_one_sentence_and_its_exit_code(int expected, string part, params string[] arguments)
    {
        (int exitCode, string error) = ProgramCall.Run(["train", .. arguments, "--out", _folder.PathOf("run")]);
        Assert.Equal(expected, exitCode);
        Assert.Contains(part, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private string[] Arguments(string name, params string[] arguments)
        =>
        [
            "train", .. (string[])(arguments.Contains("--model") ? [] : ["--model", "softmax"]), "--samples", "100", "--device", "cpu", "--threads", "2",
            .. arguments, "--out", _folder.PathOf(name),
        ];

    private string Train(string name, params string[] arguments)
    {
        (int exitCode, string error) = ProgramCall.Run(Arguments(name, arguments));
        Assert.True(exitCode == 0, error);
        return _folder.PathOf(name);
    }

    // What a verification says of the weights: the same for the same weights.
    private static string Verified(params string[] arguments)
    {
        (int exitCode, string output, string error) = ProgramCall.RunForOutput(
            ["verify", .. arguments, "--samples", "3", "--device", "cpu", "--threads", "2", "--json"]);
        Assert.True(exitCode == 0, error);
        string identities = JsonDocument.Parse(output).RootElement.GetProperty("identities").ToString();
        return $"{error.Split('\n').First(line => line.Contains("parameters from", StringComparison.Ordinal)).Split(" from ")[0]} {identities}";
    }

    private static JsonElement Result(string folder) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "result.json"))).RootElement;
}
