using BasinVolume.Curvature.Volumes;

namespace BasinVolume.Curvature.Tests.Volumes;

public class NotebookVolumeTests
{
    /// <summary>½ log det(H + (λ + c)I) as the notebook printed it, n = 1710.</summary>
    private const double PrintedHalfLogDeterminant = 1190.5987548828125;

    [Fact]
    public void The_notebooks_number_comes_from_its_log_determinant()
    {
        NotebookVolume volume = NotebookVolume.Of(NotebookSpectrum(), VolumeParameters.Notebook);
        Assert.Equal(PrintedHalfLogDeterminant, volume.Ellipsoid.Terms!.LogDenominator, 1e-9);
        // The notebook's formula in double, from its printed log-determinant; in float it printed −3948.0591.
        Assert.Equal(-3948.0592689, volume.LogVolume!.Value, 6e-8);
        // The exact unit ball is 1/(6n) = 9.7466e-5 smaller.
        Assert.Equal(9.7466e-5, volume.LogVolume!.Value - volume.LogVolumeExact!.Value, 1e-9);
    }

    [Fact]
    public void Its_parts_show_that_the_constants_decide_it()
    {
        EllipsoidTerms terms = NotebookVolume.Of(NotebookSpectrum(), VolumeParameters.Notebook).Ellipsoid.Terms!;
        // 855 · log(4/4.00001) and 855 · log 4.00001 − 1190.59875…
        Assert.Equal(-0.0021375, terms.LogConstantsTerm!.Value, 1e-7);
        Assert.Equal(-5.3149, terms.LogCurvatureTerm!.Value, 1e-4);
        Assert.Equal(855 * Math.Log(4), terms.LogThresholdTerm, 1e-10);
        Assert.Equal(-3942.74229027325, terms.LogUnitBall, 1e-9); // log V_1710
    }

    [Fact]
    public void Without_a_prior_it_is_the_ellipsoid()
    {
        // H = diag(1, 4), T = ½, λ = c = 0: area π/2, log 0.451583.
        NotebookVolume volume = NotebookVolume.Of(
            new Spectrum([1, 4], Spectrum.DoubleRoundoff), new(threshold: 0.5, weightDecay: 0, priorWeight: 0, priorDeviation: 1));
        Assert.Equal(0.451583, volume.LogVolumeExact!.Value, 1e-6);
        // Stirling for n = 2 is log πe − ½ log 2π = 2.1447299 − 0.9189385; the denominator is log 2.
        Assert.Equal(2.1447299 - 0.9189385 - Math.Log(2), volume.LogVolume!.Value, 1e-7);
    }

    [Fact]
    public void Its_sensitivity_is_the_slope_against_the_logarithm_of_the_prior()
    {
        var spectrum = new Spectrum([.. Enumerable.Range(0, 50).Select(i => i * 0.3)], Spectrum.DoubleRoundoff);
        const double Step = 1e-5;
        double up = NotebookVolume.Of(spectrum, VolumeParameters.Notebook.WithPriorWeight(Math.Exp(Step))).LogVolume!.Value;
        double down = NotebookVolume.Of(spectrum, VolumeParameters.Notebook.WithPriorWeight(Math.Exp(-Step))).LogVolume!.Value;
        Assert.Equal((up - down) / (2 * Step), NotebookVolume.Of(spectrum, VolumeParameters.Notebook).Sensitivity!.Value, 1e-7);
        // With the notebook's curvature the prior decides almost everything: −n/2 = −855 at most.
        Assert.InRange(NotebookVolume.Of(NotebookSpectrum(), VolumeParameters.Notebook).Sensitivity!.Value, -855, -845);
        Assert.Equal(0, NotebookVolume.Of(spectrum, new(threshold: 2, weightDecay: 1, priorWeight: 0, priorDeviation: 1)).Sensitivity);
    }

    [Fact]
    public void A_sweep_keeps_the_order_and_all_else()
    {
        double[] ks = [0.1, 1, 0];
        var sweep = NotebookVolume.SweepPriorWeight(
            new Spectrum([0, 1], Spectrum.DoubleRoundoff), new(threshold: 2, weightDecay: 0, priorWeight: 1, priorDeviation: 0.5), ks);
        Assert.Equal(ks, sweep.Select(volume => volume.Parameters.PriorWeight));
        // log V_2 (Stirling) + log 4 − ½ log(c(1 + c)) with c = 4k; without a prior the flat direction has no end.
        Assert.Equal(2.1447299 - 0.9189385 + Math.Log(4) - (0.5 * Math.Log(0.4 * 1.4)), sweep[0].LogVolume!.Value, 1e-7);
        Assert.Equal(2.1447299 - 0.9189385 + Math.Log(4) - (0.5 * Math.Log(20)), sweep[1].LogVolume!.Value, 1e-7);
        Assert.Equal((VolumeStatus.Unbounded, null), (sweep[2].Status, sweep[2].LogVolume));
    }

    [Fact]
    public void The_split_adds_up_to_the_number_that_the_notebook_prints()
    {
        NotebookVolume volume = NotebookVolume.Of(NotebookSpectrum(), VolumeParameters.Notebook);
        Assert.Equal(["unit_ball_stirling", "constants", "curvature"], volume.Split.Select(term => term.Name));
        Assert.Equal(volume.LogVolume!.Value, volume.Split.Sum(term => term.Nats), 1e-9);
    }

    [Fact]
    public void An_indefinite_matrix_gives_no_number()
    {
        NotebookVolume volume = NotebookVolume.Of(new Spectrum([-5, 1, 2], Spectrum.DoubleRoundoff), VolumeParameters.Notebook);
        Assert.Null(volume.LogVolume);
        Assert.Null(volume.LogVolumeExact);
        Assert.Equal((VolumeStatus.Unbounded, new Inertia(2, 0, 1)), (volume.Ellipsoid.Status, volume.Ellipsoid.Inertia));
        Assert.NotNull(volume.Ellipsoid.Reason);
    }

    /// <summary>1710 equal eigenvalues whose shifted log-determinant is the printed one.</summary>
    private static Spectrum NotebookSpectrum()
    {
        double eigenvalue = Math.Exp(2 * PrintedHalfLogDeterminant / 1710) - VolumeParameters.Notebook.Shift;
        return new Spectrum([.. Enumerable.Repeat(eigenvalue, 1710)], Spectrum.SingleRoundoff);
    }
}
