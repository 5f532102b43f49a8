using BasinVolume.Curvature.Volumes;
using CsCheck;

namespace BasinVolume.Curvature.Tests.Volumes;

public class EllipsoidVolumeTests
{
    [Fact]
    public void An_ellipse_with_half_axes_1_and_one_half()
    {
        // H = diag(1, 4), τ = ½: half-axes √(2τ/h) = 1 and ½, area π/2, log 0.451583.
        EllipsoidVolume volume = EllipsoidVolume.Of(Spectrum(1, 4), shift: 0, height: 0.5);
        Assert.Equal(VolumeStatus.Defined, volume.Status);
        Assert.NotNull(volume.Terms);
        Assert.Equal(Math.Log(Math.PI / 2), volume.Terms.LogVolume, 1e-14);
        Assert.Equal(Math.Log(2), volume.Terms.LogDenominator, 1e-15);
        Assert.Equal(0, volume.Terms.LogThresholdTerm);
        Assert.Null(volume.Terms.LogConstantsTerm);
        Assert.Null(volume.Terms.LogCurvatureTerm);
        Assert.Null(volume.Reason);
    }

    [Fact]
    public void Both_ways_to_take_the_volume_apart_agree() =>
        Gen.Select(Gen.Double[0, 50].Array[1, 200], Gen.Double[1e-3, 10], Gen.Double[1e-3, 10]).Sample((eigenvalues, shift, height) =>
        {
            EllipsoidTerms? terms = EllipsoidVolume.Of(Spectrum(eigenvalues), shift, height).Terms;
            Assert.NotNull(terms);
            double split = terms.LogUnitBall + terms.LogConstantsTerm!.Value + terms.LogCurvatureTerm!.Value;
            Assert.Equal(terms.LogVolume, split, 1e-11);
        });

    [Fact]
    public void Curvature_far_below_the_shift_keeps_its_digits()
    {
        // −½ Σ log(1 + h/μ) = −½ · 1000 · (x − x²/2 + …), x = 1e-10/4; log(1 + x) by plain addition keeps 6 digits of x.
        EllipsoidVolume volume = EllipsoidVolume.Of(Spectrum([.. Enumerable.Repeat(1e-10, 1000)]), shift: 4, height: 2);
        Assert.Equal(1, volume.Terms!.LogCurvatureTerm!.Value / (-500 * 2.5e-11), 2e-11);
    }

    [Fact]
    public void The_volume_falls_as_curvature_rises() =>
        Gen.Select(Gen.Double[0.1, 50].Array[1, 30], Gen.Double[0.1, 10]).Sample((eigenvalues, more) =>
        {
            double[] steeper = [.. eigenvalues];
            steeper[0] += more;
            Assert.True(LogVolume(steeper) < LogVolume(eigenvalues));

            static double LogVolume(double[] h) => EllipsoidVolume.Of(Spectrum(h), shift: 0, height: 1).Terms!.LogVolume;
        });

    [Fact]
    public void An_indefinite_form_is_refused_with_its_inertia()
    {
        EllipsoidVolume volume = EllipsoidVolume.Of(Spectrum(2, -3), shift: 0, height: 2);
        Assert.Equal((VolumeStatus.Unbounded, new Inertia(1, 0, 1)), (volume.Status, volume.Inertia));
        Assert.Null(volume.Terms);
        // 2 · 2⁻⁵² · 3 = 1.33e-15.
        Assert.Equal(
            "The basin has no finite volume: H must be positive definite but has 1 positive, 0 zero and 1 negative eigenvalues (the smallest is -3, "
            + "zero means up to 1.33e-15); raise the prior or the weight decay, or use a Gaussian measure.",
            volume.Reason);
    }

    [Fact]
    public void A_flat_direction_is_refused_and_a_shift_cures_it()
    {
        Assert.Equal((VolumeStatus.Unbounded, new Inertia(1, 1, 0)), Outcome(0));
        Assert.Equal((VolumeStatus.Defined, new Inertia(2, 0, 0)), Outcome(1e-5));

        static (VolumeStatus, Inertia) Outcome(double shift)
        {
            EllipsoidVolume volume = EllipsoidVolume.Of(Spectrum(0, 1), shift, height: 2);
            return (volume.Status, volume.Inertia);
        }
    }

    [Fact]
    public void A_shift_below_the_precision_of_the_matrix_cures_nothing()
    {
        // √100 · 2⁻²³ · 1 = 1.2e-6 is what float leaves undecided.
        var spectrum = new Spectrum([.. new double[99], 1], Curvature.Spectrum.SingleRoundoff);
        Assert.Equal(VolumeStatus.Unbounded, EllipsoidVolume.Of(spectrum, shift: 1e-6, height: 2).Status);
        Assert.Equal(VolumeStatus.Defined, EllipsoidVolume.Of(spectrum, shift: 2e-6, height: 2).Status);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-1.5, "-1.5")]
    [InlineData(double.NaN, "NaN")]
    public void A_height_that_is_not_positive_leaves_nothing(double height, string text)
    {
        EllipsoidVolume volume = EllipsoidVolume.Of(Spectrum(1, 2), shift: 0, height);
        Assert.Equal(VolumeStatus.Empty, volume.Status);
        Assert.Null(volume.Terms);
        Assert.Equal(
            $"The basin is empty: the loss may rise by {text} where a positive number is needed; raise the threshold above the loss, or train further.",
            volume.Reason);
    }

    [Fact]
    public void A_spectrum_of_order_0_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => EllipsoidVolume.Of(Spectrum(), 1, 1));

    private static Spectrum Spectrum(params double[] eigenvalues) => new(eigenvalues, Curvature.Spectrum.DoubleRoundoff);
}
