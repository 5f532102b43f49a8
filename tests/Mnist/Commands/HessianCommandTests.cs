using System.Text.Json;
using BasinVolume.Autodiff.Descriptions;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Autodiff.Training;
using BasinVolume.Basins.Weights;
using BasinVolume.Data.Subsets;
using BasinVolume.Interop.Arrays;
using BasinVolume.Interop.Weights;
using BasinVolume.Mnist.Commands;
using BasinVolume.Mnist.Tests.Reference;

namespace BasinVolume.Mnist.Tests.Commands;

/// <summary>The Hessian of a checkpoint as a person asks for it, against PyTorch's.</summary>
public sealed class HessianCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("plain_trained", "plain")]
    [InlineData("l2_trained", "l2")]
    public void At_a_checkpoint_of_pytorch_it_is_pytorchs_to_1e_10(string checkpoint, string model)
    {
        Npy.Write<long>(_folder.PathOf("subset.npy"), [PyTorch.Indices.Length], Array.ConvertAll(PyTorch.Indices, index => (long)index));
        string output = _folder.PathOf("run");
        (int exitCode, string error) = ProgramCall.Run(
            "hessian", "--weights", TestFiles.Fixture("Interop", checkpoint + ".pt"), "--indices", _folder.PathOf("subset.npy"), "--weighting", "sample-mean",
            "--device", "cpu", "--threads", "2", "--out", output);
        Assert.True(exitCode == 0, error);
        double[] hessian = Npy.Read(Path.Combine(output, $"hessian-{checkpoint}.npy")).AsDoubles();
        AssertNear(
            PyTorch.Numbers(model + "_hessian_rows"), [.. PyTorch.Numbers("row_index").SelectMany(row => hessian.AsSpan((int)row * 1710, 1710).ToArray())]);
        AssertNear(PyTorch.Numbers(model + "_sample_mean_grad"), Npy.Read(Path.Combine(output, $"gradient-{checkpoint}.npy")).AsDoubles());
        AssertNear(PyTorch.Numbers(model + "_eigenvalues"), Npy.Read(Path.Combine(output, $"eigenvalues-{checkpoint}.npy")).AsDoubles());
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(output, "result.json")));
        Assert.Equal("hessian", document.RootElement.GetProperty("command").GetString());
        JsonElement entry = Assert.Single(document.RootElement.GetProperty("models").EnumerateArray());
        Assert.Equal(checkpoint, entry.GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Null, entry.GetProperty("training").ValueKind);
        Assert.Equal(64, entry.GetProperty("checkpoint").GetProperty("sha256").GetString()!.Length);
        Assert.True(entry.GetProperty("volume").GetProperty("notebook").GetProperty("log_volume").GetDouble() < 0);
    }

    [Fact]
    public void A_described_model_and_a_penalty_in_the_loss_are_taken_and_recorded()
    {
        const double Lambda = 0.25;
        string model = _folder.PathOf("small.json"), weights = _folder.PathOf("weights");
        File.WriteAllText(model, """
            { "input": [1, 28, 28], "layers": [
              { "type": "average-pool", "size": 7 }, { "type": "flatten" },
              { "type": "linear", "name": "fc", "outputs": 10 }, { "type": "mean-squared-loss" } ] }
            """);
        Network network = NetworkDescription.Read(model);
        double[] parameters = InitialWeights.NormalByInputs(network, new NumpyRandom(1).NextGaussian);
        TensorFolder.Write<double>(weights, NetworkTensors.Of(network), parameters);
        JsonElement excluded = Run("excluded"), included = Run("included");

        double[] plain = Npy.Read(_folder.PathOf("excluded/hessian-weights.npy"))
            .AsDoubles(), penalised = Npy.Read(_folder.PathOf("included/hessian-weights.npy"))
            .AsDoubles();
        for (int i = 0; i < plain.Length; i++)
            Assert.Equal(plain[i] + (i % 171 == 0 ? Lambda : 0), penalised[i]);
        double[] gradient = Npy.Read(_folder.PathOf("excluded/gradient-weights.npy")).AsDoubles();
        Assert.Equal(gradient.Zip(parameters, (g, p) => g + (Lambda * p)), Npy.Read(_folder.PathOf("included/gradient-weights.npy")).AsDoubles());
        Assert.Equal((0, Lambda), (Decay(excluded), Decay(included)));
        Assert.Equal("included", included.GetProperty("hessian").GetProperty("penalty").GetString());
        double loss = excluded.GetProperty("hessian").GetProperty("loss").GetDouble() + (0.5 * Lambda * parameters.Sum(p => p * p));
        Assert.Equal(loss, included.GetProperty("hessian").GetProperty("loss").GetDouble(), 1e-14 * loss);
        // H + (λ + c)I is the same matrix either way.
        double volume = VolumeOf(excluded);
        Assert.Equal(volume, VolumeOf(included), 1e-12 * Math.Abs(volume));
        Assert.Equal(["fc.weight", "fc.bias"], excluded.GetProperty("parameter_map").EnumerateArray().Select(entry => entry.GetProperty("name").GetString()));

        JsonElement Run(string penalty)
        {
            string output = _folder.PathOf(penalty);
            (int exitCode, string error) = ProgramCall.Run(
                "hessian", "--model", model, "--weights", weights, "--samples", "40", "--device", "cpu", "--weight-decay", "0.25", "--penalty", penalty,
                "--out", output);
            Assert.True(exitCode == 0, error);
            return Assert.Single(JsonDocument.Parse(File.ReadAllBytes(Path.Combine(output, "result.json"))).RootElement.GetProperty("models").EnumerateArray());
        }

        static double Decay(JsonElement entry) => entry.GetProperty("hessian").GetProperty("weight_decay").GetDouble();
        static double VolumeOf(JsonElement entry) => entry.GetProperty("volume").GetProperty("notebook").GetProperty("log_volume").GetDouble();
    }

    [Theory]
    [InlineData("excluded", 0)]
    [InlineData("included", 0.25)]
    public void Without_weights_the_model_is_trained_on_the_loss_whose_hessian_it_is(string penalty, double trainedWith)
    {
        string model = _folder.PathOf("small.json"), trained = _folder.PathOf("trained"), again = _folder.PathOf("again");
        File.WriteAllText(model, """
            { "input": [1, 28, 28], "layers": [
              { "type": "average-pool", "size": 7 }, { "type": "flatten" }, { "type": "linear", "name": "fc", "outputs": 10 }, { "type": "softmax-loss" } ] }
            """);
        string[] common = ["--samples", "40", "--device", "cpu", "--weight-decay", "0.25", "--penalty", penalty];
        (int exitCode, string error) = ProgramCall.Run(["hessian", "--model", model, "--epochs", "2", .. common, "--out", trained]);
        Assert.True(exitCode == 0, error);
        JsonElement entry = Assert.Single(
            JsonDocument.Parse(File.ReadAllBytes(Path.Combine(trained, "result.json"))).RootElement.GetProperty("models").EnumerateArray());
        Assert.Equal("small", entry.GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Null, entry.GetProperty("checkpoint").ValueKind);
        Assert.Equal((2, trainedWith), (
            entry.GetProperty("training").GetProperty("epochs").GetArrayLength(), entry.GetProperty("training").GetProperty("weight_decay").GetDouble()));
        Assert.True(File.Exists(Path.Combine(trained, "training-small.csv")));

        // The folder of that run, with the same images, gives the same Hessian, bit for bit.
        (exitCode, error) = ProgramCall.Run(["hessian", "--weights", trained, "--name", "small", .. common, "--out", again]);
        Assert.True(exitCode == 0, error);
        Assert.Equal(File.ReadAllBytes(Path.Combine(trained, "hessian-small.npy")), File.ReadAllBytes(Path.Combine(again, "hessian-small.npy")));
        Assert.False(File.Exists(Path.Combine(again, "training-small.csv")));
    }

    [Theory]
    [InlineData(ExitCodes.Usage, "notebook, softmax, mlp", "--model", "lenet", "--weights", "nowhere.pt")]
    [InlineData(ExitCodes.Data, "61706 parameters and its spectrum need 137.075 GB", "--model", "lenet5", "--weights", "nowhere.pt", "--memory", "2GB")]
    [InlineData(ExitCodes.Usage, "512MiB", "--weights", "nowhere.pt", "--memory", "much")]
    [InlineData(ExitCodes.Usage, "--name chooses a model of a run", "--weights", "nowhere.pt", "--name", "plain")]
    [InlineData(ExitCodes.Usage, "--epochs must be a whole number from 0 to 1000000; got '-1'", "--epochs", "-1")]
    [InlineData(ExitCodes.Data, "nowhere.pt", "--weights", "nowhere.pt")]
    public void Bad_input_ends_with_one_sentence_and_its_exit_code(int expected, string part, params string[] arguments)
    {
        (int exitCode, string error) = ProgramCall.Run(["hessian", .. arguments, "--out", _folder.PathOf("run"), "--device", "cpu"]);
        Assert.Equal(expected, exitCode);
        Assert.Contains(part, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    // Relative to the largest element: small ones carry the rounding of the sums that they are.
    private static void AssertNear(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double bound = 1e-10 * expected.Max(Math.Abs);
        Assert.InRange(expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max(), 0, bound);
    }
}
