using BasinVolume.Data.Idx;
using BasinVolume.Data.Tests.Idx;
using BasinVolume.Interop;

namespace BasinVolume.Data.Tests.Streams;

/// <summary>Gzip files as RFC 1952 has them: several members, headers with everything in them, and nothing behind.</summary>
public sealed class GzipMembersTests : IDisposable
{
    private static readonly byte[] Content = IdxBytes.Images(100);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(20)]
    public void Members_follow_each_other(int count)
    {
        byte[] file = [.. Content.Chunk((Content.Length / count) + 1).SelectMany(IdxBytes.Gzip)];
        Assert.Equal(Content[16..], Read(file));
    }

    [Fact]
    public void A_member_may_be_empty() => Assert.Equal(Content[16..], Read([.. IdxBytes.Gzip([]), .. IdxBytes.Gzip(Content), .. IdxBytes.Gzip([])]));

    // Content that does not compress is as long as its members, so that ends lie anywhere in DeflateStream's pieces.
    [Fact]
    public void Members_may_end_anywhere()
    {
        byte[] noise = new byte[784 * 30];
        new Random(1).NextBytes(noise);
        byte[] content = IdxBytes.Of([30, 28, 28], noise);
        for (int cut = 8100; cut < 8300; cut += 7)
            Assert.Equal(noise, Read([.. IdxBytes.Gzip(content[..cut]), .. IdxBytes.Gzip(content[cut..])]));
    }

    // Flags 4, 8, 16 and 2: an extra field of two bytes, a name, a comment, a checksum of the header (which nobody looks at).
    [Fact]
    public void A_header_may_have_everything()
    {
        byte[] plain = IdxBytes.Gzip(Content);
        byte[] file = [.. plain[..3], 30, .. plain[4..10], 2, 0, 7, 7, (byte)'a', 0, (byte)'b', (byte)'c', 0, 9, 9, .. plain[10..]];
        Assert.Equal(Content[16..], Read(file));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(20_000)]
    public void What_follows_is_refused_with_its_place(int count)
    {
        byte[] whole = [.. IdxBytes.Gzip(Content[..50]), .. IdxBytes.Gzip(Content[50..])];
        AssertExplained([.. whole, .. new byte[count]], $"goes on for {count} bytes", $"end at byte {whole.Length}");
    }

    [Fact]
    public void A_last_member_that_is_cut_or_damaged_is_refused()
    {
        byte[] first = IdxBytes.Gzip(Content[..50]), last = IdxBytes.Gzip(Content[50..]);
        for (int length = 2; length < last.Length; length++)
            AssertExplained([.. first, .. last[..length]]);
        byte[] wrong = [.. first, .. last];
        wrong[^6] ^= 1;
        AssertExplained(wrong, "checksum");
    }

    private byte[] Read(byte[] file) => IdxReader.Read(_folder.Write("file.gz", file)).Values.ToArray();

    private void AssertExplained(byte[] file, params string[] parts) => TestFiles.AssertExplained<DataException>(() => Read(file), ["file.gz", .. parts]);
}
