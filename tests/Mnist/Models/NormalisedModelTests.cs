using System.Text.Json;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Plans;
using BasinVolume.Interop;
using BasinVolume.Interop.Arrays;
using BasinVolume.Interop.Weights;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Mnist.Models;

namespace BasinVolume.Mnist.Tests.Models;

/// <summary>Statistics of batch normalisations on their way: from PyTorch's file, from a training, through a run, and where they are missing.</summary>
public sealed class NormalisedModelTests : IDisposable
{
    // As Models/Fixtures/make.py.
    private const string Description = """
        { "input": [1, 28, 28], "layers": [
          { "type": "convolution", "name": "conv", "channels": 2, "kernel": 7, "stride": 7, "bias": false },
          { "type": "batch-normalization", "name": "bn" },
          { "type": "flatten" }, { "type": "linear", "name": "fc", "outputs": 10 }, { "type": "softmax-loss" } ] }
        """;

    private readonly TemporaryFolder _folder = new();

    public NormalisedModelTests() => File.WriteAllText(Model, Description);

    private string Model => _folder.PathOf("model.json");

    public void Dispose() => _folder.Dispose();

    // The numbers are those that make.py prints.
    [Fact]
    public void PyTorchs_file_fills_them_and_gives_PyTorchs_loss()
    {
        (RequestedModel model, StoredWeights? stored) = Open(TestFiles.Fixture("Models", "normalised.pt"));
        Assert.Equal([-0.0015775200445204973, 0.0010708962799981236], model.Network.Buffers[0].Values);
        Assert.Equal([0.9309608936309814, 0.9262723922729492], model.Network.Buffers[1].Values);
        Assert.Equal(98 + 4 + 330, stored!.Values.Length);
        Assert.Contains("bn.num_batches_tracked (int64)", stored.Note(), StringComparison.Ordinal);

        using var device = new HostDevice(1);
        using var plan = new Plan<double>(model.Network, device);
        plan.SetParameters(stored.Values);
        var image = new Matrix(1, 784, [.. Enumerable.Range(0, 784).Select(i => Math.Sin(0.1 * i))]);
        Assert.Equal(2.2612960266641258, Evaluation.Compute(plan, new MatrixSamples(image, [4], [1])).Loss, 1e-13);
    }

    [Theory]
    [InlineData("bn.running_mean", "lacks bn.running_mean")]
    [InlineData("bn.running_var", "lacks bn.running_var")]
    public void A_file_without_them_is_refused_by_name(string missing, string expected)
    {
        string file = _folder.PathOf("weights.npz");
        Npz.Write<double>(file, [.. Tensors().Where(tensor => tensor.Name != missing)], new double[436 - 2]);
        TestFiles.AssertExplained<DataException>(() => Open(file), file, expected);
    }

    [Fact]
    public void A_variance_below_zero_is_refused_with_its_file()
    {
        string file = _folder.PathOf("weights.npz");
        double[] values = new double[436];
        values[^1] = -1;
        Npz.Write<double>(file, Tensors(), values);
        TestFiles.AssertExplained<DataException>(() => Open(file), file, "'bn.running_var' is -1");
    }

    [Fact]
    public void A_training_measures_them_once_and_a_run_keeps_them()
    {
        string trained = _folder.PathOf("trained"), curved = _folder.PathOf("curved");
        Run("train", "--model", Model, "--samples", "300", "--epochs", "1", "--out", trained);
        Run("hessian", "--weights", trained, "--samples", "40", "--out", curved);
        Assert.Equal(("measured", 256), Statistics(trained));
        Assert.Equal(("weights", null), Statistics(curved));
        double[] measured = Npy.Read(Path.Combine(trained, "weights-model", "bn.running_var.npy")).AsDoubles();
        Assert.NotEqual([1.0, 1.0], measured);
        Assert.Equal(measured, Npy.Read(Path.Combine(curved, "weights-model", "bn.running_var.npy")).AsDoubles());
        Assert.All(
            ["", ".pt", ".npz", ".safetensors"],
            ending => Assert.Equal(measured, Open(Path.Combine(trained, "weights-model" + ending)).Model.Network.Buffers[1].Values));
        Network network = RunModel.Read(curved, name: null).OpenNetwork()!;
        Assert.Equal(measured, network.Buffers[1].Values);
        // What the landscape computes at the weights is the run's loss only with the same statistics.
        Run("landscape", "--run", curved, "--directions", "leading:1", "--points", "3", "--out", _folder.PathOf("lines"));
        double[] lines = Npy.Read(_folder.PathOf("lines/lines.npy")).AsDoubles();
        Assert.Equal(lines[5], lines[4], 1e-12);
    }

    private (RequestedModel Model, StoredWeights? Weights) Open(string weights)
        => RequestedModel.Open(new ModelRequest(Model, weights, Name: null), layout: null).Loaded();

    private static TensorShape[] Tensors() =>
    [
        new("conv.weight", [2, 1, 7, 7]), new("bn.weight", [2]), new("bn.bias", [2]), new("fc.weight", [10, 32]), new("fc.bias", [10]),
        new("bn.running_mean", [2]), new("bn.running_var", [2]),
    ];

    private static void Run(params string[] arguments)
    {
        (int exitCode, string error) = ProgramCall.Run([.. arguments, "--device", "cpu", "--threads", "2"]);
        Assert.True(exitCode == 0, error);
    }

    private static (string? Origin, int? Samples) Statistics(string run)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(run, "result.json")));
        JsonElement statistics = document.RootElement.GetProperty("models")[0].GetProperty("statistics");
        Assert.Equal(["bn.running_mean", "bn.running_var"], statistics.GetProperty("tensors").EnumerateArray().Select(tensor => tensor.GetString()));
        JsonElement samples = statistics.GetProperty("samples");
        return (statistics.GetProperty("origin").GetString(), samples.ValueKind == JsonValueKind.Null ? null : samples.GetInt32());
    }
}
