using System.Security.Cryptography;
using BasinVolume.Data.Idx;
using BasinVolume.Interop;
using CsCheck;

namespace BasinVolume.Data.Tests.Idx;

public sealed class IdxReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Any_shape_comes_back_with_or_without_gzip()
    {
        Gen<uint[]> shapes = Gen.UInt[1, 6].Array[1, 4];
        Gen.Select(shapes, Gen.Bool).Sample(
            (shape, compressed) =>
            {
                byte[] values = [.. Enumerable.Range(1, (int)shape.Aggregate(1u, (product, size) => product * size)).Select(i => (byte)i)];
                byte[] content = IdxBytes.Of(shape, values);
                // The name says the opposite of the content, which alone decides.
                string path = _folder.Write(compressed ? "file" : "file.gz", compressed ? IdxBytes.Gzip(content) : content);
                IdxArray read = IdxReader.Read(path);
                Assert.Equal(shape.Select(size => (int)size), read.Shape);
                Assert.Equal(values, read.Values.ToArray());
                Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), read.Sha256);
            },
            iter: 50,
            threads: 1);
    }

    [Theory]
    [InlineData(new byte[] { 1, 0, 8, 1, 0, 0, 0, 1, 7 }, "got 01000801")]
    [InlineData(new byte[] { 0, 0, 13, 1, 0, 0, 0, 1, 7, 7, 7, 7 }, "got 00000D01")] // Type 13 is float.
    [InlineData(new byte[] { 0, 0, 8, 0, 7 }, "rank of at least 1")]
    [InlineData(new byte[] { 0, 0, 8 }, "expected 4 bytes for the header, got 3")]
    [InlineData(new byte[] { 0, 0, 8, 2, 0, 0, 0, 1, 0 }, "expected 8 bytes for the sizes of 2 dimensions, got 5")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 0 }, "dimension 0 has 0 elements")]
    [InlineData(new byte[] { 0, 0, 8, 1, 255, 255, 255, 255 }, "4294967295 elements, expected 1 to 2147483647")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 1 }, "expected 1 bytes for 1 elements, got 0")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 1, 7, 7 }, "goes on after the 1 elements")]
    public void A_wrong_file_is_explained(byte[] content, string part)
    {
        AssertExplained(_folder.Write("raw", content), part);
        AssertExplained(_folder.Write("compressed", IdxBytes.Gzip(content)), part);
    }

    [Theory]
    [InlineData(3_000_000_000u, 1u)]
    [InlineData(2_000_000_000u, 2_000_000_000u)] // 4e18, below 2^63.
    [InlineData(65536u, 65536u)] // 2^32, 0 in 32 bits.
    [InlineData(1000u, 1000u)]
    public void Sizes_beyond_the_file_are_refused_before_memory_is_taken(uint rows, uint columns)
    {
        byte[] content = IdxBytes.Of([rows, columns, rows, columns, rows], [1, 2, 3]);
        AssertExplained(_folder.Write("raw", content));
        AssertExplained(_folder.Write("compressed", IdxBytes.Gzip(content)));
    }

    [Fact]
    public void An_overflowing_product_is_said_to_be_too_large()
        => AssertExplained(
            _folder.Write("raw", IdxBytes.Of([2_000_000_000, 2_000_000_000, 2_000_000_000], [])),
            "2000000000 x 2000000000 x 2000000000", "more than a file of its size can hold");

    // Stored noise, so that 1.2 MB might unpack to 1032 times as much, which is more than is read of any file.
    [Theory]
    [InlineData(new uint[] { 1_100_000, 1000 })]
    [InlineData(new uint[] { 1_200_000_000, 1_200_000_000, 1_200_000_000 })]
    public void More_than_is_read_of_any_file_is_refused_before_memory_is_taken(uint[] shape)
    {
        var noise = new byte[1_200_000];
        new Random(1).NextBytes(noise);
        string path = _folder.Write("compressed", IdxBytes.Gzip(IdxBytes.Of(shape, noise)));
        Assert.InRange(AllocatedBy(() => AssertExplained(path, string.Join(" x ", shape), "at most 1,073,741,824 bytes")), 0, 1 << 23);
    }

    // 16 MiB of zeros, in one member and in many, behind what the header announces.
    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    public void A_gzip_bomb_is_not_unpacked_beyond_what_its_header_announces(int members)
    {
        byte[] zeros = IdxBytes.Gzip(new byte[(16 << 20) / members]);
        byte[] content = IdxBytes.Images(2);
        string path = _folder.Write("bomb", [.. IdxBytes.Gzip(content), .. Enumerable.Repeat(zeros, members).SelectMany(member => member)]);
        Assert.InRange(AllocatedBy(() => AssertExplained(path, "goes on after the 2 x 28 x 28 elements")), 0, 1 << 20);
        string whole = _folder.Write("whole", IdxBytes.Gzip([.. content, .. new byte[16 << 20]]));
        Assert.InRange(AllocatedBy(() => AssertExplained(whole, "goes on after the 2 x 28 x 28 elements")), 0, 1 << 20);
    }

    [Fact]
    public void A_gzip_file_cut_anywhere_is_refused()
    {
        byte[] whole = IdxBytes.Gzip(IdxBytes.Images(2));
        for (int length = 0; length < whole.Length; length++)
            AssertExplained(_folder.Write("cut", whole[..length]));
    }

    [Fact]
    public void Bytes_after_a_gzip_file_are_refused() => AssertExplained(_folder.Write("long", [.. IdxBytes.Gzip(IdxBytes.Images(2)), 1, 2]), "gzip");

    [Fact]
    public void A_gzip_file_with_one_wrong_byte_never_gives_other_data()
    {
        byte[] whole = IdxBytes.Gzip(IdxBytes.Images(2));
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 0x55;
            Exception? exception = Record.Exception(
                () => Assert.Equal(IdxBytes.Images(2)[16..], IdxReader.Read(_folder.Write("damaged", damaged)).Values.ToArray()));
            // Bytes 4 to 9 are the time, a hint and the system it was made on: nothing to be wrong about.
            Assert.True(exception is DataException || (exception is null && i is >= 3 and <= 9), $"byte {i}: {exception}");
        }
    }

    [Fact]
    public void A_missing_file_is_explained() => AssertExplained(_folder.PathOf("nowhere"), "Cannot read");

    [Fact]
    public void A_folder_is_not_a_file() => AssertExplained(_folder.Path, "Cannot read");

    private static long AllocatedBy(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void AssertExplained(string path, params string[] parts)
        => TestFiles.AssertExplained<DataException>(() => IdxReader.Read(path), [path, .. parts]);
}
