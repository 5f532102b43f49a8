using BasinVolume.Curvature.Densities;

namespace BasinVolume.Curvature.Tests.Densities;

public sealed class InertiaBandTests
{
    private const double Tolerance = 1e-3;

    [Fact]
    public void The_true_numbers_lie_between_and_deflation_makes_them_certain()
    {
        double[] spectrum = Spectra.LikeAHessian;
        int negative = spectrum.Count(x => x < -Tolerance), positive = spectrum.Count(x => x > Tolerance);
        InertiaBand plain = InertiaBand.Of(Spectra.Probe(spectrum, new(Probes: 10, Steps: 40)), Tolerance);
        InertiaBand deflated = InertiaBand.Of(
            Spectra.Probe(spectrum, new(Probes: 10, Steps: 40), Spectra.Pairs(spectrum, negative, 20, 1e-7), Spectra.Zeros(spectrum)), Tolerance);
        foreach (InertiaBand band in new[] { plain, deflated })
        {
            Assert.True(band.Negative.Contains(negative));
            Assert.True(band.Zero.Contains(spectrum.Length - negative - positive));
            Assert.True(band.Positive.Contains(positive));
        }

        Assert.Equal((0, 0, 0), (plain.CertainlyNegative, plain.CertainlyZero, plain.CertainlyPositive));
        Assert.Equal((negative, 360, 20), (deflated.CertainlyNegative, deflated.CertainlyZero, deflated.CertainlyPositive));
        Assert.Equal(negative, deflated.Negative.From);
        Assert.InRange(deflated.Negative.To, negative, negative + 2);
    }

    [Fact]
    public void A_small_matrix_is_told_exactly()
    {
        InertiaBand band = InertiaBand.Of(Spectra.Probe([-2, 0, 0, 1, 1, 1, 2], new(Probes: 8, Steps: 8)), 1e-9);
        Assert.Equal((new CountRange(1, 1), new CountRange(2, 2), new CountRange(4, 4)), (band.Negative, band.Zero, band.Positive));
        InertiaBand zeros = InertiaBand.Of(Spectra.Probe(new double[5], new()), 0);
        Assert.Equal((new CountRange(0, 0), new CountRange(5, 5), new CountRange(0, 0)), (zeros.Negative, zeros.Zero, zeros.Positive));
    }

    [Fact]
    public void A_given_lower_bound_of_zero_leaves_nothing_negative()
    {
        double[] spectrum = [.. Spectra.LikeAHessian.Where(x => x >= 0)];
        InertiaBand band = InertiaBand.Of(Spectra.Probe(spectrum, new(Probes: 5, Steps: 20) { LowerBound = 0 }), Tolerance);
        Assert.Equal(new CountRange(0, 0), band.Negative);
        Assert.True(band.Positive.Contains(spectrum.Count(x => x > Tolerance)));
    }

    [Fact]
    public void Rough_vectors_are_not_certain()
    {
        double[] spectrum = Spectra.LikeAHessian;
        // Off by 0.5, their residuals reach over zero.
        InertiaBand band = InertiaBand.Of(Spectra.Probe(spectrum, new(Probes: 5, Steps: 20), Spectra.Pairs(spectrum, 3, 3, 0.5)), Tolerance);
        Assert.Equal(0, band.CertainlyNegative);
        Assert.True(band.Negative.Contains(spectrum.Count(x => x < -Tolerance)));
        Assert.Throws<ArgumentOutOfRangeException>(() => InertiaBand.Of(Spectra.Probe([1, 2], new()), -1));
    }
}
