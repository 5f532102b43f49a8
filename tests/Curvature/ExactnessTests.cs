namespace BasinVolume.Curvature.Tests;

public class ExactnessTests
{
    [Theory]
    [InlineData(Spectrum.DoubleRoundoff, 100, 100 * 2.220446049250313e-16)] // n · 2⁻⁵²
    [InlineData(Spectrum.SingleRoundoff, 100, 10 * 1.1920928955078125e-07)] // √n · 2⁻²³
    [InlineData(Spectrum.HalfRoundoff, 100, 10 * 0.0009765625)] // √n · 2⁻¹⁰
    [InlineData(0, 100, 100 * 2.220446049250313e-16)] // the solver rounds all the same
    public void Zero_follows_from_the_rounding_of_the_elements(double roundoff, int order, double tolerance)
        => Assert.Equal(tolerance, new Exactness(roundoff).ZeroTolerance(order));

    [Fact]
    public void What_is_stated_of_zeros_counts_instead_but_never_below_the_solver()
    {
        var single = new Exactness(Spectrum.SingleRoundoff);
        Assert.Equal(1e-11, (single with { StatedZeroTolerance = 1e-11 }).ZeroTolerance(100));
        Assert.Equal(100 * Spectrum.DoubleRoundoff, (single with { StatedZeroTolerance = 0 }).ZeroTolerance(100));
        var spectrum = new Spectrum([-2, 1e-11, 3e-11, 1], new Exactness(Spectrum.DoubleRoundoff) { StatedZeroTolerance = 1e-11 });
        Assert.Equal((2e-11, new Inertia(2, 1, 1)), (spectrum.ZeroTolerance, spectrum.Inertia));
    }

    [Theory]
    [InlineData(-1e-3)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void What_is_no_share_is_refused(double value)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Exactness(value));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Exactness(0) { StatedZeroTolerance = value });
    }
}
