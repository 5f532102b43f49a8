using System.IO.Compression;
using System.Runtime.InteropServices;
using BasinVolume.Interop.Weights;
using CsCheck;
using static BasinVolume.Interop.Tests.TorchBytes;

namespace BasinVolume.Interop.Tests.Weights;

public sealed class TorchCheckpointTests
{
    private static readonly TensorShape[] Model = [new("w", [2, 3])];
    private static readonly float[] Numbers = [0, 1, 2, 3, 4, 5, 6, 7];

    [Theory]
    [InlineData("l2_trained")]
    [InlineData("plain_trained")]
    [InlineData("l2_init")]
    public void A_file_of_torch_save_gives_the_tensors_that_numpy_saved(string model)
        => Assert.Equal(NotebookWeights.Of(model), Read(File.ReadAllBytes(TestFiles.Fixture("Interop", model + ".pt")), NotebookWeights.Tensors));

    [Fact]
    public void Offsets_and_strides_are_honoured()
    {
        Assert.Equal([1.0, 2, 3, 4, 5, 6], Read(View(1, [2, 3], [3, 1])));
        // The transpose of a [3, 2] tensor, and one row for both.
        Assert.Equal([0.0, 2, 4, 1, 3, 5], Read(View(0, [2, 3], [1, 2])));
        Assert.Equal([5.0, 6, 7, 5, 6, 7], Read(View(5, [2, 3], [0, 1])));
    }

    [Fact]
    public void Two_tensors_may_share_a_storage()
    {
        byte[] file = Floats(Dictionary(("a", Tensor("FloatStorage", 8, 0, [2], [1])), ("b", Tensor("FloatStorage", 8, 1, [2], [1]))));
        Assert.Equal([1.0, 2, 0, 1], Read(file, [new("b", [2]), new("a", [2])]));
    }

    [Fact]
    public void Doubles_halves_and_brain_floats_are_read()
    {
        Assert.Equal([0.1, -2], Read(Zip(Pair("DoubleStorage"), Bytes(0.1, -2.0)), [new("w", [2])]));
        Assert.Equal([0.5, -2], Read(Zip(Pair("HalfStorage"), Bytes((Half)0.5, (Half)(-2))), [new("w", [2])]));
        // 0x3f80 is 1 and 0xc000 is −2: the upper halves of these float32.
        Assert.Equal([1.0, -2], Read(Zip(Pair("BFloat16Storage"), Bytes<ushort>(0x3f80, 0xc000)), [new("w", [2])]));
        AssertRefused(Zip(Pair("LongStorage"), Bytes(1L, 2L)), [new("w", [2])], "w as int64");
    }

    [Theory]
    [InlineData("state_dict")]
    [InlineData("anything")]
    public void A_dictionary_one_level_down_is_found(string key)
        => Assert.Equal(6, Read(Floats(Dictionary((key, Dictionary(("w", Whole()))), ("epoch", "K\u0007"), ("args", "]")))).Length);

    [Fact]
    public void Any_other_content_is_described()
    {
        AssertRefused(Floats(Dictionary(("net", Dictionary(("v", "]"))), ("epoch", "K\u0007"))), "holds a dictionary with net, epoch, and no tensors");
        AssertRefused(Floats(Whole()), "lacks w (it has a tensor without a name");
        AssertRefused(Floats("](K\u0001e"), "holds a list");
        AssertRefused(Floats("N"), "holds nothing");
    }

    [Fact]
    public void A_prefix_is_dropped_when_all_names_wanted_have_it()
    {
        Assert.Equal(6, Read(Floats(Dictionary(("module.w", Whole())))).Length);
        AssertRefused(Floats(Dictionary(("module.w", Whole()), ("v", Whole()))), "has v, which this model does not know", "--key module");
        AssertRefused(
            Floats(Dictionary(("module.w", Whole()), ("net.w", Tensor("FloatStorage", 8, 1, [2, 3], [3, 1])))),
            "2 sets of weights that fit this model: in 'module', 'net'");
        AssertRefused(Floats(Dictionary(("modulew", Whole()))), "lacks w (it has modulew,");
    }

    [Fact]
    public void A_parameter_is_its_tensor()
        => Assert.Equal(6, Read(Floats(Dictionary(("w", $"ctorch._utils\n_rebuild_parameter\n({Whole()}\u0088ccollections\nOrderedDict\n)RtR")))).Length);

    [Fact]
    public void Tensors_that_are_not_the_models_are_named()
    {
        AssertRefused(Floats(Dictionary(("w", Tensor("FloatStorage", 8, 0, [3, 2], [2, 1])))), "w is (3, 2), expected (2, 3)");
        AssertRefused(Floats(Dictionary(("w", Whole()), ("bn.weight", Whole()))), "has bn.weight, which this model does not know");
        AssertRefused(Zip(Pickle(Dictionary(("w", Whole()))), Bytes(0, 1, 2, float.NaN, 4, 5, 6, 7f)), "w is NaN at index 3");
    }

