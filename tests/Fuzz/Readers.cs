using System.Collections.Frozen;
using System.IO.Compression;
using System.Text;
using BasinVolume.Autodiff;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Data;
using BasinVolume.Data.Idx;
using BasinVolume.Data.Pictures;
using BasinVolume.Interop;
using BasinVolume.Interop.Arrays;
using BasinVolume.Interop.Weights;
using BasinVolume.Mnist.Commands;
using BasinVolume.Mnist.Digits;
using BasinVolume.Mnist.Jobs;
using BasinVolume.Mnist.Jobs.MergeJob;
using BasinVolume.Mnist.Models;
using BasinVolume.Onnx;
using BasinVolume.Report.Html;
using BasinVolume.Report.Records;

namespace BasinVolume.Fuzz.Tests;

/// <summary>All readers of files that someone else made.</summary>
internal static class Readers
{
    private const int Images = 60_000;

    // A convolution and a linear layer: two tensors of a few elements each, and their biases.
    private static readonly TensorShape[] Model = [new("conv1.weight", [1, 1, 3, 3]), new("conv1.bias", [1]), new("fc2.weight", [2, 5]), new("fc2.bias", [2])];
    private static readonly double[] Weights = [.. Enumerable.Range(0, 22).Select(i => (i / 8.0) - 1)];

    private static readonly byte[][] Arrays =
    [
        Written(path => Npy.Write<double>(path, [3, 3], [1, 2, 3, 2, 4, 5, 3, 5, 6])),
        Written(path => Npy.Write<float>(path, [2, 2], [1, 2, 2, 1])),
        Written(path => Npy.Write<long>(path, [4], [0, 1, 59_999, 7])),
        // Fortran order, the highest byte first; version 2.
        [0x93, .. "NUMPY"u8, 2, 0, 62, 0, 0, 0, .. "{'descr': '>i4', 'fortran_order': True, 'shape': (2, 1)}     \n"u8, 0, 0, 0, 1, 0, 0, 0, 2],
    ];

    private static readonly byte[][] Checkpoints =
        [
            Written(path => TorchCheckpoint.Write<double>(path, Model, Weights)),
            Written(path => TorchCheckpoint.Write<float>(path, Model, Array.ConvertAll(Weights, weight => (float)weight))),
        ];

    // One linear layer saved in every way that PyTorch has or had; the tests of the formats say how. Some are refused, in a sentence.
    private static readonly TensorShape[] Linear = [new("fc.weight", [2, 3]), new("fc.bias", [2])];
    private static readonly byte[][] Saved =
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Documents", "saved")).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    private static readonly byte[][] Npzs = [Written(path => Npz.Write<double>(path, Model, Weights))];

    private static readonly byte[][] Idxs =
        [[0, 0, 8, 1, 0, 0, 0, 4, 7, 0, 9, 3], [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, .. Enumerable.Range(0, 12).Select(i => (byte)(20 * i))]];

    // Samples of two numbers with a class each.
    private static readonly (string Name, byte[] Content)[] DataArrays =
    [
        ("x.npy", Written(path => Npy.Write<float>(path, [3, 2], [1, 2, 3, 4, 5, 6]))),
        ("y.npy", Written(path => Npy.Write<long>(path, [3], [0, 1, 2]))),
    ];

    private static readonly byte[] Sums = Encoding.ASCII.GetBytes(
        $"{new string('a', 64)}  train-images-idx3-ubyte\n{new string('0', 64)} *t10k-labels-idx1-ubyte\n");

    private static readonly byte[][] Networks =
    [
        Document("network.json"),
        [
            .. """{"input":[1,8,8],"layers":["""u8,
            .. """{"type":"convolution","name":"c","channels":2,"kernel":3,"stride":1,"padding":1,"dilation":1,"bias":true},{"type":"gelu","as":"block"},"""u8,
            .. """{"type":"convolution","name":"d","channels":2,"kernel":3,"padding":1},{"type":"sum","with":["block"]},"""u8,
            .. """{"type":"max-pool","size":2,"stride":2,"padding":1},{"type":"scale","name":"s"},{"type":"unused","name":"u","shape":[2,3]},"""u8,
            .. """{"type":"flatten"},{"type":"linear","name":"fc","outputs":3,"bias":false},{"type":"mean-squared-loss","mean":"samples"}]}"""u8,
        ],
        [
            .. """{"input":[6],"layers":[{"type":"reshape","shape":[2,3]},{"type":"bias","name":"b","as":"x"},{"type":"concatenation","with":["x"]},"""u8,
            .. """{"type":"tanh"},{"type":"flatten","as":"z"},{"from":"input","type":"linear","name":"a","outputs":12},{"type":"sum","with":["z"]},"""u8,
            .. """{"type":"softmax-loss"}]}"""u8,
        ],
    ];

