using System.Text.Json;
using BasinVolume.Mnist.Commands;
using BasinVolume.Mnist.Formats;
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
        (int exitCode, string error) = ProgramProcess.Run(
            "hessian", "--weights", TestFiles.Fixture("Formats", checkpoint + ".pt"), "--indices", _folder.PathOf("subset.npy"), "--weighting", "sample-mean", "--device", "cpu", "--threads", "2", "--out", output);
        Assert.True(exitCode == 0, error);
        double[] hessian = Npy.Read(Path.Combine(output, $"hessian-{checkpoint}.npy")).AsDoubles();
        AssertNear(PyTorch.Numbers(model + "_hessian_rows"), [.. PyTorch.Numbers("row_index").SelectMany(row => hessian.AsSpan((int)row * 1710, 1710).ToArray())]);
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

    [Theory]
    [InlineData(ExitCodes.Usage, "--weights")]
    [InlineData(ExitCodes.Data, "nowhere.pt", "--weights", "nowhere.pt")]
    public void Bad_input_ends_with_one_sentence_and_its_exit_code(int expected, string part, params string[] arguments)
    {
        (int exitCode, string error) = ProgramProcess.Run(["hessian", .. arguments, "--out", _folder.PathOf("run"), "--device", "cpu"]);
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
