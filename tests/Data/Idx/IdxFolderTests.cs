using System.Diagnostics;
using System.Security.Cryptography;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Tests.Samples;
using BasinVolume.Interop;

namespace BasinVolume.Data.Tests.Idx;

public sealed class IdxFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public IdxFolderTests()
    {
        _folder.Write("train-images-idx3-ubyte", IdxBytes.Images(3));
        _folder.Write("train-labels-idx1-ubyte.gz", IdxBytes.Gzip(IdxBytes.Labels(0, 9, 4)));
        _folder.Write("t10k-images.idx3-ubyte.gz", IdxBytes.Gzip(IdxBytes.Images(2)));
        _folder.Write("t10k-labels.idx1-ubyte", IdxBytes.Labels(1, 2));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_spellings_load_and_are_reported_under_one_name()
    {
        DataParts data = DataFiles.Load(_folder.Path);
        Assert.Equal((3, 2, "[1, 28, 28]"), (data.Training.Count, data.Test?.Count, data.Training.Layout.Shape.ToString()));
        Assert.Equal([0, 9, 4], Held.Labels(data.Training));
        Assert.Equal(IdxBytes.Images(2)[16..], Held.Pixels(data.Test));
        Assert.Equal(
            ["t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte", "train-images-idx3-ubyte", "train-labels-idx1-ubyte"],
            data.Sha256.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(IdxBytes.Labels(0, 9, 4))), data.Sha256["train-labels-idx1-ubyte"]);
    }

    [Fact]
    public void A_missing_folder_is_explained()
        => TestFiles.AssertExplained<DataException>(() => DataFiles.Load(_folder.PathOf("nowhere")), "no folder", _folder.PathOf("nowhere"));

    [Fact]
    public void A_missing_file_lists_the_names_tried()
    {
        File.Delete(_folder.PathOf("t10k-labels.idx1-ubyte"));
        AssertExplained("t10k-labels-idx1-ubyte, t10k-labels-idx1-ubyte.gz, t10k-labels.idx1-ubyte, t10k-labels.idx1-ubyte.gz");
    }

    // Unpackers make such folders; where the file is beside one, it is read.
    [Theory]
    [InlineData("t10k-labels-idx1-ubyte")]
    [InlineData("t10k-labels-idx1-ubyte.gz")]
    public void A_folder_in_place_of_a_file_is_named(string name)
    {
        Directory.CreateDirectory(_folder.PathOf(name));
        Assert.Equal(2, DataFiles.Load(_folder.Path).Test?.Count);
        File.Delete(_folder.PathOf("t10k-labels.idx1-ubyte"));
        AssertExplained("has no t10k-labels-idx1-ubyte", $"{name} is there, but it is a folder");
    }

    [Fact]
    public void An_empty_file_is_refused()
    {
        _folder.Write("train-labels-idx1-ubyte.gz", []);
        AssertExplained("train-labels-idx1-ubyte.gz", "it is empty");
    }

    // Whoever opens a pipe that nobody writes to waits for ever, and a device of zeros never ends.
    [Theory]
    [InlineData("mkfifo", "")]
    [InlineData("ln", "-s /dev/zero ")]
    public void A_pipe_or_a_device_is_refused(string program, string arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has neither in the file system.");
        string path = _folder.PathOf("train-images-idx3-ubyte");
        File.Delete(path);
        using (Process made = Process.Start(program, [.. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), path]))
            made.WaitForExit();
        AssertExplained(path, "a device or a pipe");
    }

    [Fact]
    public void Images_without_a_label_are_refused()
    {
        _folder.Write("train-labels-idx1-ubyte.gz", IdxBytes.Labels(1, 2));
        AssertExplained("3 images", "2 labels");
    }

    [Fact]
    public void Images_of_another_size_are_refused()
    {
        _folder.Write("train-images-idx3-ubyte", IdxBytes.Images(3, 32, 28));
        AssertExplained("28 x 28", "3 x 32 x 28");
    }

    [Fact]
    public void Images_in_place_of_labels_are_refused()
    {
        _folder.Write("train-labels-idx1-ubyte.gz", IdxBytes.Images(3));
        AssertExplained("one dimension", "3 x 28 x 28");
    }

    [Fact]
    public void A_label_out_of_range_is_named_with_its_place()
    {
        _folder.Write("t10k-labels.idx1-ubyte", IdxBytes.Labels(1, 10));
        AssertExplained("t10k-labels.idx1-ubyte", "label 10 at index 1", "0 to 9");
    }

    [Fact]
    public void Checksums_of_the_folder_must_agree()
    {
        string right = Convert.ToHexString(SHA256.HashData(IdxBytes.Labels(0, 9, 4)));
        WriteChecksums($"{right}  train-labels-idx1-ubyte\n");
        DataFiles.Load(_folder.Path);

        string wrong = new('0', 64);
        WriteChecksums($"{wrong} *train-labels-idx1-ubyte\n");
        AssertExplained("train-labels-idx1-ubyte.gz", $"expected SHA-256 {wrong}", $"got {right.ToLowerInvariant()}", "delete");
    }

    [Fact]
    public void Checksums_of_other_files_do_not_matter()
    {
        // A mirror's own list names the compressed files.
        WriteChecksums($"{new string('0', 64)}  train-labels-idx1-ubyte.gz\n\n");
        Assert.Equal(3, DataFiles.Load(_folder.Path).Training.Count);
    }

    [Fact]
    public void Checksums_that_are_none_are_refused()
    {
        WriteChecksums("no checksum\n");
        AssertExplained("SHA256SUMS", "\"no checksum\"");
    }

    [Fact]
    public void The_data_of_the_repository_is_mnist()
    {
        DataParts data = DataFiles.Load(Path.Combine(TestFiles.RepositoryRoot(), "data", "mnist"));
        Assert.Equal((60000, 10000), (data.Training.Count, data.Test!.Count));
        // From NumPy: the first labels, and the sums of the first and the last training image.
        Assert.Equal([5, 0, 4, 1, 9, 2, 1, 3, 1, 4], Held.Labels(data.Training, 10));
        Assert.Equal([7, 2, 1, 0, 4, 1, 4, 9, 5, 9], Held.Labels(data.Test, 10));
        Assert.Equal((27525, 20920), (SumOf(data.Training.Pixels(0)), SumOf(data.Training.Pixels(59999))));
        // sha256sum of the uncompressed training images.
        Assert.Equal("ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db", data.Sha256["train-images-idx3-ubyte"]);
        AssertStandardised(data.Training);
    }

    // NumPy gives −0.000128 and 1.0000253: the constants have four digits.
    private static void AssertStandardised(Dataset set)
    {
        double[] pixels = new double[set.SampleSize];
        double sum = 0, squares = 0;
        for (int i = 0; i < set.Count; i++)
        {
            set.Read([i], pixels.AsSpan());
            sum += pixels.Sum();
            squares += pixels.Sum(pixel => pixel * pixel);
        }

        double mean = sum / ((double)set.Count * set.SampleSize);
        Assert.Equal(-0.00012828, mean, 1e-7);
        Assert.Equal(1.00002533, Math.Sqrt((squares / ((double)set.Count * set.SampleSize)) - (mean * mean)), 1e-7);
    }

    private static int SumOf(ReadOnlySpan<byte> image)
    {
        int sum = 0;
        foreach (byte level in image)
            sum += level;
        return sum;
    }

    private void WriteChecksums(string content) => File.WriteAllText(_folder.PathOf("SHA256SUMS"), content);

    private void AssertExplained(params string[] parts)
        => TestFiles.AssertExplained<DataException>(() => DataFiles.Load(_folder.Path), [_folder.Path, .. parts]);
}
