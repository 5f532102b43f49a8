using System.Collections.Immutable;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Curvature;
using BasinVolume.Kernels;
using BasinVolume.Mnist.Models;
using BasinVolume.Report.Findings;
using BasinVolume.Report.Pictures;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace BasinVolume.Report.Tests.Pictures;

/// <summary>Pictures of what the parameters are and of what the model gets wrong.</summary>
public sealed class WeightPictureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("notebook")]
    [InlineData("softmax")]
    [InlineData("residual")]
    [InlineData("mlp:784-12-10")]
    [InlineData("lenet5")]
    public void Eigenvectors_of_any_network_can_be_drawn(string model)
    {
        Network network = ModelCatalog.Open(model);
        string path = _folder.PathOf("eigenvectors.png");
        EigenvectorPicture.Write(path, model, network, [Pairs(network, 0, 1), Pairs(network, network.ParameterCount - 2, 2)]);
        Drawn.AssertPixels(path);
        Assert.Equal(1200, Image.Identify(path).Width);
    }

    [Fact]
    public void Without_eigenvectors_or_filters_there_is_no_picture()
    {
        EigenvectorPicture.Write(_folder.PathOf("eigenvectors.png"), "notebook", ReadyMade.Notebook(), []);
        FilterPicture.Write(_folder.PathOf("filters.png"), "softmax", ReadyMade.Softmax(), new double[7850]);
        MistakePicture.Write(_folder.PathOf("mistakes.png"), "perfect", new(10, 0, []));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("notebook")]
    [InlineData("lenet5")]
    public void Filters_of_a_convolution_are_drawn(string model)
    {
        Network network = ModelCatalog.Open(model);
        FilterPicture.Write(_folder.PathOf("filters.png"), model, network, Ramp(network.ParameterCount));
        Drawn.AssertPixels(_folder.PathOf("filters.png"));
    }

    [Fact]
    public void Filters_of_zeros_are_drawn()
    {
        FilterPicture.Write(_folder.PathOf("filters.png"), "notebook", ReadyMade.Notebook(), new double[1710]);
        Assert.True(File.Exists(_folder.PathOf("filters.png")));
    }

    [Fact]
    public void Mistakes_are_drawn_eight_a_line()
    {
        ImmutableArray<byte> levels = [.. Enumerable.Range(0, 784).Select(i => (byte)i)];
        ImmutableArray<MistakenImage> mistakes = [.. Enumerable.Range(0, 9).Select(i => new MistakenImage(28, 28, levels, "1", "7", i == 0 ? null : 0.5))];
        MistakePicture.Write(_folder.PathOf("mistakes.png"), "poor", new(10, 9, mistakes));
        MistakePicture.Write(_folder.PathOf("fewer.png"), "poor", new(10, 8, mistakes[..8]));
        Drawn.AssertPixels(_folder.PathOf("mistakes.png"));
        Assert.True(Image.Identify(_folder.PathOf("mistakes.png")).Height > Image.Identify(_folder.PathOf("fewer.png")).Height);
    }

    // Nine images of 4 x 5, red above and blue below; each has 4 rows of 16 pixels, as 84 / 5 is 16.
    [Fact]
    public void Mistakes_in_colour_are_drawn_in_their_colours_with_the_names_of_classes()
    {
        byte[] upper = [.. Enumerable.Repeat((byte)255, 10), .. new byte[10]], lower = [.. new byte[10], .. Enumerable.Repeat((byte)255, 10)];
        MistakenImage mistake = new(4, 5, [.. upper, .. new byte[20], .. lower], "cat", "aeroplane with a long name", 0.5);
        MistakePicture.Write(_folder.PathOf("mistakes.png"), "poor", new(10, 9, [.. Enumerable.Repeat(mistake, 9)]));
        using Image<Rgb24> drawn = Image.Load<Rgb24>(_folder.PathOf("mistakes.png"));
        int red = 0, blue = 0;
        drawn.ProcessPixelRows(rows =>
        {
            for (int row = 0; row < rows.Height; row++)
            {
                foreach (Rgb24 pixel in rows.GetRowSpan(row))
                {
                    red += pixel == new Rgb24(255, 0, 0) ? 1 : 0;
                    blue += pixel == new Rgb24(0, 0, 255) ? 1 : 0;
                }
            }
        });
        Assert.Equal((9 * 2 * 16 * 80, 9 * 2 * 16 * 80), (red, blue));
    }

    private static double[] Ramp(int count) => [.. Enumerable.Range(0, count).Select(i => Math.Sin(i))];

    private static Eigenpairs Pairs(Network network, int first, int count)
    {
        int n = network.ParameterCount;
        return new([.. Enumerable.Range(0, n).Select(i => i - 3.0)], first, new Matrix(count, n, Ramp(count * n)));
    }
}
