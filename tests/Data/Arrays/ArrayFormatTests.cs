using System.IO.Compression;
using BasinVolume.Data.Formats;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Tests.Samples;
using BasinVolume.Interop;
using BasinVolume.Interop.Arrays;

namespace BasinVolume.Data.Tests.Arrays;

/// <summary>Arrays that NumPy wrote (Fixtures/make.py), and what is wrong with others.</summary>
public sealed class ArrayFormatTests : IDisposable
{
    // Channel, row and column of 3 x 5 x 6 to their place in [rows, columns, channels].
    private static readonly byte[] Turned =
        [.. from image in Enumerable.Range(0, 2) from c in Enumerable.Range(0, 3) from r in Enumerable.Range(0, 5) from k in Enumerable.Range(0, 6)
            select (byte)((90 * image) + (18 * r) + (3 * k) + c)];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("last.npz", "channels were last, and each image was turned")]
    [InlineData("first.npz", null)]
    [InlineData("fortran.npz", "channels were last, and each image was turned")]
    public void Images_in_colour_are_turned_to_channels_first(string file, string? note)
    {
        DataParts data = DataFiles.Load(Fixture(file));
        Assert.Equal("3 x 5 x 6 pixels in 2 classes", data.Training.Layout.Said);
        Assert.Equal(Turned, Held.Pixels(data.Training));
        Assert.Equal([1, 0], Held.Labels(data.Training));
        Assert.Equal((note, "npz"), (data.Note, data.Format));
        Assert.Null(data.Test);
        Assert.Equal(FileHash.Of(Fixture(file)), data.Sha256[file]);
        // No MNIST: pixels are level/255.
        Assert.Equal(Turned[1] / 255f, Held.Inputs(data.Training, 0)[1]);
    }

    [Fact]
    public void Real_numbers_and_real_targets_stay_what_they_are()
    {
        DataParts data = DataFiles.Load(Fixture("real.npz"));
        Assert.Equal(ElementKind.Single, data.Training.Layout.Elements);
        Assert.Equal([0.375, 0.5, 0.625], Held.Inputs(data.Training, 1));
        var targets = new double[4];
        data.Training.ReadTargets([0, 1], targets.AsSpan());
        Assert.Equal([0, 1, 2, 3], targets);
        Assert.Equal(["Y_train[0]", "Y_train[1]"], data.Training.Layout.Targets);
        Assert.Equal([0, 1, 2], Held.Inputs(data.Test, 0));
        Assert.Equal("left out: extra", data.Note);
        TestFiles.AssertExplained<DataException>(() => data.Training.ReadLabels([0], new int[1]), "real targets and no classes");
    }

    [Fact]
    public void Halves_and_truth_values_are_read()
    {
        DataParts data = DataFiles.Load(Fixture("half.npz"));
        Assert.Equal("1 x 1 x 2 float32 numbers in 1 classes", data.Training.Layout.Said);
        Assert.Equal([0.5, -2], Held.Inputs(data.Training, 0));
    }

    [Fact]
    public void Whole_numbers_are_tokens_and_may_have_a_label_each()
    {
        DataParts data = DataFiles.Load(Fixture("tokens.npz"));
        Assert.Equal((ElementKind.Tokens, 3, 6), (data.Training.Layout.Elements, data.Training.Layout.LabelsPerSample, data.Training.Layout.Classes.Length));
        Assert.Equal([0, 0, 5], Held.Inputs(data.Training, 1));
        Assert.Equal([0, 5, 3], data.Training.Labels(1).ToArray());
    }

    [Fact]
    public void Only_the_samples_that_are_used_are_held()
    {
        string path = Written("many.npz", Reals("x", [5, 2], [.. Enumerable.Range(0, 10).Select(i => i / 2.0)]), Whole("y", [5], [0, 1, 2, 3, 4]));
        DataSource source = DataFiles.Open(new(path, DataOptions.None));
        Assert.Equal((5, 0), (source.TrainingCount, source.TestCount));
        Dataset some = source.Load([4, 1, 4]).Training;
        Assert.Equal([4.0, 4.5], Held.Inputs(some, 4));
        Assert.Equal((true, false, 5), (some.Holds(1), some.Holds(0), some.Count));
        Assert.Throws<ArgumentOutOfRangeException>(() => Held.Inputs(some, 0));
    }

    [Fact]
    public void A_folder_of_npy_files_and_a_pair_of_them_are_sets_as_well()
    {
        string x = _folder.PathOf("x.npy"), y = _folder.PathOf("y.npy");
        Npy.Write<double>(x, [2, 2], [1, 2, 3, 4]);
        Npy.Write<long>(y, [2], [1, 2]);
        DataParts folder = DataFiles.Load(_folder.Path), pair = DataFiles.Open(new(x, new() { LabelsPath = y })).Load();
        Assert.Equal([3.0, 4], Held.Inputs(folder.Training, 1));
        // Labels 1 … K of K classes are called by their numbers.
        Assert.Equal(["1", "2"], pair.Training.Layout.Classes);
        Assert.Equal([0, 1], Held.Labels(pair.Training));
        Assert.Equal(["x.npy", "y.npy"], folder.Sha256.Keys.Order(StringComparer.Ordinal));
        TestFiles.AssertExplained<DataOptionException>(() => DataFiles.Load(x), x, "--labels");
    }

    [Fact]
    public void Test_samples_may_lie_elsewhere()
    {
        string training = Written("a.npz", Reals("x", [3, 1], [1.0, 2, 3]), Whole("y", [3], [0, 1, 2]));
        string test = Written("b.npz", Reals("x", [1, 1], [9.0]), Whole("y", [1], [2]));
        DataParts data = DataFiles.Open(new(training, new() { TestPath = test })).Load([0]);
        Assert.Equal((3, 1), (data.Training.Count, data.Test!.Count));
        Assert.Equal([2], Held.Labels(data.Test));
        string wide = Written("c.npz", Reals("x", [1, 2], [9.0, 8]), Whole("y", [1], [2]));
        string unknown = Written("d.npz", Reals("x", [1, 1], [9.0]), Whole("y", [1], [3]));
        AssertExplained(training, new() { TestPath = wide }, wide, "2 float64 numbers", training, "--test-data");
        AssertExplained(training, new() { TestPath = unknown }, "d.npz", "label 3 at index 0", "expected 0 to 2");
    }

    [Fact]
    public void The_number_of_classes_can_be_raised_and_not_lowered()
    {
        string path = Written("a.npz", Reals("x", [2, 1], [1.0, 2]), Whole("y", [2], [0, 3]));
        Assert.Equal(4, DataFiles.Load(path).Training.Layout.Classes.Length);
        Assert.Contains("2 of 4 classes have no training sample", DataFiles.Load(path).Note, StringComparison.Ordinal);
        Assert.Equal(7, DataFiles.Open(new(path, new() { Classes = 7 })).Layout.Classes.Length);
        TestFiles.AssertExplained<DataOptionException>(() => DataFiles.Open(new(path, new() { Classes = 3 })), "--classes 3", "4 classes");
    }

    [Fact]
    public void Dimensions_that_say_nothing_are_asked_for()
    {
        string path = Written("a.npz", Reals("x", [1, 3, 2, 3], [.. Enumerable.Range(0, 18).Select(i => (double)i)]), Whole("y", [1], [0]));
        AssertExplained(path, DataOptions.None, "(1, 3, 2, 3)", "--channels-first or --channels-last");
        Assert.Equal("[3, 2, 3]", DataFiles.Open(new(path, new() { ChannelOrder = ChannelOrder.First })).Layout.Shape.ToString());
        Assert.Equal([0.0, 3, 6, 9, 12, 15, 1], Held.Inputs(DataFiles.Open(new(path, new() { ChannelOrder = ChannelOrder.Last })).Load().Training, 0)[..7]);
    }

    [Fact]
    public void An_option_that_says_nothing_is_refused_by_name()
    {
        string path = Fixture("first.npz");
        foreach ((DataOptions options, string name) in new[]
        {
            (new DataOptions { Resize = new(4, 4) }, "--resize"),
            (new() { LabelColumn = "a" }, "--label"),
            (new() { Transposed = true }, "--transposed"),
            (new() { LabelsPath = "a.npy" }, "--labels"),
            (new() { Format = "nonsense" }, "nonsense"),
        })
        {
            TestFiles.AssertExplained<DataOptionException>(() => DataFiles.Open(new(path, options)), name);
        }

        TestFiles.AssertExplained<DataOptionException>(
            () => DataFiles.Open(new(Fixture("real.npz"), new() { TestPath = path })), "has 1 test samples of its own", "--test-data");
        TestFiles.AssertExplained<DataOptionException>(
            () => DataFiles.Open(new(Fixture("real.npz"), new() { Classes = 4 })), "--classes 4", "real targets");
    }

    [Fact]
    public void What_does_not_belong_together_is_refused()
    {
        AssertExplained(Written("a.npz", Reals("x", [2, 1], [1.0, 2]), Whole("y", [3], [0, 1, 1])), DataOptions.None, "y in ", "3 rows for 2 samples");
        AssertExplained(Written("b.npz", Reals("x", [2, 1], [1.0, 2])), DataOptions.None, "has no y beside it");
        AssertExplained(Written("c.npz", Reals("weights", [2, 1], [1.0, 2])), DataOptions.None, "has the arrays weights: expected x and y");
        AssertExplained(
            Written("d.npz", Reals("x_train", [1, 1], [1.0]), Whole("y_train", [1], [0]), Reals("x_test", [1, 2], [1.0, 2]), Whole("y_test", [1], [0])),
            DataOptions.None, "x_test in ", "[2]", "[1]");
        AssertExplained(
            Written("e.npz", Reals("x_train", [1, 1], [1.0]), Whole("y_train", [1], [0]), Reals("x_test", [1, 1], [1.0])),
            DataOptions.None, "has no y_test beside it");
        AssertExplained(
            Written("f.npz", Reals("x_train", [1, 1], [1.0]), Whole("y_train", [1], [0]), Reals("x_test", [1, 1], [1.0]), Whole("y_test", [1], [1])),
            DataOptions.None, "label 1 at index 0");
    }

    [Theory]
    [InlineData(-1, "the label -1 at index 1: expected 0 or more")]
    [InlineData(200, "the label 200 at index 1: expected less than the number of samples", "--classes")]
    public void A_label_that_is_no_class_is_refused(long label, params string[] parts)
        => AssertExplained(Written("a.npz", Reals("x", [2, 1], [1.0, 2]), Whole("y", [2], [0, label])), DataOptions.None, parts);

    [Theory]
    [InlineData(double.NaN, "NaN in element 1 of sample 1")]
    [InlineData(double.PositiveInfinity, "Infinity in element 1 of sample 1")]
    public void Numbers_that_are_none_are_refused(double number, string part)
    {
        string path = Written("a.npz", Reals("x", [2, 2], [1.0, 2, 3, number]), Whole("y", [2], [0, 1]));
        TestFiles.AssertExplained<DataException>(() => DataFiles.Load(path), "x in ", part, "finite");
        string targets = Written("b.npz", Reals("x", [2, 1], [1.0, 2]), Reals("y", [2, 2], [1.0, 2, 3, number]));
        TestFiles.AssertExplained<DataException>(() => DataFiles.Load(targets), "y in ", "in target 1 of sample 1");
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        byte[] whole = File.ReadAllBytes(Fixture("last.npz"));
        for (int length = 0; length < whole.Length; length += 7)
            TestFiles.AssertExplained<DataException>(() => DataFiles.Load(_folder.Write("cut.npz", whole[..length])), "cut.npz");
    }

    [Fact]
    public void A_file_with_one_wrong_byte_never_gives_other_data()
    {
        byte[] whole = File.ReadAllBytes(Fixture("last.npz"));
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 0x55;
            string path = _folder.Write("damaged.npz", damaged);
            Exception? exception = Record.Exception(() => Assert.Equal(Turned, Held.Pixels(DataFiles.Load(path).Training)));
            Assert.True(exception is null or DataException, $"byte {i}: {exception}");
        }
    }

    [Fact]
    public void Images_of_whole_numbers_of_several_bytes_are_refused()
        => AssertExplained(Written("a.npz", Whole("x", [1, 2, 2], [1, 2, 3, 4]), Whole("y", [1], [0])), DataOptions.None, "int64", "(1, 2, 2)", "uint8");

    [Fact]
    public void More_samples_than_memory_holds_are_refused_with_their_size()
    {
        var layout = new DataLayout(new(1, 64, 64), ElementKind.Pixels) { Classes = IntegerClasses.Numbered(0, 2).Names };
        TestFiles.AssertExplained<DataException>(
            () => _ = new SampleKeeper(layout, int.MaxValue, wanted: null, "training images of here"),
            "2,147,483,647 training images of here take 8.8",
            "--samples");
    }

    private string Written(string name, params (string Name, byte[] Content)[] arrays)
    {
        string path = _folder.PathOf(name);
        File.Delete(path);
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string array, byte[] content) in arrays)
        {
            using Stream part = zip.CreateEntry(array + ".npy").Open();
            part.Write(content);
        }

        return path;
    }

    private (string Name, byte[] Content) Reals(string name, int[] shape, double[] values)
    {
        Npy.Write<double>(_folder.PathOf("array"), shape, values);
        return (name, File.ReadAllBytes(_folder.PathOf("array")));
    }

    private (string Name, byte[] Content) Whole(string name, int[] shape, long[] values)
    {
        Npy.Write<long>(_folder.PathOf("array"), shape, values);
        return (name, File.ReadAllBytes(_folder.PathOf("array")));
    }

    private static string Fixture(string name) => TestFiles.Fixture("Arrays", name);

    private static void AssertExplained(string path, DataOptions options, params string[] parts)
        => TestFiles.AssertExplained<DataException>(() => DataFiles.Open(new(path, options)).Load(), parts);
}
