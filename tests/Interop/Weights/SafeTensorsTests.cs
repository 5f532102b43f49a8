using System.Buffers.Binary;
using System.Text;
using BasinVolume.Interop.Weights;
using CsCheck;

namespace BasinVolume.Interop.Tests.Weights;

public sealed class SafeTensorsTests : IDisposable
{
    private const string Usual =
        """{"__metadata__":{"format":"pt"},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"w":{"dtype":"F64","shape":[1,2],"data_offsets":[4,20]}}""";

    private static readonly TensorShape[] Model = [new("w", [1, 2]), new("b", [1])];
    private static readonly byte[] Elements = [.. BitConverter.GetBytes(3f), .. BitConverter.GetBytes(0.1), .. BitConverter.GetBytes(-2.0)];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Tensors_come_in_the_order_wanted() => Assert.Equal([0.1, -2, 3], Read(FileOf(Usual, Elements)));

    [Fact]
    public void What_is_written_is_read()
    {
        string path = _folder.PathOf("model.safetensors");
        SafeTensors.Write<double>(path, Model, [0.1, 2, 3]);
        Assert.Equal([0.1, 2, 3], WeightFile.Read(path, Model).Values);
        Assert.Equal(0, BinaryPrimitives.ReadInt64LittleEndian(File.ReadAllBytes(path)) % 8);
        SafeTensors.Write<float>(path, Model, [0.1f, 2, 3]);
        Assert.Equal([0.1f, 2, 3], WeightFile.Read(path, Model).Values);
        Assert.Throws<ArgumentException>(() => SafeTensors.Write<float>(path, Model, [1]));
    }

    [Fact]
    public void Half_precisions_are_read()
    {
        TensorShape[] one = [new("w", [1])];
        // 0x3e00 is 1.5 as float16; 0x3fc0 as bfloat16.
        Assert.Equal([1.5], WeightFile.Read(FileOf("""{"w":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}}""", [0x00, 0x3e]), "model", one).Values);
        Assert.Equal([1.5], WeightFile.Read(FileOf("""{"w":{"dtype":"BF16","shape":[1],"data_offsets":[0,2]}}""", [0xc0, 0x3f]), "model", one).Values);
    }

    [Theory]
    [InlineData("[0,4]", "[0,8]", "w lies at bytes 4 to 20 of 20, expected it to begin at 8")]
    [InlineData("[4,20]", "[4,24]", "w lies at bytes 4 to 24 of 20")]
    [InlineData("[4,20]", "[4,12]", "8 bytes follow its last tensor")]
    [InlineData("[4,20]", "[4,-20]", "w lies at bytes 4 to -20")]
    [InlineData("[4,20]", "[4]", "header cannot be read")]
    [InlineData("[1,2]", "[1,3]", "w is (1, 3), expected (1, 2)")]
    [InlineData("F64", "F32", "w has 16 bytes, expected 2 elements of 4")]
    [InlineData("F64", "I64", "w as I64, expected F64, F32, F16, BF16")]
    [InlineData("\"w\"", "\"b\"", "header cannot be read")]
    [InlineData("\"w\"", "\"v\"", "lacks w (it has v, which this model does not know)")]
    [InlineData("\"dtype\"", "\"type\"", "header cannot be read")]
    public void A_header_that_does_not_fit_is_refused(string part, string instead, string reason)
        => AssertRefused(FileOf(Usual.Replace(part, instead, StringComparison.Ordinal), Elements), reason);

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        byte[] file = FileOf(Usual, Elements);
        AssertRefused([.. file, 0], "1 bytes follow its last tensor");
        AssertRefused(file[..^1], "w lies at bytes 4 to 20 of 19");
        AssertRefused(file[..20], "its header claims");
        AssertRefused(file[..3], "neither a file of torch.save");
        AssertRefused([.. Enumerable.Repeat((byte)255, 8), .. file[8..]], "its header claims 18446744073709551615 bytes");
    }

    [Fact]
    public void Any_change_of_bytes_is_refused_or_harmless()
    {
        byte[] file = FileOf(Usual, Elements);
        Gen.Select(Gen.Int[0, file.Length - 1], Gen.Byte).Array[1, 4].Sample(changes =>
        {
            byte[] changed = [.. file];
            foreach ((int place, byte value) in changes)
                changed[place] = value;
            try
            {
                Assert.Equal(3, Read(changed).Length);
            }
            catch (DataException e)
            {
                Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
            }
        }, iter: 3000);
    }

    private static double[] Read(byte[] file) => WeightFile.Read(file, "model.safetensors", Model).Values;

    private static byte[] FileOf(string header, byte[] elements)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        return [.. BitConverter.GetBytes((long)json.Length), .. json, .. elements];
    }

    private static void AssertRefused(byte[] file, string reason)
        => TestFiles.AssertExplained<DataException>(() => Read(file), "model.safetensors", reason);
}
