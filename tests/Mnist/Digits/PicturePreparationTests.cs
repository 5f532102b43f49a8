using BasinVolume.Autodiff.Networks;
using BasinVolume.Data.Pictures;
using BasinVolume.Mnist.Digits;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace BasinVolume.Mnist.Tests.Digits;

public sealed class PicturePreparationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_picture_of_the_right_size_is_taken_as_it_is_channel_by_channel()
    {
        string file = Saved(2, 1, (column, _) => new Rgb24((byte)(10 + column), 20, (byte)(30 + column)));
        InputPicture picture = PicturePreparation.Prepare(file, new Shape(3, 1, 2));
        Assert.Equal([10, 11, 20, 20, 30, 31], picture.Levels);
        Assert.Empty(picture.Steps);
    }

    // ITU-R BT.601, as Pillow's mode L: 0.299 · 255 = 76.2, 0.587 · 255 = 149.7.
    [Fact]
    public void Colours_are_made_grey_for_a_model_of_grey_images()
    {
        string file = Saved(2, 1, (column, _) => column == 0 ? new Rgb24(255, 0, 0) : new Rgb24(0, 255, 0));
        InputPicture picture = PicturePreparation.Prepare(file, new Shape(1, 1, 2));
        Assert.Equal([76, 150], picture.Levels);
        Assert.Equal(["colours made grey"], picture.Steps);
    }

    [Fact]
    public void Any_other_size_is_brought_to_that_of_the_model_and_said()
    {
        InputPicture picture = PicturePreparation.Prepare(Saved(40, 20, (_, _) => new Rgb24(9, 9, 9)), new Shape(3, 4, 6));
        Assert.Equal(Enumerable.Repeat((byte)9, 3 * 4 * 6), picture.Levels);
        Assert.Equal(["resized from 20 x 40 to 4 x 6", "grey taken as a colour"], picture.Steps);
    }

    [Fact]
    public void A_picture_in_colour_keeps_its_colours()
    {
        ColourPicture picture = PictureReader.ReadColours(Saved(3, 2, (column, row) => new Rgb24((byte)column, (byte)row, 7)));
        Assert.False(picture.IsGrey);
        Assert.Equal([0, 0, 7, 1, 0, 7, 2, 0, 7, 0, 1, 7, 1, 1, 7, 2, 1, 7], picture.Levels);
    }

    private string Saved(int width, int height, Func<int, int, Rgb24> colour)
    {
        using var image = new Image<Rgb24>(width, height);
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
                image[column, row] = colour(column, row);
        }

        string path = _folder.PathOf("picture.png");
        image.SaveAsPng(path);
        return path;
    }
}
