using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using BasinVolume.Data.Formats;
using BasinVolume.Data.Samples;
using BasinVolume.Data.Tests.Samples;
using BasinVolume.Interop;

namespace BasinVolume.Data.Tests.Tables;

/// <summary>Tables as text.</summary>
public sealed class TableTests : IDisposable
{
    private const string Iris = """
        length,width,species
        5.1,3.5,setosa
        7,3.2,versicolor
        6.3,3.3,virginica
        4.9,3e0,setosa
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Named_classes_are_in_the_order_of_their_characters()
    {
        DataParts data = Load(Iris, new() { LabelColumn = "species" });
        Assert.Equal("csv", data.Format);
        Assert.Equal([2], data.Training.Layout.Shape.Dimensions);
        Assert.Equal(ElementKind.Double, data.Training.Layout.Elements);
        Assert.Equal(["setosa", "versicolor", "virginica"], data.Training.Layout.Classes);
        Assert.Equal(["length", "width"], data.Training.Layout.Features);
        Assert.Equal([0, 1, 2, 0], Held.Labels(data.Training));
        Assert.Equal([4.9, 3], Held.Inputs(data.Training, 3));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Iris))), data.Sha256["a.csv"]);
    }

    [Theory]
    [InlineData("a;b;label\n1;2;0\n3;4;1\n")]
    [InlineData("a\tb\tlabel\r\n1\t2\t0\r\n3\t4\t1\r\n")]
    [InlineData("a,b,label\n1,2,0\n3,4,1")]
    [InlineData("\ufeffa,b,label\n1,2,0\n\n3,4,1\n\n")]
    [InlineData("\"a\",\"b\",\"label\"\n\"1\",\"2\",\"0\"\n\"3\",\"4\",\"1\"\n")]
    [InlineData("a, b, Label\n 1, 2, 0\n 3, 4, 1\n")]
    [InlineData("\"a, or; so\",b,class\n1,2,0\n3,4,1\n")]
    [InlineData("\"a\"\"b\",\"c\nd\",y\n1,2,0\n3,4,1.0\n")]
    [InlineData("target,u,v\n0,1,2\n1,3,4\n")]
    public void A_table_may_be_written_in_many_ways(string text)
    {
        DataParts data = Load(text, DataOptions.None);
        Assert.Equal(["0", "1"], data.Training.Layout.Classes);
        Assert.Equal([0, 1], Held.Labels(data.Training));
        Assert.Equal([1, 2], Held.Inputs(data.Training, 0));
        Assert.Equal([3, 4], Held.Inputs(data.Training, 1));
    }

    [Fact]
    public void A_packed_table_is_read_as_it_is()
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(Iris));
        string path = _folder.Write("a.csv.gz", stream.ToArray());
        Assert.Equal([0, 1, 2, 0], Held.Labels(DataFiles.Open(new(path, new() { LabelColumn = "species" })).Load().Training));
        _folder.Write("a.csv.gz", stream.ToArray()[..^9]);
        TestFiles.AssertExplained<DataException>(
            () => DataFiles.Open(new(path, new() { Format = "csv", LabelColumn = "species" })), "a.csv.gz is damaged", "fetch it again");
    }

    [Theory]
    [InlineData("0,1.5,2\n1,3,4\n", "0", new[] { 0, 1 }, new[] { 1.5, 2 })]
    [InlineData("5.1,3.5,setosa\n4.9,3,other\n", "2", new[] { 1, 0 }, new[] { 5.1, 3.5 })]
    public void Without_a_header_columns_are_called_by_their_numbers(string text, string label, int[] labels, double[] first)
    {
        DataParts data = Load(text, new() { LabelColumn = label });
        Assert.Equal(labels, Held.Labels(data.Training));
        Assert.Equal(first, Held.Inputs(data.Training, 0));
    }

    // pandas names columns by numbers where nobody does; 7 and 8 are no columns that count on.
    [Theory]
    [InlineData("0,1,2\n5,6,1\n5,7,0\n", "2", 2)]
    [InlineData("label,1,2,3\n1,5,6,7\n0,5,6,7\n", "label", 2)]
    [InlineData("y,7,8\n1,5,6\n0,5,6\n", "y", 2)]
    [InlineData("2,7,8\n1,5,6\n0,5,6\n", "0", 3)]
    public void A_header_may_have_numbers(string text, string label, int count)
        => Assert.Equal(count, Load(text, new() { LabelColumn = label }).Training.Count);

    [Fact]
    public void Columns_may_be_real_targets()
    {
        DataParts data = Load("a,b,p,q\n1,2,0.5,-1\n3,4,1e-3,7\n", new() { TargetColumns = ["q", "p"] });
        Assert.Equal(["q", "p"], data.Training.Layout.Targets);
        Assert.False(data.Training.Layout.HasClasses);
        var targets = new double[4];
        data.Training.ReadTargets([0, 1], targets.AsSpan());
        Assert.Equal([-1, 0.5, 7, 1e-3], targets);
        Assert.Equal([3, 4], Held.Inputs(data.Training, 1));
    }

    [Fact]
    public void Levels_of_a_square_are_pixels()
    {
        string grey = $"label,{Columns(64)}\n3,{Cells(64, 1)}\n0,{Cells(64, 2)}\n";
        DataParts data = Load(grey, DataOptions.None);
        Assert.Equal([1, 8, 8], data.Training.Layout.Shape.Dimensions);
        Assert.Equal(4, data.Training.Layout.Classes.Length);
        Assert.Equal(Enumerable.Range(0, 64).Select(i => (byte)(2 * i)), data.Training.Pixels(1).ToArray());
        Assert.Equal(
            "whole numbers from 0 to 255 in 64 columns are pixels of images 1 x 8 x 8 (--elements numbers leaves them)", data.Note);
        Assert.Equal([64], Load(grey, new() { Elements = TableElements.Numbers }).Training.Layout.Shape.Dimensions);
        Assert.Equal([64], Load(grey.Replace(",63\n", ",63.5\n"), DataOptions.None).Training.Layout.Shape.Dimensions);
        Assert.Equal([64], Load(grey.Replace(",63\n", ",256\n"), DataOptions.None).Training.Layout.Shape.Dimensions);
        Assert.Equal([65], Load($"label,{Columns(65)}\n0,{Cells(65, 1)}\n", DataOptions.None).Training.Layout.Shape.Dimensions);
        Assert.Equal([49], Load($"label,{Columns(49)}\n0,{Cells(49, 1)}\n", DataOptions.None).Training.Layout.Shape.Dimensions);
        Assert.Equal([1, 7, 7], Load($"label,{Columns(49)}\n0,{Cells(49, 1)}\n", new() { Elements = TableElements.Pixels }).Training.Layout.Shape.Dimensions);
    }

    [Fact]
    public void Colours_stand_channel_by_channel_unless_it_is_said()
    {
        string text = $"label,{Columns(192)}\n0,{Cells(192, 1)}\n";
        Assert.Equal(Enumerable.Range(0, 192).Select(i => (byte)i), Load(text, DataOptions.None).Training.Pixels(0).ToArray());
        DataParts last = Load(text, new() { ChannelOrder = ChannelOrder.Last });
        Assert.Equal([3, 8, 8], last.Training.Layout.Shape.Dimensions);
        Assert.Equal(Enumerable.Range(0, 192).Select(i => (byte)((3 * (i % 64)) + (i / 64))), last.Training.Pixels(0).ToArray());
        TestFiles.AssertExplained<DataOptionException>(
            () => Load(Iris, new() { LabelColumn = "species", ChannelOrder = ChannelOrder.Last }), "are for images in colour", "are 2 numbers");
    }

    [Fact]
    public void Few_rows_are_held_with_their_places()
    {
        string path = Write("a.csv", "a,label\n1,0\n2,1\n3,0\n");
        DataParts data = DataFiles.Open(new(path, DataOptions.None)).Load([2]);
        Assert.Equal([3], Held.Inputs(data.Training, 2));
        Assert.False(data.Training.Holds(1));
    }

    [Fact]
    public void Test_rows_have_the_columns_and_the_classes_of_the_training_rows()
    {
        string training = Write("a.csv", Iris), test = Write("b.csv", "length,width,species\n1,2,virginica\n");
        var options = new DataOptions { LabelColumn = "species", TestPath = test };
        Assert.Equal([2], Held.Labels(DataFiles.Open(new(training, options)).Load().Test));
        Write("b.csv", "length,width,species\n1,2,rose\n");
        TestFiles.AssertExplained<DataException>(
            () => DataFiles.Open(new(training, options)), "b.csv, line 2, has the class 'rose', which no training sample has: expected one of setosa");
        Write("b.csv", "width,length,species\n1,2,setosa\n");
        TestFiles.AssertExplained<DataException>(
            () => DataFiles.Open(new(training, options)), "has the columns width, length, but those of the training samples are length, width");
    }

    [Theory]
    [InlineData("a,label\n1,0\n2,5\n", "label 5 at index 1: expected 0 to 1")]
    [InlineData("a,label\n1,cat\n", "has the class 'cat', which no training sample has: expected one of 0, 1")]
    public void Test_rows_have_no_other_classes(string text, string part)
    {
        string training = Write("a.csv", "a,label\n1,0\n2,1\n"), test = Write("b.csv", text);
        TestFiles.AssertExplained<DataException>(() => DataFiles.Open(new(training, new() { TestPath = test })), "b.csv", part);
    }

    [Theory]
    [InlineData("a,b,label\n1,red,0\n", "has 'red' in column 'b', line 2: expected a finite number with a decimal point")]
    [InlineData("a;b;label\n1;2,5;0\n", "has '2,5' in column 'b', line 2")]
    [InlineData("a,b,label\n1,2,0\n1,,0\n", "has an empty cell in column 'b', line 3")]
    [InlineData("a,b,label\n1,2,0\nNaN,2,0\n", "has 'NaN' in column 'a', line 3")]
    [InlineData("a,b,label\n1,2,0\n2,-Infinity,0\n", "has '-Infinity' in column 'b', line 3")]
    [InlineData("a,b,label\n1,2,0\n2,1e999,0\n", "has '1e999' in column 'b', line 3")]
    [InlineData("a,b,label\n1,2,\n", "has an empty cell in column 'label', line 2: expected a class")]
    [InlineData("a,b,label\n1,2,0\n1,2\n", "has 2 cells in line 3, expected 3 as in its first row")]
    [InlineData("a,b,label\n1,2,0,7\n", "has 4 cells in line 2, expected 3")]
    [InlineData("a,b,label\n\"1,2,0\n1,2,0\n", "expected 3 as in its first row")]
    [InlineData("a,b,label\n1,2,0.5\n", "has the label 0.5 in column 'label', line 2: expected whole numbers or names; give real targets with --target label")]
    [InlineData("a,b,label\n1,2,-1\n1,2,1\n", "label -1 at index 0: expected 0 or more")]
    [InlineData("a,b,label\n", "has a header and no rows")]
    [InlineData("\n\n", "has no rows")]
    [InlineData("a,b,c\n1,2,0\n", "does not say which column is the label: expected one that is called label, labels, class, target, y, got a, b, c")]
    [InlineData("a,y,class\n1,2,0\n", "does not say which column is the label", "got a, y, class; name it with --label")]
    [InlineData("1,2\n3,4\n", "does not say which column is the label, for it has no header", "got 0, 1")]
    [InlineData("label\n0\n", "has only the columns label: expected columns of numbers beside the label")]
    [InlineData("a,a,label\n1,2,0\n", "has two columns a: expected names that differ")]
    [InlineData(",a,label\n0,1,0\n", "has no name for column 0 of its header", "index=False")]
    public void A_table_that_says_something_else_is_refused(string text, params string[] parts)
        => TestFiles.AssertExplained<DataException>(() => Load(text, DataOptions.None), parts);

    [Fact]
    public void An_option_that_the_table_contradicts_is_refused()
    {
        AssertOption(new() { LabelColumn = "colour" }, "has no column 'colour': it has length, width, species; give one of these with --label");
        AssertOption(new() { TargetColumns = ["length", "height"] }, "has no column 'height'", "with --target");
        AssertOption(new() { LabelColumn = "species", TargetColumns = ["length"] }, "--label species says that samples have classes", "give one of them");
        AssertOption(new() { LabelColumn = "species", Classes = 5 }, "--classes 5 says nothing about", "whose classes have names");
        AssertOption(new() { LabelColumn = "species", Resize = new(2, 2) }, "--resize says nothing about");
        TestFiles.AssertExplained<DataException>(
            () => Load(Iris, new() { LabelColumn = "species", Elements = TableElements.Pixels }), "other numbers than whole ones from 0 to 255");
    }

    private static string Columns(int count) => string.Join(',', Enumerable.Range(0, count).Select(i => $"pixel{i}"));

    private static string Cells(int count, int step) => string.Join(',', Enumerable.Range(0, count).Select(i => step * i));

    private string Write(string name, string text) => _folder.Write(name, Encoding.UTF8.GetBytes(text));

    private DataParts Load(string text, DataOptions options) => DataFiles.Open(new(Write("a.csv", text), options)).Load();

    private void AssertOption(DataOptions options, params string[] parts) => TestFiles.AssertExplained<DataOptionException>(() => Load(Iris, options), parts);
}
