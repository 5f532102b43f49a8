using System.IO.Compression;
using System.Text.Json;
using BasinVolume.Interop.Arrays;

namespace BasinVolume.Mnist.Tests.Commands;

/// <summary>What tests share that write data sets and run commands on them.</summary>
public abstract class DataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected string PathOf(string name) => _folder.PathOf(name);

    protected JsonElement Result(string name, params string[] arguments)
    {
        Succeed([.. arguments, "--device", "cpu", "--threads", "2", "--out", PathOf(name)]);
        return JsonElement.Parse(File.ReadAllText(Path.Combine(PathOf(name), "result.json")));
    }

    protected static string Succeed(params string[] arguments)
    {
        (int exitCode, string error) = ProgramCall.Run(arguments);
        Assert.True(exitCode == 0, error);
        return error;
    }

    protected void AssertRefused(int expected, string part, params string[] arguments)
    {
        string output = PathOf("out");
        (int exitCode, string error) = ProgramCall.Run([.. arguments, "--quiet", "--device", "cpu", "--out", output]);
        Assert.Equal(expected, exitCode);
        string sentence = Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Contains(part, sentence, StringComparison.OrdinalIgnoreCase);
        Assert.False(File.Exists(Path.Combine(output, "result.json")));
    }

    protected string Written(string name, params (string Name, byte[] Content)[] arrays)
    {
        string path = PathOf(name);
        File.Delete(path);
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string array, byte[] content) in arrays)
        {
            using Stream part = zip.CreateEntry(array + ".npy").Open();
            part.Write(content);
        }

        return path;
    }

    protected static (string Name, byte[] Content) Bytes(string name, int[] shape, byte[] values)
        => (name, Content(path => Npy.Write<byte>(path, shape, values)));

    protected static (string Name, byte[] Content) Reals(string name, int[] shape, double[] values)
        => (name, Content(path => Npy.Write<double>(path, shape, values)));

    protected static (string Name, byte[] Content) Whole(string name, int[] shape, long[] values)
        => (name, Content(path => Npy.Write<long>(path, shape, values)));

    private static byte[] Content(Action<string> write)
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("array");
        write(path);
        return File.ReadAllBytes(path);
    }
}
