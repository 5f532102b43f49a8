using System.Collections.Immutable;
using BasinVolume.Data.Pictures;
using BasinVolume.Interop;
using BasinVolume.Mnist.Digits;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace BasinVolume.Mnist.Tests.Digits;

/// <summary>Pictures of any kind become images as MNIST has them.</summary>
public sealed class DigitPreparationTests : IDisposable
{
    private static readonly Rgba32 Black = new(0, 0, 0), White = new(255, 255, 255), Blue = new(20, 30, 160), Paper = new(250, 240, 200);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_image_of_mnist_is_left_alone()
    {
        GreyPicture picture = Prepare(TestPictures.Plain(3));
        Assert.Equal(TestPictures.Digits.Pixels(3).ToArray(), picture.Levels);
        Assert.Empty(picture.Steps);
    }

    [Fact]
    public void Dark_ink_on_a_light_ground_is_inverted()
    {
        using Image<Rgba32> image = TestPictures.Plain(3);
        for (int i = 0; i < 784; i++)
            image[i % 28, i / 28] = new Rgba32(
                (byte)(255 - image[i % 28, i / 28].R), (byte)(255 - image[i % 28, i / 28].R), (byte)(255 - image[i % 28, i / 28].R));
        GreyPicture picture = Prepare(image);
        Assert.Equal(TestPictures.Digits.Pixels(3).ToArray(), picture.Levels);
        Assert.Equal(["inverted, as its ink is darker than its ground"], picture.Steps);
    }

    // MNIST's own digits fill the box of 20 x 20 about their centre of mass, so they are where MNIST has them again, wherever they were;
    // only a row or column of less than a quarter of the ink is cut off, which can move one whose centre lies between two pixels.
    [Fact]
    public void A_digit_of_mnist_on_a_larger_picture_comes_back_where_it_was()
    {
        int there = 0;
        for (int index = 0; index < 200; index++)
        {
            byte[] levels = new byte[40 * 50];
            for (int i = 0; i < 784; i++)
                levels[(((i / 28) + 9) * 40) + (i % 28) + 2] = TestPictures.Digits.Pixels(index)[i];
            ImmutableArray<byte> actual = DigitPreparation.Prepare(new(40, 50, [.. levels], []), "digit.png").Levels;
            there += TestPictures.Digits.Pixels(index).ToArray().Zip(actual, (e, a) => Math.Abs(e - a)).Max() <= 64 ? 1 : 0;
        }

        Assert.InRange(there, 195, 200);
    }

    // From another size they come back to within the blur of scaling.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(8)]
    public void A_large_digit_in_colour_somewhere_on_paper_comes_back(int index)
    {
        GreyPicture picture = Prepare(TestPictures.Large(index, 7, 60, 11, Blue, Paper));
        Assert.Equal((28, 28), (picture.Width, picture.Height));
        Assert.Equal(["colours made grey", "inverted, as its ink is darker than its ground"], picture.Steps.Take(2));
        Assert.Contains("centre of mass", picture.Steps[2], StringComparison.Ordinal);
        byte[] original = TestPictures.Digits.Pixels(index).ToArray();
        Assert.InRange(Correlation(original, picture.Levels), 0.98, 1);
    }

    [Fact]
    public void Polarity_does_not_matter()
    {
        ImmutableArray<byte> dark = Prepare(TestPictures.Large(1, 5, 3, 40, Black, White)).Levels,
            light = Prepare(TestPictures.Large(1, 5, 3, 40, White, Black)).Levels;
        Assert.InRange(dark.Zip(light, (d, l) => Math.Abs(d - l)).Max(), 0, 1);
    }

    // A bar of 4 x 10 pixels becomes 8 x 20, filled, with its middle in the middle: columns 10 to 17, rows 4 to 23.
    [Fact]
    public void A_bar_is_scaled_to_the_box_and_put_in_the_middle()
    {
        using var image = new Image<Rgba32>(50, 31, Black);
        for (int row = 2; row < 12; row++)
        {
            for (int column = 40; column < 44; column++)
                image[column, row] = White;
        }

        GreyPicture picture = Prepare(image);
        for (int row = 0; row < 28; row++)
        {
            for (int column = 0; column < 28; column++)
                Assert.Equal(row is >= 4 and < 24 && column is >= 10 and < 18 ? 255 : 0, picture[row, column]);
        }

        Assert.Equal(["cut to the 4 x 10 pixels that have ink, scaled to 8 x 20, and put on 28 x 28 by its centre of mass"], picture.Steps);
    }

    // Noise of an eighth of the ink's strength on a ground that is not black.
    [Fact]
    public void Faint_noise_is_no_ink()
    {
        using var image = new Image<Rgba32>(60, 60);
        for (int i = 0; i < 3600; i++)
        {
            byte level = (byte)(20 + (i * 7 % 20));
            image[i % 60, i / 60] = i % 60 is >= 28 and < 32 && i / 60 is >= 10 and < 50 ? new Rgba32(180, 180, 180) : new Rgba32(level, level, level);
        }

        Assert.Contains("cut to the 4 x 40 pixels", Assert.Single(Prepare(image).Steps), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(28)]
    [InlineData(100)]
    public void A_picture_with_nothing_on_it_is_refused(int size)
    {
        var blank = new GreyPicture(size, size, [.. Enumerable.Repeat((byte)255, size * size)], []);
        TestFiles.AssertExplained<DataException>(() => DigitPreparation.Prepare(blank, "blank.png"), "blank.png shows nothing");
    }

    [Fact]
    public void A_single_pixel_of_ink_is_a_digit_too()
    {
        byte[] levels = new byte[100];
        levels[55] = 200;
        GreyPicture picture = DigitPreparation.Prepare(new(10, 10, [.. levels], []), "dot.png");
        // The box of 20 x 20, filled.
        Assert.Equal(400, picture.Levels.Count(level => level == 255));
    }

    private GreyPicture Prepare(Image image)
    {
        image.Save(_folder.PathOf("picture.png"));
        image.Dispose();
        return DigitPreparation.Prepare(PictureReader.Read(_folder.PathOf("picture.png")), "picture.png");
    }

    private static double Correlation(byte[] x, ImmutableArray<byte> y)
    {
        double meanX = x.Average(level => level), meanY = y.Average(level => level);
        double Sum(Func<double, double, double> term) => Enumerable.Range(0, x.Length).Sum(i => term(x[i] - meanX, y[i] - meanY));
        return Sum((a, b) => a * b) / Math.Sqrt(Sum((a, _) => a * a) * Sum((_, b) => b * b));
    }
}
