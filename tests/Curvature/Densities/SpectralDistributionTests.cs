using BasinVolume.Curvature.Dense;
using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Maps;
using BasinVolume.Kernels;

namespace BasinVolume.Curvature.Tests.Densities;

public sealed class SpectralDistributionTests
{
    [Fact]
    public void The_measure_of_a_probe_lies_within_its_band_for_200_random_matrices()
    {
        var random = new Random(2);
        for (int repetition = 0; repetition < 200; repetition++)
        {
            int order = 1 + random.Next(30), steps = 1 + random.Next(order + 2);
            Matrix matrix = SymmetricMatrices.Random(order, repetition);
            double[] start = [.. Enumerable.Range(0, order).Select(_ => random.NextDouble() - 0.5)];
            Eigenpairs solved = SymmetricEigenvectors.Compute(matrix, .., SymmetricMatrices.Threads);
            double square = start.Sum(x => x * x);
            double[] masses = [.. Enumerable.Range(0, order).Select(k => Math.Pow(Dot(solved.Vectors.Row(k), start), 2) / square)];
            SpectralQuadrature quadrature = Of(new MatrixMap(matrix), start, steps);
            for (int i = -2; i < 12; i++)
            {
                double x = (0.6 * (random.NextDouble() - 0.5) * i) + quadrature.Nodes[random.Next(quadrature.Nodes.Length)];
                Interval band = quadrature.Below(x, 1e-13, SymmetricMatrices.Threads, TestContext.Current.CancellationToken);
                double exact = masses.Where((_, k) => solved.Eigenvalues[k] <= x).Sum();
                Assert.InRange(exact, band.Low - 1e-12, band.High + 1e-12);
            }
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(40)]
    public void A_small_mass_below_zero_is_found_and_a_cluster_at_zero_ends_above_it(int steps)
    {
        // Of the measure 0.003169 lies below zero, on ten values; a fifth at zero, as structural zeros are.
        double[] spectrum = Spectra.LikeAHessian;
        double[] start = [.. spectrum.Select(x => Math.Sqrt(x < 0 ? 0.003169 / 10 : x == 0 ? 0.2 / 360 : (0.8 - 0.003169) / 1340))];
        SpectralQuadrature quadrature = Of(new DiagonalMap(spectrum), start, steps);
        Interval band = quadrature.Below(-1e-9, 1e-14, SymmetricMatrices.Threads, TestContext.Current.CancellationToken);
        Assert.InRange(0.003169, band.Low, band.High);
        // Ten steps do not tell it from the zeros.
        Assert.InRange(band.Low, steps switch { 10 => 0, 20 => 0.0005, _ => 0.002 }, 0.003169);
        Interval above = quadrature.Below(1e-9, 1e-14, SymmetricMatrices.Threads, TestContext.Current.CancellationToken);
        Assert.InRange(0.203169, above.Low, above.High);
    }

    [Fact]
    public void Both_ends_rise_and_lie_between_nothing_and_all()
    {
        double[] spectrum = Spectra.LikeAHessian;
        ProbeQuadratures probes = Spectra.Probe(spectrum, new(Probes: 6, Steps: 20), Spectra.Pairs(spectrum, 5, 5, 1e-6), Spectra.Zeros(spectrum));
        var band = SpectralDistribution.Of(probes, 60, TestContext.Current.CancellationToken);
        Assert.InRange(band.Points.Length, 40, 60);
        Assert.Equal((0.0, 0.0), (band.Points[0].Count.Interval.Low, band.Points[0].Count.Interval.High));
        Assert.Equal(1710, band.Points[^1].Count.Interval.Low, 1e-9);
        Assert.Equal(1710, band.Points[^1].Count.Interval.High, 1e-9);
        for (int i = 1; i < band.Points.Length; i++)
        {
            Assert.True(band.Points[i].X > band.Points[i - 1].X);
            Assert.True(band.Points[i].Count.Interval.Low >= band.Points[i - 1].Count.Interval.Low - 1e-9);
            Assert.True(band.Points[i].Count.Interval.High >= band.Points[i - 1].Count.Interval.High - 1e-9);
        }

        // 95 % at each point, not at all of them.
        Assert.InRange(band.Points.Count(point => !point.Count.Interval.Contains(spectrum.Count(x => x <= point.X))), 0, 6);
    }

    [Fact]
    public void A_gap_below_deflated_pairs_has_a_whole_number_below_it()
    {
        // Eleven outliers from 0.7 on, of which all are deflated: between the bulk, which ends at 0.3, and them nothing is left to chance but rounding.
        double[] spectrum = Spectra.LikeAHessian;
        for (ulong seed = 1; seed <= 10; seed++)
        {
            ProbeQuadratures probes = Spectra.Probe(spectrum, new(Probes: 6, Steps: 30, seed), Spectra.Pairs(spectrum, 10, 11, 1e-9));
            var band = SpectralDistribution.At(probes, [0.5, 0.6], TestContext.Current.CancellationToken);
            Assert.All(band.Points, point => Assert.True(point.Count.Interval.Contains(1699), $"{point.Count.Interval.Low:r} … {point.Count.Interval.High:r}"));
        }
    }

    [Fact]
    public void A_deflated_pair_is_bounded_by_Cantellis_inequality()
    {
        var pair = SpectralQuadrature.OfMoments(1, 0.1, SymmetricMatrices.Threads);
        // r²/(r² + (θ − x)²) with r = 0.1, θ = 1.
        Assert.Equal(0.01 / 0.26, pair.Below(0.5, 0, SymmetricMatrices.Threads).High, 1e-12);
        Assert.Equal(0, pair.Below(0.5, 0, SymmetricMatrices.Threads).Low);
        Assert.Equal(1 - (0.01 / 1.01), pair.Below(2, 0, SymmetricMatrices.Threads).Low, 1e-12);
        Assert.Equal(1, pair.Below(2, 0, SymmetricMatrices.Threads).High, 1e-12);
    }

    [Fact]
    public void A_matrix_of_zeros_and_a_single_element_have_a_band()
    {
        var zeros = SpectralDistribution.Of(Spectra.Probe(new double[7], new(Probes: 3, Steps: 4)), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal([0.0, 7.0], zeros.Points.Select(point => point.Count.Interval.Low));
        Assert.Equal([0.0, 7.0], zeros.Points.Select(point => point.Count.Interval.High));
        ProbeQuadratures one = Spectra.Probe([-3], new(Probes: 3, Steps: 4));
        Assert.Equal([0.0, 1.0], SpectralDistribution.At(one, [-2, -4]).Points.Select(point => point.Count.Interval.Low));
        ProbeQuadratures known = Spectra.Probe([0, 0], new(Probes: 3, Steps: 4), without: Spectra.Zeros([0, 0]));
        Assert.Equal([0.0, 2.0], SpectralDistribution.Of(known).Points.Select(point => point.Count.Interval.High));
    }

    [Fact]
    public void The_smoothed_picture_holds_all_eigenvalues_and_states_its_width()
    {
        double[] spectrum = Spectra.LikeAHessian;
        ProbeQuadratures probes = Spectra.Probe(spectrum, new(Probes: 6, Steps: 20), Spectra.Pairs(spectrum, 5, 5, 1e-6), Spectra.Zeros(spectrum));
        SmoothedDensity picture = SmoothedDensity.Of(probes, points: 2001);
        double step = picture.Grid[1] - picture.Grid[0];
        Assert.Equal(1710, picture.Density.Sum() * step, 1);
        Assert.Equal(0.01 * (probes.Largest - probes.Smallest), picture.Width, 1e-12);
        // One deflated outlier stands alone at 10: the bell's height is 1/(σ √2π).
        SmoothedDensity narrow = SmoothedDensity.Of(probes, 0.05, 4001);
        int at = Enumerable.Range(0, 4001).MinBy(i => Math.Abs(narrow.Grid[i] - 10));
        Assert.Equal(1 / (0.05 * Math.Sqrt(2 * Math.PI)), narrow.Density[at], 0.05);
        Assert.Throws<ArgumentOutOfRangeException>(() => SmoothedDensity.Of(probes, 0));
    }

    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }

    private static SpectralQuadrature Of(ILinearMap map, double[] start, int steps)
        => SpectralQuadrature.Of(
            map, new Matrix(1, start.Length, start), steps, SymmetricMatrices.Threads, cancellation: TestContext.Current.CancellationToken)[0];
}