    [Theory]
    [InlineData("cos\nsystem\nX\u0002\0\0\0ls\u0085R", "'os.system'")]
    [InlineData("cbuiltins\neval\nX\u0002\0\0\0ls\u0085R", "'builtins.eval'")]
    [InlineData("X\u0002\0\0\0osX\u0006\0\0\0system\u0093)R", "'os.system'")]
    [InlineData("(cos\nsystem\nX\u0002\0\0\0lso", "'os.system'")]
    [InlineData("csubprocess\nPopen\n)\u0081", "'subprocess.Popen'")]
    [InlineData("ctorch.nn.modules.linear\nLinear\n)\u0081", "'torch.nn.modules.linear.Linear'")]
    [InlineData("cdecimal\nDecimal\nX\u0001\0\0\01\u0085R", "'decimal.Decimal'")]
    [InlineData("cbuiltins\nValueError\n)R", "'builtins.ValueError'")]
    [InlineData("ctorch\nFloatStorage\n)R", "'torch.FloatStorage'")]
    [InlineData("ctorch\nFloatStorage\n", "the name 'torch.FloatStorage'")]
    [InlineData("(icollections\nOrderedDict\n", "instruction 0x69")]
    [InlineData("\u0097", "instruction 0x97")]
    public void Whatever_holds_no_tensors_is_refused_by_name(string instructions, string part)
        => AssertRefused(Floats(instructions), part);

    [Fact]
    public void What_would_start_a_program_is_refused_even_beside_weights()
        => AssertRefused(
            Floats(Dictionary(("w", Whole()), ("x", "cbuiltins\nexec\nX\u0004\0\0\0passq\0\u0085R"))),
            "asks whoever loads it to call 'builtins.exec'", "nothing was run");

    [Fact]
    public void A_tensor_may_not_reach_beyond_its_storage()
    {
        AssertRefused(View(3, [2, 3], [3, 1]), "reaches to element 8 of a storage of 8");
        AssertRefused(Zip(Pickle(Dictionary(("w", Whole()))), Bytes(1f, 2, 3)), "storage '0' of 12 bytes, expected 8 elements of 4");
    }

    [Fact]
    public void A_compressed_part_is_refused_before_it_is_inflated_beyond_the_limit()
        => AssertRefused(Zip(Pickle(Dictionary(("w", Whole()))), new byte[(1 << 28) + 1], CompressionLevel.SmallestSize), "a compressed part");

    [Fact]
    public void A_zip_of_something_else_is_refused()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            zip.CreateEntry("readme.txt");
        AssertRefused(stream.ToArray(), "0 data.pkl");
    }

    [Fact]
    public void Any_truncation_is_refused()
    {
        byte[] file = File.ReadAllBytes(TestFiles.Fixture("Interop", "l2_trained.pt"));
        Gen.Int[0, file.Length - 1].Sample(length => Assert.Throws<DataException>(() => ReadWeights(file[..length])), iter: 300);
    }

    [Fact]
    public void Any_change_of_bytes_is_refused_or_does_not_matter()
    {
        byte[] file = File.ReadAllBytes(TestFiles.Fixture("Interop", "l2_trained.pt"));
        double[] weights = ReadWeights(file);
        Gen.Select(Gen.Int[0, file.Length - 1], Gen.Byte).Array[1, 4].Sample(changes =>
        {
            byte[] changed = [.. file];
            foreach ((int place, byte value) in changes)
                changed[place] = value;
            AssertSameOrRefused(weights, changed);
        }, iter: 3000);
    }

    // Inside an intact zip, so that no checksum protects the unpickler.
    [Fact]
    public void Any_pickle_is_refused_or_harmless()
    {
        byte[] pickle = Pickle(Dictionary(("w", Whole())));
        byte[] storage = Bytes(Numbers);
        Gen.Select(Gen.Int[0, pickle.Length - 1], Gen.Byte).Array[1, 3].Sample(changes =>
        {
            byte[] changed = [.. pickle];
            foreach ((int place, byte value) in changes)
                changed[place] = value;
            RefusedOrRead(Zip(changed, storage));
        }, iter: 3000);
        string[] pieces = [Whole(), Text("w"), "K\u0001", "q\0", "h\0", .. "()tR}susb]aeNQ".Select(letter => letter.ToString())];
        Gen.Int[0, pieces.Length - 1].Array[1, 30].Sample(choice => RefusedOrRead(Floats(string.Concat(choice.Select(piece => pieces[piece])))), iter: 3000);
    }

    private static void RefusedOrRead(byte[] file)
    {
        try
        {
            Assert.Equal(6, Read(file).Length);
        }
        catch (DataException e)
        {
            Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
        }
    }

    private static void AssertSameOrRefused(double[] expected, byte[] file)
    {
        try
        {
            Assert.Equal(expected, ReadWeights(file));
        }
        catch (DataException e)
        {
            Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
        }
    }

    private static double[] ReadWeights(byte[] file) => Read(file, NotebookWeights.Tensors);

    private static double[] Read(byte[] file) => Read(file, Model);

    private static double[] Read(byte[] file, IReadOnlyList<TensorShape> expected) => WeightFile.Read(file, "model.pt", expected).Values;

    private static string Whole() => Tensor("FloatStorage", 8, 0, [2, 3], [3, 1]);

    private static byte[] View(int offset, int[] shape, int[] strides) => Floats(Dictionary(("w", Tensor("FloatStorage", 8, offset, shape, strides))));

    private static byte[] Floats(string instructions) => Zip(Pickle(instructions), Bytes(Numbers));

    private static byte[] Pair(string storageClass) => Pickle(Dictionary(("w", Tensor(storageClass, 2, 0, [2], [1]))));

    private static byte[] Bytes<T>(params T[] values)
        where T : unmanaged => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    private static void AssertRefused(byte[] file, params string[] parts) => AssertRefused(file, Model, parts);

    private static void AssertRefused(byte[] file, TensorShape[] expected, params string[] parts)
        => TestFiles.AssertExplained<DataException>(() => Read(file, expected), ["model.pt", .. parts]);
}
