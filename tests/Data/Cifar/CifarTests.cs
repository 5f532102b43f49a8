using System.Security.Cryptography;
using System.Text;
using BasinVolume.Data.Formats;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Tests.Samples;
using BasinVolume.Interop;

namespace BasinVolume.Data.Tests.Cifar;

/// <summary>CIFAR-10 and CIFAR-100 in the folders and archives in which they are published.</summary>
public sealed class CifarTests : IDisposable
{
    private static readonly byte[] Names10 = Encoding.ASCII.GetBytes(string.Join('\n', Enumerable.Range(0, 10).Select(i => $"k{i}")) + "\n\n");

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Pickles =>
        ["ten-python2", "ten-protocol2", "ten-protocol3", "ten-protocol4", "ten-protocol5", "ten-keys-of-bytes", "ten-numpy-labels"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Records_of_several_files_follow_each_other()
    {
        WriteTen();
        CheckTen(DataFiles.Load(_folder.Path));
    }

    [Fact]
    public void An_archive_is_read_as_it_was_downloaded()
    {
        string path = _folder.Write("cifar-10-binary.tar.gz", CifarBytes.TarGz(TenFiles()));
        DataParts data = DataFiles.Load(path);
        CheckTen(data);
        WriteTen();
        Assert.Equal(DataFiles.Load(_folder.Path).Sha256, data.Sha256);
        CheckTen(DataFiles.Load(_folder.Write("cifar-10-binary.tar", CifarBytes.Tar(TenFiles()))));
    }

    [Fact]
    public void The_folder_around_may_be_given()
    {
        Directory.CreateDirectory(_folder.PathOf("cifar-10-batches-bin"));
        foreach ((string name, byte[] content) in TenFiles())
            _folder.Write($"cifar-10-batches-bin/{name}", content);
        CheckTen(DataFiles.Load(_folder.Path));
        Directory.CreateDirectory(_folder.PathOf("cifar-100-binary"));
        _folder.Write("cifar-100-binary/train.bin", CifarBytes.Records([0, 1]));
        AssertExplained("holds several data sets: cifar-10-batches-bin, cifar-100-binary; give one of these folders");
    }

    [Fact]
    public void Few_samples_are_held_with_their_places()
    {
        WriteTen();
        DataParts data = DataFiles.Open(new(_folder.Path, DataOptions.None)).Load([4, 1]);
        Assert.False(data.Training.Holds(0));
        Assert.Equal(CifarBytes.Image(1), data.Training.Pixels(4));
        Assert.Equal(0, data.Training.Labels(4)[0]);
    }

    [Fact]
    public void A_hundred_classes_have_twenty_kinds()
    {
        _folder.Write("train.bin", CifarBytes.Records([1, 3], [0, 2]));
        _folder.Write("test.bin", CifarBytes.Records([1, 0]));
        _folder.Write("fine_label_names.txt", "f0\nf1\nf2\nf3\n"u8.ToArray());
        _folder.Write("coarse_label_names.txt", "c0\nc1\n"u8.ToArray());
        DataParts fine = DataFiles.Load(_folder.Path), coarse = DataFiles.Open(new(_folder.Path, new() { LabelColumn = "coarse" })).Load();
        Assert.Equal(["f0", "f1", "f2", "f3"], fine.Training.Layout.Classes);
        Assert.Equal([3, 2], Held.Labels(fine.Training));
        Assert.Equal(["c0", "c1"], coarse.Training.Layout.Classes);
        Assert.Equal([1, 0], Held.Labels(coarse.Training));
        Assert.Equal([1], Held.Labels(coarse.Test));
        Assert.Equal(CifarBytes.Image(1), fine.Training.Pixels(1));
        Assert.Equal(("fine labels", "coarse labels"), (fine.Note, coarse.Note));
        TestFiles.AssertExplained<DataOptionException>(
            () => DataFiles.Open(new(_folder.Path, new() { LabelColumn = "colour" })), "has no label 'colour': expected fine or coarse");
    }

    [Fact]
    public void Without_names_classes_are_called_by_their_numbers()
    {
        _folder.Write("train.bin", CifarBytes.Records([1, 99]));
        DataParts data = DataFiles.Load(_folder.Path);
        Assert.Equal(("0", "99", 100), (data.Training.Layout.Classes[0], data.Training.Layout.Classes[99], data.Training.Layout.Classes.Length));
        Assert.Null(data.Test);
        Assert.Contains("no test.bin", data.Note, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pickles))]
    public void A_pickle_is_read_whoever_wrote_it(string fixture)
    {
        WritePickles(fixture);
        DataParts data = DataFiles.Load(_folder.Path);
        Assert.Equal([6, 9, 0, 6, 9, 0], Held.Labels(data.Training));
        Assert.Equal([6, 9, 0], Held.Labels(data.Test));
        Assert.Equal("k6", data.Training.Layout.Classes[6]);
        Assert.Equal(CifarBytes.Image(2), data.Training.Pixels(5));
        Assert.Equal(Enumerable.Range(0, 3).SelectMany(CifarBytes.Image), Held.Pixels(data.Test));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Fixture(fixture))), data.Sha256["data_batch_2"]);
    }

    [Fact]
    public void An_archive_of_pickles_is_read_too()
    {
        byte[] batch = Fixture("ten-python2");
        string path = _folder.Write(
            "cifar-10-python.tar.gz",
            CifarBytes.TarGz(("data_batch_2", batch), ("test_batch", batch), ("batches.meta", Fixture("ten-names")), ("data_batch_1", batch)));
        DataParts data = DataFiles.Load(path);
        Assert.Equal([6, 9, 0, 6, 9, 0], Held.Labels(data.Training));
        Assert.Equal(CifarBytes.Image(1), data.Training.Pixels(4));
    }

    [Fact]
    public void A_pickle_of_a_hundred_classes_has_both_labels()
    {
        _folder.Write("train", Fixture("hundred-python2"));
        _folder.Write("test", Fixture("hundred-python2"));
        _folder.Write("meta", Fixture("hundred-names"));
        Assert.Equal([3, 1], Held.Labels(DataFiles.Load(_folder.Path).Training));
        Assert.Equal([0, 1], Held.Labels(DataFiles.Open(new(_folder.Path, new() { LabelColumn = "coarse" })).Load().Test));
    }

    [Fact]
    public void A_pickle_that_calls_something_is_refused_and_nothing_is_called()
    {
        WritePickles("ten-python2");
        string proof = _folder.PathOf("proof");
        byte[] command = Encoding.ASCII.GetBytes($"touch {proof}");
        _folder.Write("data_batch_1", [0x80, 2, .. "cos\nsystem\nX"u8, (byte)command.Length, 0, 0, 0, .. command, 0x85, (byte)'R', (byte)'.']);
        AssertExplained("data_batch_1 asks whoever loads it to call 'os.system', which no arrays need; nothing was run here");
        Assert.False(File.Exists(proof));
    }

    [Theory]
    [InlineData("ten-fortran", "has under 'data' something else: expected an array of uint8")]
    [InlineData("ten-floats", "has under 'data' something else: expected an array of uint8")]
    [InlineData("ten-names", "has no 'data': it has num_cases_per_batch, num_vis, label_names")]
    public void A_pickle_of_something_else_is_refused(string fixture, string part)
    {
        WritePickles(fixture);
        AssertExplained(part);
    }

    [Theory]
    [InlineData(10, "ends too early, at byte 10")]
    [InlineData(4000, "ends too early, at byte 4000")]
    [InlineData(9480, "ends too early, at byte 9480")]
    public void A_pickle_that_was_cut_is_refused(int length, string part)
    {
        WritePickles("ten-python2");
        _folder.Write("data_batch_2", Fixture("ten-python2")[..length]);
        AssertExplained("data_batch_2", part, "fetch the file again");
    }

    [Fact]
    public void Records_that_are_cut_are_refused()
    {
        WriteTen();
        _folder.Write("data_batch_2.bin", CifarBytes.Records([3], [7])[..^1]);
        AssertExplained("data_batch_2.bin has 6145 bytes, expected records of 3073 bytes", "fetch the file again");
    }

    [Fact]
    public void A_file_that_is_missing_between_others_is_refused()
    {
        WriteTen();
        File.Delete(_folder.PathOf("data_batch_1.bin"));
        AssertExplained("has data_batch_2.bin but no data_batch_1.bin; add it");
    }

    [Fact]
    public void A_label_that_is_no_class_is_refused()
    {
        WriteTen();
        _folder.Write("test_batch.bin", CifarBytes.Records([3], [10]));
        AssertExplained("test_batch.bin has the label 10 at index 1: expected 0 to 9");
    }

    [Theory]
    [InlineData(300)]
    [InlineData(8)]
    public void An_archive_that_was_cut_is_refused(int missing)
    {
        byte[] whole = CifarBytes.TarGz(TenFiles());
        string path = _folder.Write("cifar-10-binary.tar.gz", whole[..^missing]);
        TestFiles.AssertExplained<DataException>(() => DataFiles.Open(new(path, new() { Format = "cifar" })), "cifar-10-binary.tar.gz", "fetch it again");
    }

    [Fact]
    public void A_file_that_an_archive_has_twice_is_refused()
    {
        string path = _folder.Write("a.tar.gz", CifarBytes.TarGz([.. TenFiles(), TenFiles()[0]]));
        TestFiles.AssertExplained<DataException>(() => DataFiles.Load(path), "has two files batches.meta.txt");
    }

    [Fact]
    public void Test_data_may_lie_elsewhere_with_the_same_classes()
    {
        WriteTen();
        File.Delete(_folder.PathOf("test_batch.bin"));
        string other = Directory.CreateDirectory(_folder.PathOf("other")).FullName;
        _folder.Write("other/data_batch_1.bin", CifarBytes.Records([2]));
        _folder.Write("other/batches.meta.txt", Names10);
        Assert.Equal([2], Held.Labels(DataFiles.Open(new(_folder.Path, new() { TestPath = other })).Load().Test));
        _folder.Write("other/batches.meta.txt", "cat\ndog\nhorse\n"u8.ToArray());
        TestFiles.AssertExplained<DataException>(
            () => DataFiles.Open(new(_folder.Path, new() { TestPath = other })),
            "other has the classes cat, dog, horse, but those of the training samples are k0, k1");
    }

    private static (string Name, byte[] Content)[] TenFiles() =>
    [
        ("batches.meta.txt", Names10),
        ("data_batch_2.bin", CifarBytes.Records([5], [0])),
        ("test_batch.bin", CifarBytes.Records([3], [1])),
        ("readme.html", "<html>"u8.ToArray()),
        ("data_batch_1.bin", CifarBytes.Records([6], [9], [0])),
    ];

    private static byte[] Fixture(string name) => File.ReadAllBytes(TestFiles.Fixture("Cifar", $"{name}.pickle"));

    private static void CheckTen(DataParts data)
    {
        Assert.Equal("cifar", data.Format);
        Assert.Equal([3, 32, 32], data.Training.Layout.Shape.Dimensions);
        Assert.Equal(["k0", "k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8", "k9"], data.Training.Layout.Classes);
        Assert.Equal([6, 9, 0, 5, 0], Held.Labels(data.Training));
        Assert.Equal([3, 1], Held.Labels(data.Test));
        Assert.Equal(new[] { 0, 1, 2, 0, 1 }.SelectMany(CifarBytes.Image), Held.Pixels(data.Training));
        Assert.Equal(["batches.meta.txt", "data_batch_1.bin", "data_batch_2.bin", "test_batch.bin"], data.Sha256.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(CifarBytes.Records([6], [9], [0]))), data.Sha256["data_batch_1.bin"]);
        Assert.Equal(CifarBytes.Image(1)[7] / 255f, Held.Inputs(data.Training, 1)[7]);
    }

    private void WriteTen()
    {
        foreach ((string name, byte[] content) in TenFiles())
            _folder.Write(name, content);
    }

    private void WritePickles(string batch)
    {
        foreach (string name in (string[])["data_batch_1", "data_batch_2", "test_batch"])
            _folder.Write(name, Fixture(batch));
        _folder.Write("batches.meta", Fixture("ten-names"));
    }

    private void AssertExplained(params string[] parts) => TestFiles.AssertExplained<DataException>(() => DataFiles.Load(_folder.Path), parts);
}
