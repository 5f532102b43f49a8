using BasinVolume.Curvature.Volumes;

namespace BasinVolume.Curvature.Tests.Volumes;

public class ExcessVolumeTests
{
    private static readonly Spectrum SomeSpectrum = new([.. Enumerable.Range(0, 1710).Select(i => i / 1710.0)], Spectrum.DoubleRoundoff);

    [Fact]
    public void The_notebooks_second_model_loses_586_nats()
    {
        ExcessVolume excess = ExcessVolume.Of(SomeSpectrum, loss: 0.9927, VolumeParameters.Notebook);
        NotebookVolume notebook = NotebookVolume.Of(SomeSpectrum, VolumeParameters.Notebook);
        Assert.Equal(1.0073, excess.Excess, 1e-15);
        Assert.False(excess.Empty);
        // 855 · log(1.0073/2) = −586.4.
        Assert.Equal(-586.4, excess.LogVolumeStirling!.Value - notebook.LogVolume!.Value, 0.05);
        Assert.Equal(notebook.LogVolumeExact!.Value + (855 * Math.Log(1.0073 / 2)), excess.LogVolume!.Value, 1e-9);
    }

    [Theory]
    [InlineData(2.99)] // the notebook's first model
    [InlineData(2)] // T itself
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_loss_that_is_not_below_the_threshold_leaves_an_empty_basin(double loss)
    {
        ExcessVolume volume = ExcessVolume.Of(SomeSpectrum, loss, VolumeParameters.Notebook);
        Assert.True(volume.Empty);
        Assert.Equal(loss, volume.Loss);
        Assert.Null(volume.LogVolume);
        Assert.Null(volume.LogVolumeStirling);
        Assert.NotNull(volume.Ellipsoid.Reason);
    }

    [Fact]
    public void An_unbounded_basin_is_not_empty()
    {
        ExcessVolume volume = ExcessVolume.Of(new Spectrum([-1, 1], Spectrum.DoubleRoundoff), loss: 0, new(threshold: 1, weightDecay: 0, priorWeight: 0, priorDeviation: 1));
        Assert.False(volume.Empty);
        Assert.Null(volume.LogVolume);
        Assert.Equal(VolumeStatus.Unbounded, volume.Ellipsoid.Status);
    }

    [Fact]
    public void What_counts_is_the_difference_even_when_losses_are_negative()
    {
        // H = diag(1, 4), T − L = ½: area π/2.
        ExcessVolume volume = ExcessVolume.Of(new Spectrum([1, 4], Spectrum.DoubleRoundoff), loss: -3, new(threshold: -2.5, weightDecay: 0, priorWeight: 0, priorDeviation: 1));
        Assert.Equal(Math.Log(Math.PI / 2), volume.LogVolume!.Value, 1e-14);
    }
}
