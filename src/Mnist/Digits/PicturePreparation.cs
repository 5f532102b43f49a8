using System.Collections.Immutable;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Data.Pictures;
using BasinVolume.Interop;

namespace BasinVolume.Mnist.Digits;

/// <summary>
/// From the file of a picture to the samples of a data set: as MNIST was made for grey images of 28 x 28, and for all others by bringing the whole picture to
/// their size and their channels.
/// </summary>
public static class PicturePreparation
{
    private static readonly Shape Digit = new(1, DigitPreparation.Size, DigitPreparation.Size);

    /// <summary>Prepares a picture.</summary>
    /// <param name="file">A PNG, JPEG or BMP file.</param>
    /// <param name="shape">The shape of a sample: [1 or 3, rows, columns].</param>
    /// <exception cref="DataException">The file cannot be read, is damaged, or shows no digit where one is wanted.</exception>
    public static InputPicture Prepare(string file, Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return shape.Equals(Digit) ? OfDigit(DigitPreparation.Prepare(PictureReader.Read(file), file)) : Resized(PictureReader.ReadColours(file), shape);
    }

    private static InputPicture OfDigit(GreyPicture picture) => new(Digit, picture.Levels, picture.Steps);

    private static InputPicture Resized(ColourPicture picture, Shape shape)
    {
        (int channels, int rows, int columns) = (shape.Dimensions[0], shape.Dimensions[1], shape.Dimensions[2]);
        ImmutableArray<string> steps = picture.Resized(columns, rows).Steps;
        bool isGrey = picture.IsGrey;
        if (channels == 1 && !isGrey)
            steps = steps.Add("colours made grey");
        if (channels > 1 && isGrey)
            steps = steps.Add("grey taken as a colour");
        return new(shape, [.. picture.Resized(columns, rows).Planes(channels)], steps);
    }
}
