using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Models;
using BasinVolume.Report.Pictures;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace BasinVolume.Report.Tests.Pictures;

/// <summary>
/// The signed logarithmic scale of the map, the lines between its tensors, and what becomes of matrices that are larger or smaller than the map.
/// </summary>
public sealed class HessianPictureTests : IDisposable
{
    private static readonly Rgb24 White = new(255, 255, 255);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Colours_follow_sign_and_logarithm()
    {
        // 1e-3 is three of six decades below 1: half way between full colour and the background. 1e-7 is beyond the scale.
        using Image<Rgb24> image = Draw(new Matrix(3, 3, [1, 1e-3, 0, -1, -1e-3, 1e-7, 0, 0, 0]), [Tensor("w", 0, 3)]);
        Rgb24 largest = At(image, 3, 0, 0), smallest = At(image, 3, 1, 0);
        Assert.True(largest.R > largest.B, "positive is red");
        Assert.True(smallest.B > smallest.R, "negative is blue");
        Assert.Equal((255 + largest.G) / 2, At(image, 3, 0, 1).G, 2.0);
        Assert.Equal((255 + smallest.G) / 2, At(image, 3, 1, 1).G, 2.0);
        Assert.Equal(White, At(image, 3, 0, 2));
        Assert.Equal(White, At(image, 3, 1, 2));
    }

    [Fact]
    public void A_zero_matrix_is_background()
    {
        using Image<Rgb24> image = Draw(new Matrix(2, 2), [Tensor("w", 0, 2)]);
        Assert.Equal(White, At(image, 2, 1, 1));
    }

    [Theory]
    [InlineData(40, 10)]
    [InlineData(1710, 600)]
    public void Lines_are_where_a_tensor_ends_and_the_next_begins(int order, int boundary)
    {
        // Nothing but zeros, so that what is not background is a line.
        using Image<Rgb24> image = Draw(new Matrix(order, order), [Tensor("first", 0, boundary), Tensor("second", boundary, order - boundary)]);
        int side = (int)Math.Round(order * HessianPicture.PixelsPerRow(order));
        int expected = (int)Math.Round(boundary * HessianPicture.PixelsPerRow(order));
        Assert.InRange(Line(side, place => image[HessianPicture.Left + place, HessianPicture.Top + (side / 2)]), expected - 1, expected + 1);
        Assert.InRange(Line(side, place => image[HessianPicture.Left + (side / 2), HessianPicture.Top + place]), expected - 1, expected + 1);
    }

    [Fact]
    public void A_large_element_is_seen_in_a_matrix_with_more_rows_than_the_map()
    {
        const int Order = 1500, Row = 701, Column = 1100;
        var matrix = new Matrix(Order, Order);
        matrix[Row, Column] = 1;
        using Image<Rgb24> image = Draw(matrix, [Tensor("w", 0, Order)]);
        Assert.True(image.Width < Order);
        Assert.True(At(image, Order, Row, Column).G < 100);
    }

    [Fact]
    public void It_is_there_for_light_and_dark_pages()
    {
        Network network = ReadyMade.Residual();
        var matrix = new Matrix(network.ParameterCount, network.ParameterCount);
        for (int i = 0; i < matrix.Rows; i++)
            matrix[i, i] = Math.Exp(-i / 200.0);
        HessianPicture.Write(_folder.PathOf("map.png"), "residual", matrix, network.Parameters);
        Drawn.AssertPixels(_folder.PathOf("map.png"));
    }

    // The one place that is not background.
    private static int Line(int side, Func<int, Rgb24> pixel)
    {
        int[] dark = [.. Enumerable.Range(3, side - 6).Where(place => pixel(place).G < 200)];
        Assert.InRange(dark.Length, 1, 2);
        return dark[0];
    }

    private static Rgb24 At(Image<Rgb24> image, int order, int row, int column)
    {
        double scale = HessianPicture.PixelsPerRow(order);
        return image[HessianPicture.Left + (int)((column + 0.5) * scale), HessianPicture.Top + (int)((row + 0.5) * scale)];
    }

    private static Parameter Tensor(string name, int offset, int size) => new(name, new Shape(size), offset, Node: 0, Number: 0, InitialValue: null);

    private Image<Rgb24> Draw(Matrix matrix, Parameter[] parameters)
    {
        string path = _folder.PathOf("map.png");
        HessianPicture.Write(path, "a matrix", matrix, parameters);
        return Image.Load<Rgb24>(path);
    }
}