    // What the program itself writes, with every operator that has parameters; what is damaged may still be a network.
    private static readonly byte[][] Onnxs =
    [
        Exported(
            new NetworkBuilder(new Shape(1, 6, 6))
                .Convolution("c", 2, 3, padding: 1).BatchNormalization("n").Gelu().MaxPool(2).Flatten().Linear("f", 3).SoftmaxLoss()),
        Exported(new NetworkBuilder(new Shape(3, 4)).Linear("a", 4).LayerNormalization("l").Positions("p").Silu().Transpose(1, 0).Softmax(1).MeanSquaredLoss()),
    ];

    private static readonly byte[][] Settings =
    [
        [
            .. """{ "samples": 500, "sampling": "with-replacement", "lr": 0.5, "epochs": 2, "seed": 7, "force": true,"""u8,
            .. """ "memory": "512MiB", "out": "runs/a", "device": "cpu" }"""u8,
        ],
    ];

    /// <summary>By name.</summary>
    public static FrozenDictionary<string, Reader> All { get; } = new Reader[]
    {
        new("npy", "a.npy", Arrays, Mutation.Of, (_, path) => Elements(Npy.Read(path))),
        new(
            "npz",
            "a.npz",
            [Packed.Zipped([("h.npy", Arrays[0])], CompressionLevel.Optimal), Packed.Zipped([("h.npy", Arrays[1])], CompressionLevel.NoCompression)],
            Either(Mutation.Of, Packed.Zip),
            (_, path) => Elements(Npy.Read(path))),
        new("npz weights", "a.npz", [.. Npzs, Packed.Zipped(Packed.Parts(Npzs[0]), CompressionLevel.Optimal)], Either(Mutation.Of, Packed.Zip), Weigh),
        new("torch", "a.pt", Checkpoints, Either(Mutation.Of, Packed.Zip), Weigh),
        new("torch saved anyhow", "a.pt", [.. Saved.Where(file => !IsZip(file))], Mutation.Of, (_, path) => ReadLinear(path)),
        new("torch zipped anyhow", "a.pt", [.. Saved.Where(IsZip)], Either(Mutation.Of, Packed.Zip), (_, path) => ReadLinear(path)),
        new(
            "safetensors",
            "a.safetensors",
            [
                Written(path => SafeTensors.Write<double>(path, Model, Weights)),
                Written(path => SafeTensors.Write<float>(path, Model, Array.ConvertAll(Weights, weight => (float)weight))),
            ],
            Mutation.Of,
            Weigh),
        new("indices", "a.npy", [Arrays[2], Written(path => Npy.Write<int>(path, [3], [5, 6, 7]))], Mutation.Of, (_, path) => Subset.Read(path, Images)),
        new("idx", "a-idx1-ubyte", Idxs, Mutation.Of, (_, path) => IdxReader.Read(path)),
        new(
            "idx.gz",
            "a-idx1-ubyte.gz",
            [.. Idxs.Select(Packed.Gzip)],
            Either(Mutation.Of, (_, random) => Packed.Gzip(Mutation.Of(Idxs, random))),
            (_, path) => IdxReader.Read(path)),
        new(
            "arrays of samples",
            "a.npz",
            [Packed.Zipped(DataArrays, CompressionLevel.Optimal), Packed.Zipped(DataArrays, CompressionLevel.NoCompression)],
            Either(Mutation.Of, Packed.Zip),
            (_, path) => DataFiles.Load(path)),
        new(
            "labels of samples",
            "y.npy",
            [DataArrays[1].Content, Written(path => Npy.Write<double>(path, [3, 2], [1, 2, 3, 4, 5, 6]))],
            Mutation.Of,
            ReadLabels),
        new("network", "network.json", Networks, Either(Mutation.Of, JsonMutation.Of), (_, path) => OpenNetwork(path)),
        new("onnx", "net.onnx", Onnxs, Mutation.Of, (_, path) => OpenNetwork(path)),
        new("settings", "settings.json", Settings, Either(Mutation.Of, JsonMutation.Of), (_, path) => CommandLine.Parse(["train", "--config", path])),
        new("checksums", "SHA256SUMS", [Sums], Mutation.Of, (folder, _) => Checksums.Of(folder).Check("train-images-idx3-ubyte", "here", new string('a', 64))),
        new("png", "a.png", Pictures.Png, Either(Mutation.Of, (files, random) => Packed.PngSealed(Mutation.Of(files, random))), Look),
        new("jpeg", "a.jpg", Pictures.Jpeg, Mutation.Of, Look),
        new("bmp", "a.bmp", Pictures.Bmp, Mutation.Of, Look),
        new("result", "result.json", [Document("result.json")], Either(JsonMutation.Of, Mutation.Of), ReadRun),
        new("spectrum", "spectrum.json", [Document("spectrum.json")], Either(JsonMutation.Of, Mutation.Of), (folder, _) => RunPage.Of(folder, [folder])),
        new("volume", "volume.json", [Document("volume.json")], Either(JsonMutation.Of, Mutation.Of), (folder, _) => RunPage.Of(folder, [folder])),
        new("landscape", "landscape.json", [Document("landscape.json")], Either(JsonMutation.Of, Mutation.Of), (folder, _) => RunPage.Of(folder, [folder])),
        new("part", "part.json", [Document("part.json")], Either(JsonMutation.Of, Mutation.Of), ReadPart),
    }.Concat(DataReaders.All).ToFrozenDictionary(reader => reader.Name, StringComparer.Ordinal);

