using System.Text;
using BasinVolume.Interop.Arrays;
using BasinVolume.Mnist.Commands;

namespace BasinVolume.Mnist.Tests.Commands;

/// <summary>Options that say nothing of what is asked for: each is refused by name, wherever it is given, and no folder is begun.</summary>
public sealed class OptionUseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--epochs is of a training", "hessian", "--weights", "w.pt", "--epochs", "3")]
    [InlineData("--lr is of a training, and --epochs 0", "train", "--epochs", "0", "--lr", "1")]
    [InlineData("--batch-size is of a training and of --weighting batch-mean", "curvature", "w.pt", "--batch-size", "5")]
    [InlineData("--samples draws samples, and --indices names them", "train", "--indices", "i.npy", "--samples", "5")]
    [InlineData("--samples draws samples, and --sampling all takes", "train", "--sampling", "all", "--samples", "5")]
    [InlineData("--seed draws samples and initial weights", "hessian", "w.pt", "--sampling", "all", "--seed", "5")]
    [InlineData("--pair-tolerance is of eigenpairs", "curvature", "--largest", "0", "--smallest", "0", "--pair-tolerance", "1e-3")]
    [InlineData("--name chooses a model of a run", "hessian", "w.pt", "--name", "plain")]
    [InlineData("--name chooses a model of a run", "spectrum", "h.npy", "--name", "plain")]
    [InlineData("--key chooses a part of a file of weights, and none", "hessian", "mlp", "--key", "model")]
    [InlineData("--check is for the network of an ONNX file", "hessian", "mlp", "--check", "logits.npz")]
    [InlineData("--fold-batch-normalization is for the network of an ONNX file", "curvature", "w.pt", "--fold-batch-normalization")]
    [InlineData("--matrix-precision says how exact", "spectrum", "--run", "runs/mine", "--matrix-precision", "float32")]
    [InlineData("--asymmetry-tolerance says how exact", "volume", "--run", "runs/mine", "--asymmetry-tolerance", "0.1")]
    [InlineData("--weights belongs to the matrix of --hessian", "volume", "--run", "runs/mine", "--weights", "w.npy")]
    [InlineData("--loss-value belongs to the matrix of --hessian", "volume", "--run", "runs/mine", "--loss-value", "0.1")]
    [InlineData("--mpi-library says which library", "train", "--mpi-library", "libmpi.so")]
    [InlineData("--mpi shares the work", "hessian", "w.pt", "--shard", "1/2", "--mpi")]
    [InlineData("--resume goes on with work", "hessian", "w.pt", "--shard", "1/2", "--resume")]
    [InlineData("--force begins a run anew", "train", "--resume", "--force")]
    [InlineData("--weighting belongs to weights whose Hessian", "landscape", "runs/mine", "--weighting", "batch-mean")]
    [InlineData("--device is of the true loss", "volume", "h.npy", "--device", "cpu")]
    [InlineData("--rays is of the true loss", "volume", "h.npy", "--rays", "5")]
    [InlineData("--population is of the true loss", "volume", "h.npy", "--population", "5")]
    [InlineData("--converge is of the true loss", "volume", "h.npy", "--converge")]
    [InlineData("--converge-steps says when --converge ends", "volume", "--run", "runs/mine", "--converge-steps", "5")]
    [InlineData("--preconditioner is of rays", "volume", "--run", "runs/mine", "--rays", "0", "--preconditioner", "auto")]
    [InlineData("--seed draws rays and points", "volume", "--run", "runs/mine", "--rays", "0", "--seed", "5")]
    [InlineData("--data is of the true loss", "volume", "--run", "runs/mine", "--rays", "0", "--data", "images")]
    public void An_option_that_says_nothing_is_refused(string part, params string[] arguments)
    {
        (int exitCode, string error) = ProgramCall.Run([.. arguments, "--out", _folder.PathOf("run")]);
        AssertRefused(part, exitCode, error);
        Assert.False(Directory.Exists(_folder.PathOf("run")));
    }

    [Theory]
    [InlineData("--json says how a result is asked for", "completion", "bash", "--json")]
    [InlineData("--quiet says how a result is asked for", "help", "-q")]
    [InlineData("--force is for the folder of --out", "train", "--force")]
    [InlineData("--gamma is of a training", "predict", "digit.png", "--weights", "w.pt", "--gamma", "0.5")]
    [InlineData("--seed draws samples and initial weights", "verify", "w.pt", "--sampling", "all", "--seed", "5")]
    public void So_is_one_that_has_nothing_to_say_without_a_folder(string part, params string[] arguments)
    {
        (int exitCode, string error) = ProgramCall.Run(arguments);
        AssertRefused(part, exitCode, error);
    }

    [Fact]
    public void A_description_says_its_loss_itself()
    {
        string description = _folder.Write("net.json", "{}"u8.ToArray());
        (int exitCode, string error) = ProgramProcess.Run("train", description, "--loss", "mean-squared", "--out", _folder.PathOf("run"));
        AssertRefused("--loss is for a ready-made network", exitCode, error);
    }

    [Fact]
    public void A_settings_file_is_no_other_place()
    {
        string settings = _folder.Write("settings.json", "{ \"samples\": 5 }"u8.ToArray());
        (int exitCode, string error) = ProgramCall.Run("train", "--sampling", "all", "--config", settings, "--out", _folder.PathOf("run"));
        AssertRefused("--samples draws samples", exitCode, error);
    }

    // What gives a reason to use an option may stand in the file, and the option on the command line.
    [Fact]
    public void What_is_used_because_of_a_settings_file_is_taken()
    {
        Npy.Write<double>(_folder.PathOf("h.npy"), [2, 2], [2, 0, 0, 1]);
        string place = $$"""{ "out": "{{_folder.PathOf("run").Replace('\\', '/')}}" }""";
        string settings = _folder.Write("settings.json", Encoding.UTF8.GetBytes(place));
        (int exitCode, string error) = ProgramCall.Run("spectrum", _folder.PathOf("h.npy"), "--force", "--config", settings);
        Assert.True(exitCode == 0, error);
    }

    [Fact]
    public void Help_is_given_whatever_else_is_asked()
        => Assert.Equal(0, ProgramCall.Run("hessian", "--weights", "w.pt", "--epochs", "3", "--help").ExitCode);

    private static void AssertRefused(string part, int exitCode, string error)
    {
        Assert.True(exitCode == ExitCodes.Usage, $"{exitCode}: {error}");
        Assert.StartsWith(part, Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.EndsWith("; leave it out.", error.TrimEnd(), StringComparison.Ordinal);
    }
}
