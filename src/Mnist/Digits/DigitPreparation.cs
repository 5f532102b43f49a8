using System.Collections.Immutable;
using BasinVolume.Data.Pictures;
using BasinVolume.Interop;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace BasinVolume.Mnist.Digits;

/// <summary>
/// From a picture of a digit to 28 x 28 pixels of light ink on black, as MNIST was made: the digit scaled to a box of 20 x 20 with its proportions kept, its
/// centre of mass put in the middle.
/// A picture that has 28 x 28 pixels already is taken as it is, but for its polarity.
/// </summary>
public static class DigitPreparation
{
    /// <summary>Rows and columns of an image of MNIST.</summary>
    public const int Size = 28;

    private const int Box = 20;

    // A pixel belongs to the digit if it has a quarter of the strongest ink: enough to leave out the noise of a scan, and little enough to keep the edges of
    // thin strokes.
    private const double InkShare = 0.25;

    /// <summary>Prepares a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="source">What it is called in errors.</param>
    /// <returns>28 x 28 pixels, and everything that was done.</returns>
    /// <exception cref="DataException">There is nothing on it.</exception>
    public static GreyPicture Prepare(GreyPicture picture, string source)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture.Levels.Min() == picture.Levels.Max())
            throw new DataException($"{source} shows nothing: all its pixels are alike; give a picture of a digit.");
        byte ground = Ground(picture);
        bool isDark = ground - picture.Levels.Min() > picture.Levels.Max() - ground;
        ImmutableArray<string> steps = isDark ? picture.Steps.Add("inverted, as its ink is darker than its ground") : picture.Steps;
        if (picture is { Width: Size, Height: Size })
            return picture with { Levels = isDark ? [.. picture.Levels.Select(level => (byte)(byte.MaxValue - level))] : picture.Levels, Steps = steps };
        using Image<L8> ink = InkOf(picture, ground, isDark);
        return Boxed(ink, steps);
    }

    // The median of the pixels along the edge.
    private static byte Ground(GreyPicture picture)
    {
        byte[] edge =
        [
            .. Enumerable.Range(0, picture.Width).SelectMany(column => (byte[])[picture[0, column], picture[picture.Height - 1, column]]),
            .. Enumerable.Range(0, picture.Height).SelectMany(row => (byte[])[picture[row, 0], picture[row, picture.Width - 1]]),
        ];
        Array.Sort(edge);
        return edge[edge.Length / 2];
    }

    // 0 at the ground and beyond, 255 at the strongest ink.
    private static Image<L8> InkOf(GreyPicture picture, byte ground, bool isDark)
    {
        double strongest = isDark ? ground - picture.Levels.Min() : picture.Levels.Max() - ground;
        L8[] ink = [.. picture.Levels.Select(
            level => new L8((byte)Math.Round(byte.MaxValue * Math.Max(0, isDark ? ground - level : level - ground) / strongest)))];
        return Image.LoadPixelData(ink, picture.Width, picture.Height);
    }

    private static GreyPicture Boxed(Image<L8> ink, ImmutableArray<string> steps)
    {
        Rectangle box = BoxOf(ink);
        double scale = (double)Box / Math.Max(box.Width, box.Height);
        int width = Math.Max(1, (int)Math.Round(box.Width * scale)), height = Math.Max(1, (int)Math.Round(box.Height * scale));
        ink.Mutate(context => context.Crop(box).Resize(width, height));
        (int left, int top) = Place(ink);
        var levels = new byte[Size * Size];
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
                levels[((top + row) * Size) + left + column] = ink[column, row].PackedValue;
        }

        string scaled =
            $"cut to the {box.Width} x {box.Height} pixels that have ink, scaled to {width} x {height}, "
            + $"and put on {Size} x {Size} by its centre of mass";
        return new(Size, Size, [.. levels], steps.Add(scaled));
    }

    private static Rectangle BoxOf(Image<L8> ink)
    {
        int left = ink.Width, right = -1, top = ink.Height, bottom = -1;
        for (int row = 0; row < ink.Height; row++)
        {
            for (int column = 0; column < ink.Width; column++)
            {
                if (ink[column, row].PackedValue < InkShare * byte.MaxValue)
                    continue;
                (left, right) = (Math.Min(left, column), Math.Max(right, column));
                (top, bottom) = (Math.Min(top, row), Math.Max(bottom, row));
            }
        }

        return Rectangle.FromLTRB(left, top, right + 1, bottom + 1);
    }

    /// <summary>
    /// Where the digit's left upper corner goes, so that its centre of mass is in the middle, as far as the digit stays inside.
    /// The middle is the pixel (14, 14): so it is, to half a pixel, in every image of MNIST's test set.
    /// </summary>
    private static (int Left, int Top) Place(Image<L8> digit)
    {
        double mass = 0, across = 0, down = 0;
        for (int row = 0; row < digit.Height; row++)
        {
            for (int column = 0; column < digit.Width; column++)
            {
                double level = digit[column, row].PackedValue;
                (mass, across, down) = (mass + level, across + (level * column), down + (level * row));
            }
        }

        return (Corner(across / mass, digit.Width), Corner(down / mass, digit.Height));

        static int Corner(double centre, int length) => Math.Clamp((int)Math.Round((Size / 2) - centre), 0, Size - length);
    }
}
