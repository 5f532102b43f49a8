using System.IO.Compression;
using System.Text;
using BasinVolume.Interop.Tests;
using BasinVolume.Mnist.Commands;

namespace BasinVolume.Mnist.Tests.Commands;

/// <summary>
/// Files that cannot be what they are given for, as a person meets them: one sentence that says what, where, expected and got, and exit code 3.
/// </summary>
public sealed class BadFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_checkpoint_with_code_in_its_pickle_is_refused_and_nothing_is_run()
    {
        string trace = _folder.PathOf("trace");
        // os.system('touch …') where PyTorch has a tensor.
        string command = $"touch {trace}";
        string file = _folder.Write("evil.pt", TorchBytes.Zip(TorchBytes.Pickle($"cos\nsystem\n(X{(char)command.Length}\0\0\0{command}tR"), []));
        AssertRefused("asks whoever loads it to call 'os.system', which no weights need; nothing was run here", "hessian", "--weights", file);
        AssertRefused("asks whoever loads it to call 'os.system'", "verify", "--weights", file);
        Assert.False(File.Exists(trace));
    }

    [Theory]
    [InlineData("l2_trained.pt")]
    [InlineData("written.pt")]
    [InlineData("written.npz")]
    [InlineData("written.safetensors")]
    public void A_truncated_checkpoint_is_refused(string fixture)
    {
        byte[] whole = File.ReadAllBytes(TestFiles.Fixture("Interop", fixture));
        AssertRefused("cut", "hessian", "--weights", _folder.Write("cut", whole[..(whole.Length * 2 / 3)]));
    }

    [Theory]
    [InlineData("written.pt")]
    [InlineData("written.npz")]
    [InlineData("written.safetensors")]
    public void The_checkpoint_of_another_model_is_refused_with_its_tensors(string fixture)
        => AssertRefused(
            "lacks fc2.weight, fc2.bias (it has fc.weight, scale, which this model does not know)",
            "hessian", "--weights", TestFiles.Fixture("Interop", fixture));

    [Theory]
    [InlineData("hello")]
    [InlineData("PK\u0003\u0004 and no more")]
    [InlineData("{}")]
    public void A_foreign_file_is_no_checkpoint(string content)
        => AssertRefused("foreign.pt", "hessian", "--weights", _folder.Write("foreign.pt", Encoding.Latin1.GetBytes(content)));

    [Fact]
    public void A_zip_file_of_pictures_is_no_checkpoint()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            zip.CreateEntry("holiday.jpg");
        AssertRefused("is a zip file with 0 data.pkl in it", "hessian", "--weights", _folder.Write("pictures.zip", stream.ToArray()));
    }

    [Theory]
    [InlineData("object.npy", "object.npy")]
    [InlineData("structured.npy", "structured.npy")]
    [InlineData("c16.npy", "Complex")]
    [InlineData("f8.npy", "has shape (2, 3) where a square matrix")]
    public void An_array_of_something_else_is_no_hessian(string fixture, string part)
    {
        AssertRefused(part, "spectrum", "--hessian", TestFiles.Fixture("Interop", fixture));
        AssertRefused(part, "volume", "--hessian", TestFiles.Fixture("Interop", fixture));
    }

    [Theory]
    [InlineData("object.npy", "object.npy")]
    [InlineData("f8.npy", "expected one dimension")]
    [InlineData("special.npy", "holds real numbers, expected whole ones")]
    public void An_array_of_something_else_is_no_list_of_images(string fixture, string part)
        => AssertRefused(part, "train", "--indices", TestFiles.Fixture("Interop", fixture));

    [Fact]
    public void A_truncated_array_is_refused()
    {
        byte[] whole = File.ReadAllBytes(TestFiles.Fixture("Interop", "wide.npy"));
        AssertRefused("cut.npy is not a readable .npy file", "spectrum", "--hessian", _folder.Write("cut.npy", whole[..^100]));
        AssertRefused("cut.npy is not a readable .npy file", "spectrum", "--hessian", _folder.Write("cut.npy", whole[..5]));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[1, 2]")]
    [InlineData("{ \"models\": [] }")]
    public void A_folder_whose_result_is_something_else_is_no_run(string result)
    {
        Directory.CreateDirectory(_folder.PathOf("run"));
        File.WriteAllText(_folder.PathOf("run/result.json"), result);
        AssertRefused("result.json", "hessian", "--weights", _folder.PathOf("run"));
        AssertRefused("result.json", "spectrum", "--run", _folder.PathOf("run"));
    }

    private void AssertRefused(string part, params string[] arguments)
    {
        (int exitCode, string output, string error) = ProgramCall.RunForOutput(
            [.. arguments, "--quiet", "--json", .. (string[])(arguments[0] == "verify" ? [] : ["--force", "--out", _folder.PathOf("out")])]);
        Assert.Equal((ExitCodes.Data, string.Empty), (exitCode, output));
        string sentence = Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Contains(part, sentence, StringComparison.Ordinal);
        Assert.EndsWith(".", sentence, StringComparison.Ordinal);
    }
}
