using BasinVolume.Curvature.Volumes;
using CsCheck;

namespace BasinVolume.Curvature.Tests.Volumes;

public class QuadraticVolumeTests
{
    private static readonly Spectrum SomeSpectrum = Spectrum([.. Enumerable.Range(0, 1710).Select(i => i / 1710.0)]);

    [Fact]
    public void The_notebooks_second_model_loses_586_nats()
    {
        QuadraticVolume excess = AtMinimum(SomeSpectrum, loss: 0.9927, BasinThreshold.Absolute(2), VolumeParameters.Notebook.Shift);
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
        QuadraticVolume volume = AtMinimum(SomeSpectrum, loss, BasinThreshold.Absolute(2), VolumeParameters.Notebook.Shift);
        Assert.True(volume.Empty);
        Assert.Equal(loss, volume.Loss);
        Assert.Null(volume.LogVolume);
        Assert.Null(volume.LogVolumeStirling);
        Assert.NotNull(volume.Reason);
        Assert.Empty(volume.Split);
    }

    [Fact]
    public void An_unbounded_basin_is_not_empty()
    {
        QuadraticVolume volume = AtMinimum(Spectrum(-1, 1), loss: 0, BasinThreshold.Absolute(1), shift: 0);
        Assert.False(volume.Empty);
        Assert.Null(volume.LogVolume);
        Assert.Equal(VolumeStatus.Unbounded, volume.Status);
        Assert.Null(volume.NewtonDecrement);
    }

    [Fact]
    public void What_counts_is_the_difference_even_when_losses_are_negative()
    {
        // H = diag(1, 4), T − L = ½: area π/2.
        QuadraticVolume volume = AtMinimum(Spectrum(1, 4), loss: -3, BasinThreshold.Absolute(-2.5), shift: 0);
        Assert.Equal(Math.Log(Math.PI / 2), volume.LogVolume!.Value, 1e-14);
    }

    [Fact]
    public void An_excess_does_not_ask_for_the_loss()
    {
        QuadraticVolume volume = AtMinimum(Spectrum(1, 4), loss: double.NaN, BasinThreshold.Excess(0.5), shift: 0);
        Assert.Equal(0.451583, volume.LogVolume!.Value, 1e-6); // log(π/2)
    }

    [Fact]
    public void The_minimum_of_the_model_restores_what_moving_away_from_it_takes()
    {
        // ½(x² + 4y²) seen from (3, −1): loss 6.5, gradient (3, −4). The region below ½ is the same ellipse.
        QuadraticModel model = Model(6.5, Spectrum(1, 4), [3, -4]);
        QuadraticVolume volume = QuadraticVolume.AroundMinimum(model, BasinThreshold.Absolute(0.5), shift: 0);
        Assert.Equal(Math.Log(Math.PI / 2), volume.LogVolume!.Value, 1e-13);
        Assert.Equal([-3, 1], volume.Centre);
        Assert.Equal(Math.Sqrt(9 + 4), volume.NewtonDecrement!.Value, 1e-14);
        Assert.Equal(5, volume.GradientNorm, 1e-14);
        Assert.Equal(6.5, volume.Correction, 1e-14);
        Assert.Equal(-6, volume.Excess);

        // Around the weights themselves there is nothing below ½.
        Assert.Equal(VolumeStatus.Empty, QuadraticVolume.AroundWeights(model, BasinThreshold.Absolute(0.5), shift: 0).Status);
        // 6.5 below the weights lies the minimum: a threshold there leaves nothing either.
        Assert.Equal(VolumeStatus.Empty, QuadraticVolume.AroundMinimum(model, BasinThreshold.Excess(-6.6), shift: 0).Status);
    }

    [Fact]
    public void Without_a_positive_definite_matrix_there_is_no_minimum_to_move_to()
    {
        QuadraticVolume volume = QuadraticVolume.AroundMinimum(Model(0, Spectrum(-1, 0, 4), [1, 1, 1]), BasinThreshold.Excess(1), shift: 0);
        Assert.Equal((VolumeStatus.Unbounded, new Inertia(1, 1, 1)), (volume.Status, volume.Ellipsoid.Inertia));
        Assert.Equal(0, volume.Correction);
        Assert.Contains("1 positive, 1 zero and 1 negative", volume.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gradient_that_is_not_used_is_said() =>
        Assert.Contains(
            "the gradient is taken as zero although its norm is 5",
            QuadraticVolume.AroundWeights(Model(0, Spectrum(1, 4), [3, -4]), BasinThreshold.Excess(1), shift: 0).Assumptions);

    [Fact]
    public void The_parts_add_up() =>
        Gen.Select(Gen.Double[0.1, 50].Array[1, 40], Gen.Double[-3, 3], Gen.Double[0.01, 10]).Sample((eigenvalues, slope, rise) =>
        {
            double[] gradient = [.. eigenvalues.Select(_ => slope)];
            QuadraticVolume volume = QuadraticVolume.AroundMinimum(Model(0, Spectrum(eigenvalues), gradient), BasinThreshold.Excess(rise), shift: 0.5);
            Assert.Equal(volume.LogVolume!.Value, volume.Split.Sum(term => term.Nats), 1e-11);
        });

    private static QuadraticVolume AtMinimum(Spectrum hessian, double loss, BasinThreshold threshold, double shift)
        => QuadraticVolume.AroundWeights(QuadraticModel.AtMinimum(loss, hessian), threshold, shift);

    private static QuadraticModel Model(double loss, Spectrum hessian, double[] gradient)
        => QuadraticModel.InEigenbasis(loss, hessian, gradient, new double[gradient.Length]);

    private static Spectrum Spectrum(params double[] eigenvalues) => new(eigenvalues, Curvature.Spectrum.DoubleRoundoff);
}
