using System.Security.Cryptography;
using System.Text;
using BasinVolume.Data.Formats;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Tests.Samples;
using BasinVolume.Interop;

namespace BasinVolume.Data.Tests.Images;

/// <summary>Folders of pictures, a subfolder a class.</summary>
public sealed class ImageFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // '10' is before '9' as characters are; a capital before small letters.
    [Fact]
    public void Classes_are_the_folders_in_the_order_of_their_characters()
    {
        Write("cat/b.png", ImageFiles.GreyPng([1, 2, 3, 4, 5, 6], 2, 3));
        Write("cat/10.bmp", ImageFiles.GreyBmp([7, 8, 9, 10, 11, 12], 2, 3));
        Write("cat/9.jpg", ImageFiles.GreyJpeg(77, 2, 3));
        Write("Dog/a.png", ImageFiles.GreyPng([0, 255, 3, 4, 5, 6], 2, 3));
        Write("Dog/.hidden", [1]);
        Write("Dog/Thumbs.db", [1]);
        DataParts data = DataFiles.Load(_folder.Path);
        Assert.Equal("images", data.Format);
        Assert.Equal(["Dog", "cat"], data.Training.Layout.Classes);
        Assert.Equal([1, 2, 3], data.Training.Layout.Shape.Dimensions);
        Assert.Equal([0, 1, 1, 1], Held.Labels(data.Training));
        Assert.Equal([0, 255, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 77, 77, 77, 77, 77, 77, 1, 2, 3, 4, 5, 6], Held.Pixels(data.Training));
        Assert.Null(data.Test);
        Assert.Null(data.Note);
    }

    [Theory]
    [InlineData("train", "test")]
    [InlineData("training", "testing")]
    [InlineData("Train", "val")]
    public void Parts_have_folders_of_their_own(string train, string test)
    {
        Write($"{train}/a/1.png", Grey(1));
        Write($"{train}/b/1.png", Grey(2));
        Write($"{test}/b/1.png", Grey(3));
        DataParts data = DataFiles.Load(_folder.Path);
        Assert.Equal(["a", "b"], data.Training.Layout.Classes);
        Assert.Equal([1], Held.Labels(data.Test));
        Assert.Equal(Levels(3), Held.Pixels(data.Test));
    }

    [Fact]
    public void Of_two_kinds_of_test_images_the_first_is_read_and_the_other_named()
    {
        Write("train/a/1.png", Grey(1));
        Write("test/a/1.png", Grey(2));
        Write("val/a/1.png", Grey(3));
        Write("readme.txt", [1]);
        DataParts data = DataFiles.Load(_folder.Path);
        Assert.Equal(Levels(2), Held.Pixels(data.Test));
        Assert.Equal("left out, beside the folders: readme.txt, val/", data.Note);
    }

    [Fact]
    public void A_class_may_be_called_as_a_part_is()
    {
        Write("train/1.png", Grey(1));
        Write("car/1.png", Grey(2));
        Assert.Equal(["car", "train"], DataFiles.Load(_folder.Path).Training.Layout.Classes);
    }

    // A colour is told by the file, not by the shade: three equal channels are colours.
    [Fact]
    public void Colours_follow_from_the_files()
    {
        Write("a/1.png", ImageFiles.ColourPng([1, 1, 1, 2, 2, 2], 1, 2));
        Write("a/2.bmp", ImageFiles.ColourBmp([10, 20, 30, 40, 50, 60], 1, 2));
        Write("b/1.png", ImageFiles.GreyPng([7, 8], 1, 2));
        DataParts data = DataFiles.Load(_folder.Path);
        Assert.Equal([3, 1, 2], data.Training.Layout.Shape.Dimensions);
        Assert.Equal([1, 2, 1, 2, 1, 2, 10, 40, 20, 50, 30, 60, 7, 8, 7, 8, 7, 8], Held.Pixels(data.Training));
        Assert.Equal("grey images have three equal channels", data.Note);
    }

    // 0.299 · 10 + 0.587 · 20 + 0.114 · 30 = 18.15, and 48.15 of 40, 50, 60.
    [Fact]
    public void Colours_are_made_grey_where_one_channel_is_asked_for()
    {
        Write("a/1.png", ImageFiles.ColourPng([10, 20, 30, 40, 50, 60], 1, 2));
        DataParts data = DataFiles.Open(new(_folder.Path, new() { Channels = 1 })).Load();
        Assert.Equal([18, 48], Held.Pixels(data.Training));
        Assert.Equal("colours made grey", data.Note);
        Write("a/1.png", ImageFiles.GreyPng([7, 8], 1, 2));
        Assert.Equal([7, 8, 7, 8, 7, 8], Held.Pixels(DataFiles.Open(new(_folder.Path, new() { Channels = 3 })).Load().Training));
    }

    [Fact]
    public void Images_of_several_sizes_are_brought_to_one()
    {
        Write("a/1.png", ImageFiles.GreyPng([5, 5, 5, 5, 5, 5], 2, 3));
        Write("a/2.png", ImageFiles.GreyPng([9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 11, 12], 3, 4));
        AssertExplained("2.png has 3 x 4 pixels, but", "1.png has 2 x 3: expected images of one size; bring them to one with --resize H,W");
        DataParts data = DataFiles.Open(new(_folder.Path, new() { Resize = new(3, 4) })).Load();
        Assert.Equal([5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 11, 12], Held.Pixels(data.Training));
        Assert.Equal("resized to 3 x 4", data.Note);
    }

    [Fact]
    public void Only_what_is_used_is_decoded_and_hashed()
    {
        Write("a/1.png", Grey(1));
        Write("a/2.png", Grey(2)[..60]);
        Write("b/1.png", Grey(3));
        DataSource source = DataFiles.Open(new(_folder.Path, DataOptions.None));
        DataParts data = source.Load([2, 0]);
        Assert.Equal(Levels(1), data.Training.Pixels(0));
        Assert.Equal(Levels(3), data.Training.Pixels(2));
        string expected = $"a/1.png\0{Sha256(Grey(1))}\nb/1.png\0{Sha256(Grey(3))}\n";
        Assert.Equal(Sha256(Encoding.UTF8.GetBytes(expected)), data.Sha256["images"]);
        TestFiles.AssertExplained<DataException>(() => source.Load(), "2.png is a damaged picture");
    }

    [Fact]
    public void A_picture_on_its_side_has_the_size_that_it_has_upright()
    {
        byte[] jpeg = ImageFiles.GreyJpeg(9, 2, 3);
        // Orientation 6 of an EXIF part: one entry, 0x0112, of one short.
        byte[] exif =
        [
            0xff, 0xe1, 0, 34, .. "Exif\0\0"u8, .. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0,
        ];
        Write("a/1.jpg", [.. jpeg[..2], .. exif, .. jpeg[2..]]);
        DataParts data = DataFiles.Load(_folder.Path);
        Assert.Equal([1, 3, 2], data.Training.Layout.Shape.Dimensions);
    }

    [Fact]
    public void A_file_that_is_no_picture_is_refused()
    {
        Write("a/1.png", Grey(1));
        Write("a/2.gif", "GIF89a and more bytes than a header needs"u8.ToArray());
        AssertExplained("2.gif is no PNG, JPEG or BMP picture; save it as one of those, or take it away");
    }

    [Fact]
    public void A_class_without_images_is_refused_but_may_be_missing_among_test_images()
    {
        Write("train/a/1.png", Grey(1));
        Write("train/b/1.png", Grey(1));
        Write("test/b/1.png", Grey(2));
        Assert.Equal([1], Held.Labels(DataFiles.Load(_folder.Path).Test));
        File.Delete(_folder.PathOf("train/b/1.png"));
        AssertExplained("has a folder b without images");
    }

    [Fact]
    public void A_class_that_only_test_images_have_is_refused()
    {
        Write("train/a/1.png", Grey(1));
        Write("test/a/1.png", Grey(1));
        Write("test/c/1.png", Grey(1));
        AssertExplained("has the class 'c', which no training sample has: expected one of a");
    }

    [Fact]
    public void A_folder_inside_a_class_and_one_beside_the_parts_are_refused()
    {
        Write("train/a/1.png", Grey(1));
        Write("other/1.png", Grey(1));
        AssertExplained("has train/ and beside it other/: expected test/, testing/, val/, valid/, validation/ and no other");
        Directory.Delete(_folder.PathOf("other"), recursive: true);
        Write("train/a/b/1.png", Grey(1));
        AssertExplained("is the folder of a class and has a folder b: expected pictures only");
    }

    [Fact]
    public void Test_images_may_lie_elsewhere_and_follow_the_training_images()
    {
        Write("x/a/1.png", ImageFiles.ColourPng([1, 2, 3], 1, 1));
        Write("x/b/1.png", ImageFiles.ColourPng([4, 5, 6], 1, 1));
        Write("y/b/1.png", ImageFiles.GreyPng([9], 1, 1));
        DataParts data = DataFiles.Open(new(_folder.PathOf("x"), new() { TestPath = _folder.PathOf("y") })).Load();
        Assert.Equal([1], Held.Labels(data.Test));
        Assert.Equal([9, 9, 9], Held.Pixels(data.Test));
        Assert.Equal(["images", "test data: images"], data.Sha256.Keys.Order(StringComparer.Ordinal));
        Write("y/c/1.png", ImageFiles.GreyPng([9], 1, 1));
        TestFiles.AssertExplained<DataException>(
            () => DataFiles.Open(new(_folder.PathOf("x"), new() { TestPath = _folder.PathOf("y") })), "has the class 'c', which no training sample has");
    }

    private static byte[] Levels(byte level) => [level, 0, level, 255];

    private static byte[] Grey(byte level) => ImageFiles.GreyPng(Levels(level), 2, 2);

    private static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private void Write(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.PathOf(name))!);
        _folder.Write(name, content);
    }

    private void AssertExplained(params string[] parts) => TestFiles.AssertExplained<DataException>(() => DataFiles.Load(_folder.Path), parts);
}
