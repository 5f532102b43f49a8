using System.Text;
using BasinVolume.Interop.Arrays;
using CsCheck;

namespace BasinVolume.Interop.Tests.Arrays;

public sealed class NpyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_larger_than_the_memory_is_refused_unread()
    {
        string path = _folder.Write("huge.npy", []);
        // A hole of a terabyte: it takes no room on disk, and no machine reads it in the time of a test.
        using (FileStream file = File.OpenWrite(path))
            file.SetLength(1L << 40);
        TestFiles.AssertExplained<DataException>(() => Npy.Read(path), path, "1.1 TB");
    }

    // Fixtures/make.py: arange(6).reshape(2, 3) in each type, order and version.
    [Theory]
    [InlineData("f4")]
    [InlineData("f8")]
    [InlineData("f4-big")]
    [InlineData("f8-big")]
    [InlineData("fortran")]
    [InlineData("version2")]
    [InlineData("version3")]
    public void Real_numbers_are_read(string name)
    {
        NpyArray array = Npy.Read(Fixture(name));
        Assert.Equal([2, 3], array.Shape);
        Assert.Equal([0.0, 1, 2, 3, 4, 5], array.AsDoubles());
        TestFiles.AssertExplained<DataException>(() => array.AsInt64(), Fixture(name), "real numbers");
    }

    [Theory]
    [InlineData("i4")]
    [InlineData("i8")]
    [InlineData("i4-big")]
    [InlineData("i8-big")]
    [InlineData("u1")]
    public void Whole_numbers_are_read(string name)
    {
        NpyArray array = Npy.Read(Fixture(name));
        Assert.Equal([2, 3], array.Shape);
        Assert.Equal([0L, 1, 2, 3, 4, 5], array.AsInt64());
        Assert.Equal([0.0, 1, 2, 3, 4, 5], array.AsDoubles());
    }

    [Fact]
    public void Truth_values_are_zero_and_one() => Assert.Equal([1L, 0], Npy.Read(Fixture("bool")).AsInt64());

    [Fact]
    public void A_single_number_has_no_dimension()
    {
        NpyArray array = Npy.Read(Fixture("scalar"));
        Assert.Empty(array.Shape);
        Assert.Equal([3.5], array.AsDoubles());
    }

    [Fact]
    public void An_array_may_be_empty()
    {
        NpyArray array = Npy.Read(Fixture("empty"));
        Assert.Equal([0, 3], array.Shape);
        Assert.Empty(array.AsDoubles());
    }

    [Fact]
    public void Every_bit_of_a_number_is_kept()
        // −0, both infinities, NumPy's NaN and the smallest number above 0.
        => Assert.Equal(
            [0x8000000000000000, 0x7ff0000000000000, 0xfff0000000000000, 0x7ff8000000000000, 1],
            Npy.Read(Fixture("special")).AsDoubles().Select(BitConverter.DoubleToUInt64Bits));

    [Fact]
    public void A_whole_number_is_never_rounded()
    {
        // 2^53 and 2^53 + 1; the second is not a double.
        NpyArray array = Npy.Read(Fixture("large"));
        Assert.Equal([9007199254740992, 9007199254740993], array.AsInt64());
        TestFiles.AssertExplained<DataException>(() => array.AsDoubles(), "9007199254740993 at index 1");
    }

    [Fact]
    public void Files_are_numpys_byte_for_byte()
    {
        AssertSame<double>("f8", [2, 3], [0, 1, 2, 3, 4, 5]);
        AssertSame<float>("f4", [2, 3], [0, 1, 2, 3, 4, 5]);
        AssertSame<long>("i8", [2, 3], [0, 1, 2, 3, 4, 5]);
        AssertSame<double>("scalar", [], [3.5]);
        AssertSame<double>("empty", [0, 3], []);
        AssertSame<double>("wide", [100, 13], [.. Enumerable.Range(1, 1300).Select(i => (double)i)]);
    }

    [Fact]
    public void What_was_written_is_read()
        => Gen.Double.Array[0, 50].Sample(
            values =>
            {
                Npy.Write<double>(_folder.PathOf("a.npy"), [values.Length, 1], values);
                NpyArray read = Npy.Read(_folder.PathOf("a.npy"));
                Assert.Equal([values.Length, 1], read.Shape);
                Assert.Equal(values.Select(BitConverter.DoubleToInt64Bits), read.AsDoubles().Select(BitConverter.DoubleToInt64Bits));
            },
            iter: 100,
            threads: 1);

    [Fact]
    public void The_shape_must_fit_the_values()
        => Assert.Throws<ArgumentException>(() => Npy.Write<double>(_folder.PathOf("a.npy"), [2, 2], [1, 2, 3]));

    [Theory]
    [InlineData("object", "Object arrays")]
    [InlineData("structured", "('a', '<f4')")]
    [InlineData("c16", "Complex")]
    [InlineData("u8", "UInt64")]
    public void Other_elements_are_refused_by_name(string name, string part) => AssertRefused(Fixture(name), part);

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        byte[] whole = File.ReadAllBytes(Fixture("f8"));
        for (int length = 0; length < whole.Length; length++)
            AssertRefused(_folder.Write("cut.npy", whole[..length]));
    }

    [Fact]
    public void Bytes_after_the_array_are_refused()
        => AssertRefused(_folder.Write("long.npy", [.. File.ReadAllBytes(Fixture("f8")), 1, 2]), "goes on for 2 bytes");

    [Theory]
    [InlineData("(99999999999, 10), }")] // 8e12 bytes.
    [InlineData("(9999999999, 9999999999), }")] // More than 2^63.
    [InlineData("(2, 4), }")]
    [InlineData("(2, x), }")]
    [InlineData("(-2, 3), }")]
    [InlineData("(2, 3), ")]
    public void A_header_that_cannot_be_true_is_refused(string shape)
        => AssertRefused(_folder.Write("header.npy", WithShape(shape)));

    [Fact]
    public void Another_format_is_refused() => AssertRefused(_folder.Write("text.npy", Encoding.ASCII.GetBytes("hello world")), "magic");

    [Fact]
    public void A_missing_file_is_explained() => AssertRefused(_folder.PathOf("nowhere.npy"), "Cannot read");

    private static string Fixture(string name) => TestFiles.Fixture("Interop", name + ".npy");

    private static byte[] WithShape(string shape)
    {
        byte[] content = File.ReadAllBytes(Fixture("f8"));
        byte[] old = Encoding.ASCII.GetBytes("(2, 3), }".PadRight(30));
        Encoding.ASCII.GetBytes(shape.PadRight(30)).CopyTo(content, content.AsSpan().IndexOf(old));
        return content;
    }

    private static void AssertRefused(string path, params string[] parts) => TestFiles.AssertExplained<DataException>(() => Npy.Read(path), [path, .. parts]);

    private void AssertSame<T>(string name, int[] shape, T[] values)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        string path = _folder.PathOf("same.npy");
        Npy.Write<T>(path, shape, values);
        Assert.Equal(File.ReadAllBytes(Fixture(name)), File.ReadAllBytes(path));
    }

    // Each of the first three is more than any file holds; numpy.save writes none of them.
    [Theory]
    [InlineData("<f8", "(4611686018427387904,)")]
    [InlineData("<f8", "(0, 9223372036854775807)")]
    [InlineData("<f8", "(3037000500, 3037000500)")]
    [InlineData("<f8", "(99999999999999999999999,)")]
    [InlineData("|u1", "(100,)")]
    public void A_header_that_promises_more_than_the_file_has_is_refused_before_memory_is_taken(string type, string shape)
    {
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}\n";
        byte[] file = [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. System.Text.Encoding.ASCII.GetBytes(header), 1, 2, 3];
        using var folder = new TemporaryFolder();
        string path = folder.Write("h.npy", file);
        long start = GC.GetAllocatedBytesForCurrentThread();
        DataException error = Assert.Throws<DataException>(() => Npy.Read(path));
        Assert.Contains("h.npy announces an array of shape", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - start, 0, 1_000_000);
    }
}
