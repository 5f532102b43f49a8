using BasinVolume.Curvature;
using BasinVolume.Report.Pictures;
using SixLabors.ImageSharp;

namespace BasinVolume.Report.Tests.Pictures;

/// <summary>What the picture of a spectrum shows, and that no spectrum is too odd for it.</summary>
public sealed class SpectrumPictureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1e-310)]
    [InlineData(5e-324, 0.0, -5e-324)]
    [InlineData(1e308, -1e308)]
    [InlineData(1e300, 1e-300, 0.0)]
    [InlineData(1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2.0, -30.0)] // an outlier
    public void Any_spectrum_can_be_drawn(params double[] eigenvalues)
    {
        string path = _folder.PathOf("spectrum.png");
        SpectrumPicture.Write(path, "a matrix", new Spectrum(eigenvalues, Spectrum.DoubleRoundoff));
        using Image picture = Image.Load(path);
        Assert.Equal((760, 460), (picture.Width, picture.Height));
        Assert.True(File.Exists(Drawn.DarkOf(path)));
    }

    // An escape of a terminal, a line break and a mark that turns the direction of writing.
    [Fact]
    public void An_odd_name_is_written_out()
    {
        Assert.Equal(Drawing(@"a\u001b[31mb\n\u202ec.npy"), Drawing("a\u001b[31mb\n\u202ec.npy"));
        Assert.NotEqual(Drawing("a.npy"), Drawing("b.npy"));
    }

    [Fact]
    public void The_scale_has_a_unit_for_each_power_of_ten_on_both_sides_of_zero()
    {
        var scale = new SignedLogScale(1e-3);
        Assert.Equal([-4, -1, 0, 0, 2], new[] { -1, -1.0000001e-3, -1e-3, 0, 1e-2 }.Select(scale.PlaceOf), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    private byte[] Drawing(string name)
    {
        string path = _folder.PathOf("spectrum.png");
        SpectrumPicture.Write(path, name, new Spectrum([1.0, 2.0], Spectrum.DoubleRoundoff));
        return File.ReadAllBytes(path);
    }
}
