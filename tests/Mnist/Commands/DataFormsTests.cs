using System.IO.Compression;
using System.Text;
using System.Text.Json;
using BasinVolume.Data;
using BasinVolume.Data.Samples;
using BasinVolume.Interop.Arrays;
using BasinVolume.Mnist.Commands;
using Parquet;
using Parquet.Schema;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace BasinVolume.Mnist.Tests.Commands;

/// <summary>The same samples in every form of data: the same bits come out, and what is wrong with a form is one sentence.</summary>
public sealed class DataFormsTests : IDisposable
{
    private const int Count = 40;
    private static readonly string Mnist = Path.Combine(TestFiles.RepositoryRoot(), "data", "mnist");

    private readonly TemporaryFolder _folder = new();
    private readonly byte[][] _images;
    private readonly int[] _labels;

    public DataFormsTests()
    {
        Dataset training = DataFiles.Open(new(Mnist, new())).Load([.. Enumerable.Range(0, Count)]).Training;
        _images = [.. Enumerable.Range(0, Count).Select(i => training.Pixels(i).ToArray())];
        _labels = [.. Enumerable.Range(0, Count).Select(i => training.Labels(i)[0])];
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_subset_of_mnist_gives_the_same_loss_and_the_same_hessian_in_five_forms()
    {
        int[] inOrder = [.. Enumerable.Range(0, Count)];
        (string Loss, string Hessian) idx = Bits("idx", Mnist, inOrder);
        Assert.Equal(idx, Bits("npz", WriteNpz(), inOrder));
        Assert.Equal(idx, Bits("csv", WriteTable(), inOrder));
        Assert.Equal(idx, Bits("parquet", WriteParquet(), inOrder));
        // A folder has its images class by class.
        int[] byClass = [.. inOrder.OrderBy(i => _labels[i])];
        Assert.Equal(idx, Bits("images", WriteFolder(), [.. inOrder.Select(i => Array.IndexOf(byClass, i))]));
    }

    [Fact]
    public void Records_of_cifar_train_and_give_the_bits_of_the_same_arrays()
    {
        byte[] images = [.. Enumerable.Range(0, 6 * 3072).Select(i => (byte)(i * (1 + (i / 3072)) % 251))];
        string cifar = Directory.CreateDirectory(_folder.PathOf("cifar")).FullName;
        File.WriteAllBytes(
            Path.Combine(cifar, "data_batch_1.bin"), [.. images.Chunk(3072).Index().SelectMany(image => (byte[])[(byte)(image.Index + 4), .. image.Item])]);
        File.WriteAllBytes(Path.Combine(cifar, "test_batch.bin"), [.. images.Chunk(3072).Take(1).SelectMany(image => (byte[])[3, .. image])]);
        string npz = WriteArrays("a.npz", ("x.npy", Written(path => Npy.Write<byte>(path, [6, 3, 32, 32], images))), ("y.npy", Written(
            path => Npy.Write<long>(path, [6], [4, 5, 6, 7, 8, 9]))));
        string first = Trained("first", "--data", cifar), second = Trained("second", "--data", npz, "--channels-first");
        Assert.Equal(second, first);

        string Trained(string name, params string[] arguments)
        {
            string output = _folder.PathOf(name);
            Succeed(["train", .. arguments, "--model", "lenet5", "--samples", "6", "--batch-size", "3", "--epochs", "2", "--out", output]);
            JsonElement model = JsonElement.Parse(File.ReadAllText(Path.Combine(output, "result.json"))).GetProperty("models")[0];
            return model.GetProperty("training").GetProperty("step_losses").GetRawText();
        }
    }

    [Fact]
    public void A_table_of_real_targets_is_trained_and_its_columns_are_named()
    {
        string table = _folder.Write("a.csv", "u;v;w;z\n1;2;3;0.5\n2;1;0;1\n0;1;1;-1\n"u8.ToArray());
        Succeed("hessian", "--data", table, "--target", "z", "--model", "mlp:3-2-1", "--samples", "3", "--epochs", "1", "--out", _folder.PathOf("run"));
        JsonElement data = JsonElement.Parse(File.ReadAllText(_folder.PathOf("run/result.json"))).GetProperty("data");
        Assert.Equal(("csv", "z"), (data.GetProperty("format").GetString(), data.GetProperty("targets")[0].GetString()));
    }

    [Theory]
    [InlineData(ExitCodes.Data, "has 'red' in column 'v', line 2")]
    [InlineData(ExitCodes.Usage, "has no column 'colour': it has u, v, label", "--label", "colour")]
    [InlineData(ExitCodes.Usage, "--elements must be one of pixels, numbers", "--elements", "words")]
    [InlineData(ExitCodes.Usage, "--resize says nothing about", "--resize", "4,4")]
    [InlineData(ExitCodes.Data, "is a damaged Parquet file", "--data-format", "parquet")]
    [InlineData(ExitCodes.Data, "is no folder: expected a folder of PNG", "--data-format", "images")]
    [InlineData(ExitCodes.Data, "is no tar archive, packed with gzip or not: expected one with data_batch_1.bin", "--data-format", "cifar")]
    public void What_cannot_be_is_one_sentence_and_leaves_nothing(int exitCode, string part, params string[] arguments)
    {
        string table = _folder.Write("a.csv", "u,v,label\n1,red,0\n"u8.ToArray()), output = _folder.PathOf("out");
        (int found, string error) = ProgramCall.Run(["train", .. arguments, "--data", table, "--quiet", "--device", "cpu", "--out", output]);
        Assert.Contains(part, Assert.Single(error.TrimEnd().Split('\n')), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(exitCode, found);
        Assert.False(File.Exists(Path.Combine(output, "result.json")));
    }

    private static void Succeed(params string[] arguments)
    {
        (int exitCode, string error) = ProgramCall.Run([.. arguments, "--device", "cpu", "--threads", "2"]);
        Assert.True(exitCode == 0, error);
    }

    private (string Loss, string Hessian) Bits(string name, string data, int[] indices)
    {
        string chosen = _folder.PathOf($"{name}-indices.npy"), output = _folder.PathOf($"{name}-run");
        Npy.Write<long>(chosen, [indices.Length], Array.ConvertAll(indices, index => (long)index));
        Succeed("hessian", "--data", data, "--indices", chosen, "--weights", TestFiles.Fixture("Interop", "l2_trained.pt"), "--out", output);
        JsonElement result = JsonElement.Parse(File.ReadAllText(Path.Combine(output, "result.json")));
        Assert.Equal(name, result.GetProperty("data").GetProperty("format").GetString());
        JsonElement hessian = result.GetProperty("models")[0].GetProperty("hessian");
        return (hessian.GetProperty("loss").GetRawText(), hessian.GetProperty("sha256").GetString()!);
    }

    private string WriteNpz() => WriteArrays(
        "mnist.npz",
        ("x.npy", Written(path => Npy.Write<byte>(path, [Count, 28, 28], [.. _images.SelectMany(image => image)]))),
        ("y.npy", Written(path => Npy.Write<long>(path, [Count], Array.ConvertAll(_labels, label => (long)label)))));

    private string WriteTable()
    {
        var text = new StringBuilder("label");
        text.AppendJoin(string.Empty, Enumerable.Range(0, 784).Select(i => $",pixel{i}")).Append('\n');
        for (int i = 0; i < Count; i++)
            text.Append(_labels[i]).Append(',').AppendJoin(',', _images[i]).Append('\n');
        return _folder.Write("mnist.csv", Encoding.ASCII.GetBytes(text.ToString()));
    }

    private string WriteFolder()
    {
        for (int i = 0; i < Count; i++)
        {
            Directory.CreateDirectory(_folder.PathOf($"mnist/{_labels[i]}"));
            _folder.Write($"mnist/{_labels[i]}/{i:d5}.png", PngOf(_images[i]));
        }

        return _folder.PathOf("mnist");
    }

    private string WriteParquet()
    {
        string path = _folder.PathOf("mnist.parquet");
        WriteParquetAsync(path).GetAwaiter().GetResult();
        return path;
    }

    private async Task WriteParquetAsync(string path)
    {
        var bytes = new DataField<byte[]>("bytes");
        var name = new DataField<string>("path");
        var label = new DataField<long>("label");
        await using FileStream stream = File.Create(path);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(new StructField("image", bytes, name), label), stream);
        using ParquetRowGroupWriter group = writer.CreateRowGroup();
        await group.WriteAsync(bytes, _images.Select(PngOf).ToArray());
        await group.WriteAsync(name, _images.Select((_, i) => $"{i}.png").ToArray());
        await group.WriteAsync<long>(label, Array.ConvertAll(_labels, place => (long)place));
        group.CompleteValidate();
    }

    private static byte[] PngOf(byte[] levels)
    {
        using Image<L8> image = Image.LoadPixelData<L8>(levels, 28, 28);
        using var stream = new MemoryStream();
        image.SaveAsPng(stream);
        return stream.ToArray();
    }

    private string WriteArrays(string name, params (string Name, byte[] Content)[] arrays)
    {
        string path = _folder.PathOf(name);
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string array, byte[] content) in arrays)
        {
            using Stream part = zip.CreateEntry(array).Open();
            part.Write(content);
        }

        return path;
    }

    private byte[] Written(Action<string> write)
    {
        string path = _folder.PathOf("array");
        write(path);
        return File.ReadAllBytes(path);
    }
}
