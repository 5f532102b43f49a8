using System.Buffers.Binary;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Tests.Samples;
using BasinVolume.Interop;

namespace BasinVolume.Data.Tests.Idx;

/// <summary>Sets that have MNIST's form under names of their own.</summary>
public sealed class OtherSetsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("emnist-digits-", "test")]
    [InlineData("emnist-mnist-", "test")]
    [InlineData("", "test")]
    [InlineData("kmnist-", "t10k")]
    public void A_set_has_its_own_name(string set, string test)
    {
        Write(set, test);
        DataParts data = DataFiles.Load(_folder.Path);
        Assert.Equal((3, 2), (data.Training.Count, data.Test?.Count));
        Assert.Contains($"{set}train-images-idx3-ubyte", data.Sha256.Keys);
        Assert.Contains($"{set}{test}-labels-idx1-ubyte", data.Sha256.Keys);
    }

    // QMNIST: eight columns of int (0c), of which the first is the class; the others say who wrote the digit.
    [Fact]
    public void Labels_of_qmnist_have_their_class_in_the_first_of_eight_columns()
    {
        foreach ((string part, int[] labels) in new[] { ("train", new[] { 5, 0, 9 }), ("test", [7, 1, 3]), ("test10k", [7, 2]) })
        {
            _folder.Write($"qmnist-{part}-images-idx3-ubyte.gz", IdxBytes.Gzip(IdxBytes.Images(labels.Length)));
            int[] table = [.. labels.SelectMany(label => new[] { label, 0, 1000, 70000, 1, 2, 3, 0 })];
            _folder.Write($"qmnist-{part}-labels-idx2-int.gz", IdxBytes.Gzip(Typed(0x0c, [(uint)labels.Length, 8], [.. table.SelectMany(BigEndian)])));
        }

        DataParts data = DataFiles.Load(_folder.Path);
        Assert.Equal([5, 0, 9], Held.Labels(data.Training));
        Assert.Equal([7, 2], Held.Labels(data.Test));
    }

    [Theory]
    [InlineData(0x09, new byte[] { 0, 9, 4 })]
    [InlineData(0x0b, new byte[] { 0, 0, 0, 9, 0, 4 })]
    [InlineData(0x0c, new byte[] { 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 4 })]
    public void Labels_may_be_of_any_whole_type(byte type, byte[] values)
    {
        Write(string.Empty, "t10k");
        _folder.Write("train-labels-idx1-ubyte", Typed(type, [3], values));
        Assert.Equal([0, 9, 4], Held.Labels(DataFiles.Load(_folder.Path).Training));
    }

    [Theory]
    [InlineData(0x08, new byte[] { 1, 26, 4 }, "label 26 at index 1")]
    [InlineData(0x09, new byte[] { 1, 255, 4 }, "label -1 at index 1")]
    [InlineData(0x0b, new byte[] { 0, 1, 1, 0, 0, 4 }, "label 256 at index 1")]
    [InlineData(0x0d, new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, "got 00000D01")]
    public void A_label_that_is_no_class_is_refused(byte type, byte[] values, string part)
    {
        Write(string.Empty, "t10k");
        _folder.Write("train-labels-idx1-ubyte", Typed(type, [3], values));
        AssertExplained(part);
    }

    [Fact]
    public void Images_of_another_type_are_refused()
    {
        Write(string.Empty, "t10k");
        _folder.Write("train-images-idx3-ubyte", Typed(0x0b, [3, 28, 28], new byte[2 * 3 * 784]));
        AssertExplained("train-images-idx3-ubyte holds elements of the type short, expected unsigned bytes");
    }

    [Fact]
    public void Of_several_sets_none_is_guessed()
    {
        Write("emnist-letters-", "test");
        Write("emnist-digits-", "test");
        Write(string.Empty, "t10k");
        AssertExplained("several data sets", "one without a name", "emnist-digits", "emnist-letters", "folder of its own");
    }

    [Theory]
    [InlineData("emnist-letters-", 26, "1", "26")]
    [InlineData("emnist-balanced-", 47, "0", "46")]
    [InlineData("emnist-byclass-", 62, "0", "61")]
    [InlineData("emnist-digits-", 10, "0", "9")]
    public void A_family_has_its_classes_however_few_images_there_are(string set, int classes, string first, string last)
    {
        Write(set, "test");
        _folder.Write($"{set}train-labels-idx1-ubyte", IdxBytes.Labels(1, 9, 4));
        DataParts data = DataFiles.Load(_folder.Path);
        Assert.Equal((classes, first, last), (data.Training.Layout.Classes.Length, data.Training.Layout.Classes[0], data.Training.Layout.Classes[^1]));
        Assert.Equal(["1", "9", "4"], Held.Labels(data.Training).Select(label => data.Training.Layout.Classes[label]));
    }

    [Fact]
    public void Images_of_any_size_and_classes_without_a_gap_need_no_word()
    {
        byte[] labels = [.. Enumerable.Range(0, 12).Select(i => (byte)i)];
        _folder.Write("train-images-idx3-ubyte", IdxBytes.Images(12, 4, 6));
        _folder.Write("train-labels-idx1-ubyte", IdxBytes.Labels(labels));
        _folder.Write("t10k-images-idx3-ubyte", IdxBytes.Images(1, 4, 6));
        _folder.Write("t10k-labels-idx1-ubyte", IdxBytes.Labels(11));
        DataParts data = DataFiles.Load(_folder.Path);
        Assert.Equal("1 x 4 x 6 pixels in 12 classes", data.Training.Layout.Said);
        Assert.Equal(Enumerable.Range(0, 12), Held.Labels(data.Training));
        labels[5] = 30;
        _folder.Write("train-labels-idx1-ubyte", IdxBytes.Labels(labels));
        AssertExplained("label 30 at index 5", "--classes");
        Assert.Equal(40, DataFiles.Open(new(_folder.Path, new() { Classes = 40 })).Layout.Classes.Length);
    }

    [Fact]
    public void Transposed_images_are_turned()
    {
        Write(string.Empty, "t10k");
        _folder.Write("train-images-idx3-ubyte", IdxBytes.Of([3, 2, 3], [.. Enumerable.Range(0, 18).Select(i => (byte)i)]));
        _folder.Write("t10k-images-idx3-ubyte.gz", IdxBytes.Gzip(IdxBytes.Of([2, 2, 3], new byte[12])));
        DataParts data = DataFiles.Open(new(_folder.Path, new() { Transposed = true })).Load([1]);
        Assert.Equal("[1, 3, 2]", data.Training.Layout.Shape.ToString());
        Assert.Equal([6, 9, 7, 10, 8, 11], data.Training.Pixels(1).ToArray());
    }

    private void Write(string set, string test)
    {
        _folder.Write($"{set}train-images-idx3-ubyte", IdxBytes.Images(3));
        _folder.Write($"{set}train-labels-idx1-ubyte", IdxBytes.Labels(0, 9, 4));
        _folder.Write($"{set}{test}-images-idx3-ubyte.gz", IdxBytes.Gzip(IdxBytes.Images(2)));
        _folder.Write($"{set}{test}-labels-idx1-ubyte.gz", IdxBytes.Gzip(IdxBytes.Labels(1, 2)));
    }

    private static byte[] Typed(byte type, uint[] shape, byte[] values)
    {
        byte[] file = IdxBytes.Of(shape, values);
        file[2] = type;
        return file;
    }

    private static byte[] BigEndian(int number)
    {
        byte[] bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    private void AssertExplained(params string[] parts) => TestFiles.AssertExplained<DataException>(() => DataFiles.Load(_folder.Path), parts);
}
