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
        NotebookVolume volume = NotebookVolume.Of(new Spectrum([1, 4], Spectrum.DoubleRoundoff), new(threshold: 0.5, weightDecay: 0, priorWeight: 0, priorDeviation: 1));
        Assert.Equal(0.451583, volume.LogVolumeExact!.Value, 1e-6);
        // Stirling for n = 2 is log πe − ½ log 2π = 2.1447299 − 0.9189385; the denominator is log 2.
        Assert.Equal(2.1447299 - 0.9189385 - Math.Log(2), volume.LogVolume!.Value, 1e-7);
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