    private static Func<IReadOnlyList<byte[]>, Random, byte[]> Either(
        Func<IReadOnlyList<byte[]>, Random, byte[]> one, Func<IReadOnlyList<byte[]>, Random, byte[]> other)
        => (files, random) => random.Next(2) == 0 ? one(files, random) : other(files, random);

    private static byte[] Document(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Documents", name));

    private static byte[] Written(Action<string> write)
    {
        string path = Path.GetTempFileName();
        write(path);
        byte[] content = File.ReadAllBytes(path);
        File.Delete(path);
        return content;
    }

    private static byte[] Exported(NetworkBuilder builder)
    {
        Network network = builder.Build();
        return OnnxExport.Bytes(network, [.. Enumerable.Range(0, network.ParameterCount).Select(i => i / 64.0)]);
    }

    private static void Elements(NpyArray array) => Assert.Equal(array.Count, array.AsDoubles().Length);

    private static void Weigh(string folder, string path) => Assert.Equal(Weights.Length, WeightFile.Read(path, Model).Values.Length);

    private static void ReadLinear(string path) => Assert.Equal(8, WeightFile.Read(path, Linear).Values.Length);

    private static bool IsZip(byte[] file) => file.AsSpan().StartsWith("PK"u8);

    private static void Look(string folder, string path) => DigitPreparation.Prepare(PictureReader.Read(path), path);

    // What merge reads before it opens anything else.
    private static void ReadPart(string folder, string path)
    {
        PartRecord part = PartSet.Read([folder]).First.Record;
        CommandLine.Parse([part.Command!, .. part.Words]);
    }

    // Beside an array of three samples.
    private static void ReadLabels(string folder, string path)
    {
        Npy.Write<double>(Path.Combine(folder, "x.npy"), [3, 1], [1, 2, 3]);
        DataFiles.Load(folder);
    }

    // What the graph says of every shape is asked for, as a plan does.
    private static void OpenNetwork(string path)
    {
        Network network = ModelCatalog.Open(path);
        Assert.All(network.Values, value => Assert.True(value.Size > 0));
        Assert.Equal(network.ParameterCount, network.Parameters.Sum(parameter => parameter.Size));
    }

    // Every way in which a run's result is used again; each may refuse by itself.
    private static void ReadRun(string folder, string path)
    {
        RunPage.Of(folder, [folder]);
        RunWeights.Find(folder, name: null);
        RunModel model = RunModel.Read(folder, name: null);
        Assert.StartsWith(folder, Path.GetFullPath(model.HessianFile), StringComparison.Ordinal);
        Assert.All(model.Tensors, tensor => Assert.StartsWith(folder, Path.GetFullPath(model.WeightsFileOf(tensor)), StringComparison.Ordinal));
        model.OpenNetwork();
    }
}
