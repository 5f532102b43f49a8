using BasinVolume.Data;
using BasinVolume.Data.Formats;

namespace BasinVolume.Fuzz.Tests;

/// <summary>Readers of data sets, each through the door that all share.</summary>
internal static class DataReaders
{
    private static readonly byte[] Record = [3, 7, .. Enumerable.Range(0, 3072).Select(i => (byte)i)];

    private static readonly byte[][] Pickles =
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Documents", "pickled")).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    private static readonly byte[][] Archives = [Packed.Tar([("a/train.bin", [.. Record, .. Record]), ("a/test.bin", Record)])];

    private static readonly byte[][] Parquets = [File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Documents", "arrow.parquet"))];

    private static readonly byte[][] Tables =
    [
        [.. "a,b,label\n1,2.5,0\n-3e-4,\"4\",1\n"u8],
        [.. "\"a;\"\"c\";b;class\r\n 1; 2;cat\r\n3;4;\"a dog\"\r\n"u8],
        [.. "0\t1\ty\tb\n5\t6\t1\t2\n5\t7\t0\t3\n"u8],
    ];

    /// <summary>All of them.</summary>
    public static IEnumerable<Reader> All { get; } =
    [
        new("cifar", "train.bin", [[.. Record, .. Record]], Mutation.Of, (folder, _) => Load(new(folder, DataOptions.None))),
        new("cifar pickle", "data_batch_1", Pickles, Mutation.Of, (folder, _) => Load(new(folder, DataOptions.None))),
        new("cifar.tar", "a.tar", Archives, Mutation.Of, (_, path) => Load(new(path, new() { Format = "cifar" }))),
        new(
            "cifar.tar.gz",
            "a.tar.gz",
            [.. Archives.Select(Packed.Gzip)],
            (files, random) => random.Next(4) == 0 ? Mutation.Of(files, random) : Packed.Gzip(Mutation.Of(Archives, random)),
            (_, path) => Load(new(path, new() { Format = "cifar" }))),
        new("csv", "a.csv", Tables, Mutation.Of, (_, path) => Load(new(path, new() { Format = "csv" }))),
        new("csv targets", "a.csv", [Tables[0], Tables[2]], Mutation.Of, (_, path) => Load(new(path, new() { Format = "csv", TargetColumns = ["b"] }))),
        new("parquet", "a.parquet", Parquets, Mutation.Of, (_, path) => Load(new(path, new() { Format = "parquet" }))),
        new("image folder", "a", [.. Pictures.Png, .. Pictures.Jpeg, .. Pictures.Bmp], Mutation.Of, LoadImage),
    ];

    private static void LoadImage(string folder, string path)
    {
        string set = Path.Combine(folder, "set"), image = Path.Combine(set, "class", "a");
        Directory.CreateDirectory(Path.GetDirectoryName(image)!);
        File.Copy(path, image, overwrite: true);
        Load(new(set, new() { Format = "images" }));
    }

    private static void Load(DataRequest request)
    {
        DataSource source = DataFiles.Open(request);
        Assert.Equal(source.TrainingCount, source.Load().Training.Count);
        Assert.True(source.LoadTraining([0]).Training.Holds(0));
    }
}
