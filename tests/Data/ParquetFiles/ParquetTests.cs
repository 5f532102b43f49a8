using System.Security.Cryptography;
using BasinVolume.Data.Formats;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Tests.Images;
using BasinVolume.Data.Tests.Samples;
using BasinVolume.Interop;
using Parquet;

namespace BasinVolume.Data.Tests.ParquetFiles;

/// <summary>Parquet files of images and labels.</summary>
public sealed class ParquetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // A column chunk of several pages, packed, whose buffers the library lends and takes back: every picture must stay its own.
    [Theory]
    [InlineData(CompressionMethod.None)]
    [InlineData(CompressionMethod.Snappy)]
    [InlineData(CompressionMethod.Zstd)]
    public void Pictures_of_several_row_groups_follow_each_other(CompressionMethod compression)
    {
        (byte[]?, long?)[] rows = [.. Enumerable.Range(0, 700).Select(i => ((byte[]?)Grey((byte)(i % 251)), (long?)(i % 3)))];
        string path = _folder.Write("a.parquet", ParquetBytes.Of(rows, rowsPerGroup: 300, compression));
        DataParts data = DataFiles.Load(path);
        Assert.Equal("parquet", data.Format);
        Assert.Equal([1, 2, 2], data.Training.Layout.Shape.Dimensions);
        Assert.Equal(["0", "1", "2"], data.Training.Layout.Classes);
        Assert.Equal(Enumerable.Range(0, 700).Select(i => i % 3), Held.Labels(data.Training));
        Assert.Equal(Enumerable.Range(0, 700).SelectMany(i => Levels((byte)(i % 251))), Held.Pixels(data.Training));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), data.Sha256["a.parquet"]);
    }

    // Written by Apache Arrow, which Python's library is made of; Fixtures/make.cs.txt says how.
    [Fact]
    public void A_file_that_arrow_wrote_is_read()
    {
        DataParts data = DataFiles.Load(TestFiles.Fixture("ParquetFiles", "arrow.parquet"));
        Assert.Equal(["cat", "dog", "a horse"], data.Training.Layout.Classes);
        Assert.Equal([0, 2, 1, 2, 0], Held.Labels(data.Training));
        Assert.Equal(Enumerable.Range(0, 5).SelectMany(i => Enumerable.Range(0, 4).Select(j => (byte)((10 * i) + j))), Held.Pixels(data.Training));
    }

    [Theory]
    [InlineData("train-00000-of-00002.parquet", "train-00001-of-00002.parquet", "test-00000-of-00001.parquet")]
    [InlineData("data/train-00000-of-00002.parquet", "data/train-00001-of-00002.parquet", "data/validation-00000-of-00001.parquet")]
    [InlineData("mnist/train_a.parquet", "mnist/train_b.parquet", "mnist/test.parquet")]
    public void A_folder_has_parts(string first, string second, string test)
    {
        Write(first, (1, 0), (2, 1));
        Write(second, (3, 2));
        Write(test, (4, 1));
        DataParts data = DataFiles.Load(_folder.Path);
        Assert.Equal([0, 1, 2], Held.Labels(data.Training));
        Assert.Equal([1], Held.Labels(data.Test));
        Assert.Equal([.. Levels(1), .. Levels(2), .. Levels(3)], Held.Pixels(data.Training));
        Assert.Equal(Levels(4), Held.Pixels(data.Test));
        Assert.Equal(3, data.Sha256.Count);
        Assert.Equal(Levels(3), DataFiles.Open(new(_folder.Path, DataOptions.None)).Load([2]).Training.Pixels(2));
    }

    [Fact]
    public void A_part_that_is_missing_is_refused()
    {
        Write("train-00000-of-00003.parquet", (1, 0));
        Write("train-00002-of-00003.parquet", (1, 0));
        AssertExplained("has 2 files like train-00000-of-00003.parquet, expected 3 as the name says");
        Directory.Delete(_folder.PathOf("."), recursive: true);
        Write("test-00000-of-00001.parquet", (1, 0));
        AssertExplained("has test-00000-of-00001.parquet but no file train-*.parquet");
    }

    [Fact]
    public void Names_of_classes_are_in_the_description()
    {
        string said = """{"info": {"features": {"image": {"_type": "Image"}, "fine_label": {"names": ["b", "a"], "_type": "ClassLabel"}}}}""";
        string path = _folder.Write("a.parquet", ParquetBytes.Of([(Grey(1), 1), (Grey(2), 0)], label: "fine_label", description: said));
        DataParts data = DataFiles.Load(path);
        Assert.Equal(["b", "a"], data.Training.Layout.Classes);
        Assert.Equal([1, 0], Held.Labels(data.Training));
        _folder.Write("a.parquet", ParquetBytes.Of([(Grey(1), 2)], label: "fine_label", description: said));
        TestFiles.AssertExplained<DataException>(() => DataFiles.Load(path), "has the label 2 at index 0: expected 0 to 1");
        _folder.Write("a.parquet", ParquetBytes.Of([(Grey(1), 2)], description: "{"));
        TestFiles.AssertExplained<DataException>(() => DataFiles.Load(path), "has a description of its features that is no JSON");
    }

    // A column that may not be empty has no definition levels.
    [Fact]
    public void A_label_may_be_one_that_is_always_there()
    {
        string path = _folder.Write("a.parquet", ParquetBytes.Of([(Grey(1), 1), (Grey(2), 0)], isLabelRequired: true));
        Assert.Equal([1, 0], Held.Labels(DataFiles.Load(path).Training));
    }

    [Fact]
    public void A_label_may_be_named()
    {
        string path = _folder.Write("a.parquet", ParquetBytes.Of([(Grey(1), 1), (Grey(2), 0)], label: "kind"));
        Assert.Equal([1, 0], Held.Labels(DataFiles.Open(new(path, new() { LabelColumn = "kind" })).Load().Training));
        TestFiles.AssertExplained<DataException>(() => DataFiles.Load(path), "has no label label, labels, fine_label", "it has kind; name the column");
        TestFiles.AssertExplained<DataOptionException>(
            () => DataFiles.Open(new(path, new() { LabelColumn = "colour" })), "has no column 'colour'", "it has kind; give one of these with --label");
    }

    [Fact]
    public void A_row_without_picture_or_label_is_refused_by_its_number()
    {
        string path = _folder.Write("a.parquet", ParquetBytes.Of([(Grey(1), 0), (null, 1), (Grey(2), 1)], rowsPerGroup: 1));
        TestFiles.AssertExplained<DataException>(() => DataFiles.Load(path), "a.parquet, row 1, has no bytes of a picture");
        Assert.Equal(Levels(2), DataFiles.Open(new(path, DataOptions.None)).Load([2]).Training.Pixels(2));
        _folder.Write("a.parquet", ParquetBytes.Of([(Grey(1), 0), (null, 1), (Grey(2), 1)]));
        TestFiles.AssertExplained<DataException>(() => DataFiles.Load(path), "a.parquet, row 1, has no bytes of a picture");
        _folder.Write("a.parquet", ParquetBytes.Of([(Grey(1), 0), (Grey(1), 0), (Grey(2), null)]));
        TestFiles.AssertExplained<DataException>(() => DataFiles.Load(path), "a.parquet, row 2, has no label");
    }

    [Fact]
    public void Pictures_of_other_forms_are_refused_or_brought_to_one()
    {
        byte[] colour = ImageFiles.ColourPng([1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3], 2, 2);
        string path = _folder.Write("a.parquet", ParquetBytes.Of([(Grey(1), 0), (colour, 1)], rowsPerGroup: 1));
        TestFiles.AssertExplained<DataException>(() => DataFiles.Load(path), "row 1, has colours, but the images before it are grey; say --channels 3");
        DataParts colours = DataFiles.Open(new(path, new() { Channels = 3 })).Load();
        Assert.Equal([1, 4, 7, 1, 2, 5, 8, 2, 3, 6, 9, 3], colours.Training.Pixels(1).ToArray());
        _folder.Write("a.parquet", ParquetBytes.Of([(Grey(1), 0), (ImageFiles.GreyPng([5, 5, 5], 1, 3), 1)], rowsPerGroup: 1));
        TestFiles.AssertExplained<DataException>(() => DataFiles.Load(path), "row 1, has 1 x 3 pixels, but", "row 0, has 2 x 2", "--resize H,W");
        Assert.Equal([5, 5, 5, 5], DataFiles.Open(new(path, new() { Resize = new(2, 2) })).Load().Training.Pixels(1).ToArray());
        _folder.Write("a.parquet", ParquetBytes.Of([("no picture"u8.ToArray(), 0)]));
        TestFiles.AssertExplained<DataException>(() => DataFiles.Load(path), "a.parquet, row 0, is no PNG, JPEG or BMP picture");
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(0, 1)]
    [InlineData(0, 30)]
    [InlineData(50, 0)]
    public void A_file_that_was_cut_is_refused(int fromStart, int fromEnd)
    {
        byte[] whole = ParquetBytes.Of([(Grey(1), 0)]);
        string path = _folder.Write("a.parquet", [.. "PAR1"u8, .. whole[(4 + fromStart)..^fromEnd]]);
        TestFiles.AssertExplained<DataException>(() => DataFiles.Load(path), "a.parquet is a damaged Parquet file", "fetch it again");
    }

    [Fact]
    public void Test_rows_may_lie_elsewhere()
    {
        string training = _folder.Write("a.parquet", ParquetBytes.Of([(Grey(1), 1), (Grey(1), 2)]));
        string test = _folder.Write("b.parquet", ParquetBytes.Of([(Grey(3), 2)]));
        Assert.Equal([1], Held.Labels(DataFiles.Open(new(training, new() { TestPath = test })).Load().Test));
        _folder.Write("b.parquet", ParquetBytes.Of([(Grey(3), 0)]));
        TestFiles.AssertExplained<DataException>(
            () => DataFiles.Open(new(training, new() { TestPath = test })), "b.parquet has the label 0 at index 0: expected 1 to 2");
    }

    private static byte[] Levels(byte level) => [level, 0, (byte)(level ^ 255), 255];

    private static byte[] Grey(byte level) => ImageFiles.GreyPng(Levels(level), 2, 2);

    private void Write(string name, params (byte Level, long Label)[] rows)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.PathOf(name))!);
        _folder.Write(name, ParquetBytes.Of([.. rows.Select(row => ((byte[]?)Grey(row.Level), (long?)row.Label))]));
    }

    private void AssertExplained(params string[] parts) => TestFiles.AssertExplained<DataException>(() => DataFiles.Load(_folder.Path), parts);
}
