using BasinVolume.Kernels;
using BasinVolume.Mnist.Results;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace BasinVolume.Mnist.Tests.Results;

public sealed class HeatMapTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Signs_have_their_colours_and_small_elements_fade_to_white()
    {
        // 1e-3 of the largest is half of the six decades down; 1e-7 is below them.
        using Image<Rgb24> image = Draw(new Matrix(2, 3, [1, -1, 0, 1e-3, -1e-3, 1e-7]));
        Rgb24 white = new(255, 255, 255);
        Assert.True(image[0, 0].R > image[0, 0].B, "positive is red");
        Assert.True(image[1, 0].B > image[1, 0].R, "negative is blue");
        Assert.Equal(white, image[2, 0]);
        Assert.Equal((255 + image[0, 0].G) / 2, image[0, 1].G, 1.0);
        Assert.Equal((255 + image[1, 0].G) / 2, image[1, 1].G, 1.0);
        Assert.Equal(white, image[2, 1]);
    }

    [Fact]
    public void A_zero_matrix_is_white()
    {
        using Image<Rgb24> image = Draw(new Matrix(2, 2));
        Assert.Equal(new Rgb24(255, 255, 255), image[1, 1]);
    }

    private Image<Rgb24> Draw(Matrix matrix)
    {
        string path = _folder.PathOf("map.png");
        HeatMap.Write(path, matrix);
        return Image.Load<Rgb24>(path);
    }
}
