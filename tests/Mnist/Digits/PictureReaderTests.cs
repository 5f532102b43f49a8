using BasinVolume.Data.Pictures;
using BasinVolume.Interop;
using CsCheck;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;

namespace BasinVolume.Mnist.Tests.Digits;

/// <summary>What comes out of a picture's file, and what does not.</summary>
public sealed class PictureReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.png")]
    [InlineData("a.bmp")]
    public void A_grey_picture_is_read_as_it_is(string name)
    {
        GreyPicture picture = Save(name, TestPictures.Plain(0));
        Assert.Equal((28, 28), (picture.Width, picture.Height));
        Assert.Equal(TestPictures.Digits.Pixels(0).ToArray(), picture.Levels);
        Assert.Empty(picture.Steps);
    }

    [Fact]
    public void A_jpeg_is_read_about_as_it_is()
    {
        GreyPicture picture = Save("a.jpg", TestPictures.Plain(0));
        byte[] expected = TestPictures.Digits.Pixels(0).ToArray();
        Assert.InRange(expected.Zip(picture.Levels, (e, a) => Math.Abs(e - a)).Average(), 0, 8);
    }

    [Fact]
    public void The_name_does_not_matter()
    {
        _ = Save("a.png", TestPictures.Plain(0));
        File.Move(_folder.PathOf("a.png"), _folder.PathOf("a.txt"));
        Assert.Equal(28, PictureReader.Read(_folder.PathOf("a.txt")).Width);
    }

    [Fact]
    public void Colours_become_grey_by_their_luma()
    {
        using var image = new Image<Rgba32>(3, 1);
        (image[0, 0], image[1, 0], image[2, 0]) = (new Rgba32(255, 0, 0), new Rgba32(0, 255, 0), new Rgba32(0, 0, 255));
        GreyPicture picture = Save("a.png", image);
        // 255 times 0.299, 0.587 and 0.114.
        Assert.Equal(new byte[] { 76, 150, 29 }, picture.Levels);
        Assert.Equal(["colours made grey"], picture.Steps);
    }

    [Theory]
    [InlineData(0, "white", new byte[] { 255, 127, 0 })]
    [InlineData(255, "black", new byte[] { 0, 128, 255 })]
    public void Transparency_is_laid_on_a_ground_that_the_ink_is_seen_on(byte ink, string ground, byte[] expected)
    {
        using var image = new Image<Rgba32>(3, 1);
        (image[0, 0], image[1, 0], image[2, 0]) = (new Rgba32(ink, ink, ink, 0), new Rgba32(ink, ink, ink, 128), new Rgba32(ink, ink, ink, 255));
        GreyPicture picture = Save("a.png", image);
        Assert.Equal(expected, picture.Levels);
        Assert.Equal([$"transparency laid on {ground}"], picture.Steps);
    }

    [Fact]
    public void A_photograph_is_turned_upright()
    {
        using var image = new Image<Rgba32>(16, 8);
        image.Metadata.ExifProfile = new ExifProfile();
        // 6: the camera was turned by a quarter.
        image.Metadata.ExifProfile.SetValue(ExifTag.Orientation, (ushort)6);
        GreyPicture picture = Save("a.jpg", image);
        Assert.Equal((8, 16), (picture.Width, picture.Height));
        Assert.Contains("turned upright", picture.Steps);
    }

    [Fact]
    public void A_size_beyond_the_limit_is_refused_by_the_header_alone()
    {
        AssertRefused(_folder.Write("huge.png", TestPictures.PngOf(50_000, 50_000)), "has 50000 x 50000 pixels, expected from 1 to 16777216 in all");
        AssertRefused(_folder.Write("wide.png", TestPictures.PngOf(4096, 4097)), "4096 x 4097");
        AssertRefused(_folder.Write("long.png", TestPictures.PngOf(int.MaxValue, int.MaxValue)), "2147483647 x 2147483647");
    }

    // 200 MB of text in 200 kB, compressed as zTXt and iTXt have it.
    [Theory]
    [InlineData("zTXt", "a\0\0")]
    [InlineData("iTXt", "a\0\u0001\0\0\0")]
    [InlineData("iCCP", "a\0\0")]
    public void What_a_picture_says_beside_its_pixels_is_not_unpacked(string part, string before)
    {
        using var image = new Image<Rgba32>(2, 2, new Rgba32(7, 7, 7, 255));
        using var saved = new MemoryStream();
        image.SaveAsPng(saved);
        byte[] text = [.. before.Select(letter => (byte)letter), .. TestPictures.Deflated(new byte[200_000_000])];
        // Behind the header: the signature takes 8 bytes, the part IHDR 25.
        string file = _folder.Write("bomb.png", [.. saved.ToArray()[..33], .. TestPictures.PngPart(part, text), .. saved.ToArray()[33..]]);
        long start = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal([7, 7, 7, 7], PictureReader.Read(file).Levels);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - start, 0, 20_000_000);
    }

    [Fact]
    public void A_picture_that_is_gone_over_too_often_is_refused_startit_is_decoded()
    {
        using var image = new Image<Rgba32>(16, 16);
        using var saved = new MemoryStream();
        image.SaveAsJpeg(saved);
        byte[] jpeg = saved.ToArray();
        int scan = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xff, 0xda]);
        // The one scan of the file, a thousand times.
        byte[] many = [.. jpeg[..scan], .. Enumerable.Repeat(jpeg[scan..^2], 1000).SelectMany(bytes => bytes), .. jpeg[^2..]];
        AssertRefused(_folder.Write("scans.jpg", many), "goes 1000 times over 16 x 16 pixels, expected at most 100 times");
    }

    [Fact]
    public void What_is_no_picture_is_refused()
    {
        AssertRefused(_folder.Write("a.png", "hello, this is no picture at all"u8.ToArray()), "is no PNG, JPEG or BMP picture");
        // A picture, but of a format whose decoder is not there.
        byte[] gif =
            [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b];
        AssertRefused(_folder.Write("a.gif", gif), "is no PNG, JPEG or BMP picture");
        AssertRefused(_folder.Write("empty.png", []), "it is empty");
        AssertRefused(_folder.PathOf("nowhere.png"), "Cannot read", "nowhere.png");
    }

    [Theory]
    [InlineData("a.png")]
    [InlineData("a.jpg")]
    [InlineData("a.bmp")]
    public void Any_damage_is_one_sentence_or_a_picture(string name)
    {
        _ = Save(name, TestPictures.Plain(0));
        byte[] file = File.ReadAllBytes(_folder.PathOf(name));
        string damaged = _folder.PathOf("damaged");
        Gen.Int[0, file.Length - 1].Sample(length => ReadOrRefuse(damaged, file[..length]), iter: 100, threads: 1);
        Gen.Select(Gen.Int[0, file.Length - 1], Gen.Byte).Array[1, 4].Sample(changes =>
        {
            byte[] changed = [.. file];
            foreach ((int place, byte value) in changes)
                changed[place] = value;
            ReadOrRefuse(damaged, changed);
        }, iter: 300, threads: 1);
    }

    [Fact]
    public void A_png_that_is_cut_off_is_refused()
    {
        _ = Save("a.png", TestPictures.Plain(0));
        byte[] file = File.ReadAllBytes(_folder.PathOf("a.png"));
        AssertRefused(_folder.Write("cut.png", file[..(file.Length / 2)]), "is a damaged picture");
    }

    // The decoder by itself goes round for ever where the data of an interlaced picture end too early.
    // How many bytes its pixels have is what another program wrote: a byte less is too few.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_png_without_its_last_byte_of_pixels_is_refused(PngColorType colours, PngBitDepth depth, PngInterlaceMode interlacing)
    {
        // From 5 pixels on every pass over an interlaced picture has some.
        for (int width = 5; width <= 13; width++)
        {
            using var image = new Image<Rgba32>(width, 18 - width, new Rgba32(7, 7, 7, 255));
            using var saved = new MemoryStream();
            image.SaveAsPng(saved, new PngEncoder { ColorType = colours, BitDepth = depth, InterlaceMethod = interlacing });
            byte[] file = saved.ToArray(), pixels = TestPictures.PixelsOf(file);
            Assert.Equal(width, PictureReader.Read(_folder.Write("whole.png", TestPictures.WithPixels(file, pixels))).Width);
            AssertRefused(_folder.Write("short.png", TestPictures.WithPixels(file, pixels[..^1])), FormattableString.Invariant(
                $"its pixels have {pixels.Length - 1} bytes, expected {pixels.Length}"));
        }
    }

    // Valid, all of them: the decoder does not pass over a pass without pixels as it should, and would wait for its rows.
    [Theory]
    [InlineData(3, 2)]
    [InlineData(4, 9)]
    [InlineData(9, 4)]
    public void An_interlaced_picture_so_small_that_a_pass_has_no_pixels_is_refused(int width, int height)
        => AssertRefused(_folder.Write("small.png", TestPictures.PngOf(width, height, interlacing: 1)), FormattableString.Invariant(
            $"it is interlaced and has {width} x {height} pixels, expected at least 5 x 5"));

    [Fact]
    public void The_data_of_a_png_may_come_in_many_parts_and_no_other_part_twice()
    {
        _ = Save("a.png", TestPictures.Plain(0));
        byte[] file = File.ReadAllBytes(_folder.PathOf("a.png")), data = TestPictures.Deflated(TestPictures.PixelsOf(file));
        byte[] before = [.. file[..33], .. TestPictures.PngPart("IDAT", data[..20])],
            after = [.. TestPictures.PngPart("IDAT", data[20..]), .. TestPictures.PngPart("IEND", [])];
        Assert.Equal(
            TestPictures.Digits.Pixels(0).ToArray(),
            PictureReader.Read(_folder.Write(
                "parts.png", [.. before, .. TestPictures.PngPart("IDAT", []), .. TestPictures.PngPart("tEXt", [1]), .. after])).Levels);
        AssertRefused(_folder.Write("twice.png", [.. before, .. file[8..33], .. after]), "it has two parts IHDR");
    }

    public static TheoryData<PngColorType, PngBitDepth, PngInterlaceMode> Kinds()
    {
        var kinds = new TheoryData<PngColorType, PngBitDepth, PngInterlaceMode>();
        foreach (PngInterlaceMode interlacing in (PngInterlaceMode[])[PngInterlaceMode.None, PngInterlaceMode.Adam7])
        {
            kinds.Add(PngColorType.Grayscale, PngBitDepth.Bit1, interlacing);
            kinds.Add(PngColorType.Grayscale, PngBitDepth.Bit4, interlacing);
            kinds.Add(PngColorType.Palette, PngBitDepth.Bit2, interlacing);
            kinds.Add(PngColorType.Rgb, PngBitDepth.Bit8, interlacing);
            kinds.Add(PngColorType.GrayscaleWithAlpha, PngBitDepth.Bit8, interlacing);
            kinds.Add(PngColorType.RgbWithAlpha, PngBitDepth.Bit16, interlacing);
        }

        return kinds;
    }

    private static void ReadOrRefuse(string path, byte[] content)
    {
        File.WriteAllBytes(path, content);
        try
        {
            GreyPicture picture = PictureReader.Read(path);
            Assert.Equal(picture.Width * picture.Height, picture.Levels.Length);
        }
        catch (DataException e)
        {
            Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
        }
    }

    private GreyPicture Save(string name, Image image)
    {
        image.Save(_folder.PathOf(name));
        return PictureReader.Read(_folder.PathOf(name));
    }

    private static void AssertRefused(string path, params string[] parts) => TestFiles.AssertExplained<DataException>(() => PictureReader.Read(path), parts);
}
