using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Kernels;
using BasinVolume.Report.Pictures;

namespace BasinVolume.Report.Tests.Pictures;

/// <summary>Pictures of what products tell.</summary>
public sealed class ProductPictureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_band_of_a_distribution_and_its_density_are_drawn()
    {
        DistributionPoint[] points =
            [.. Enumerable.Range(-20, 61).Select(i => new DistributionPoint(0.1 * i, new(new(i + 20, i + 22), new(i + 20, i + 26))))];
        double[] grid = [.. Enumerable.Range(0, 50).Select(i => -2 + (0.12 * i))];
        DensityPicture.Write(
            _folder.PathOf("density.png"), "a model", new(70, [.. points]), new(0.1, [.. grid], [.. grid.Select(x => 10 * Math.Exp(-x * x))]));
        Drawn.AssertPixels(_folder.PathOf("density.png"));
    }

    [Theory]
    [InlineData(true, "2 smallest and 1 largest eigenvalues, 3 converged")]
    [InlineData(false, "2 smallest and 1 largest eigenvalues, 0 converged")]
    public void Eigenpairs_have_their_numbers_and_ends(bool converged, string words)
    {
        RitzPair Pair(double value) => new(value, 0.1, Interval.Around(value, 0.1), converged);
        EigenpairPicture.Write(_folder.PathOf("pairs.svg"), "a model", new([Pair(-2), Pair(0), Pair(5)], new Matrix(3, 4), 2, 30, 0, null));
        Drawn.AssertCurves(_folder.PathOf("pairs.svg"), curves: 0, words);
    }

    [Fact]
    public void Tensors_without_a_trace_are_left_out_and_counted()
    {
        SharePicture.Write(
            _folder.PathOf("shares.svg"),
            "a model",
            [new() { Name = "conv1.weight", Trace = 3, Share = 0.75 }, new() { Name = "fc.bias", Trace = -1, Share = -0.25 }, new() { Name = "fc.weight" }]);
        Drawn.AssertCurves(_folder.PathOf("shares.svg"), curves: 0, "2 of 3 tensors");
    }
}
