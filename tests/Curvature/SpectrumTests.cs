namespace BasinVolume.Curvature.Tests;

public class SpectrumTests
{
    [Fact]
    public void Eigenvalues_are_sorted_and_summed_up()
    {
        var spectrum = new Spectrum([3, -4, 0, 12], Spectrum.DoubleRoundoff);
        Assert.Equal([-4, 0, 3, 12], spectrum.Eigenvalues);
        Assert.Equal((4, -4.0, 12.0, 12.0), (spectrum.Order, spectrum.Minimum, spectrum.Maximum, spectrum.LargestMagnitude));
        // −4 + 0 + 3 + 12 and √(16 + 9 + 144).
        Assert.Equal(11, spectrum.Trace);
        Assert.Equal(13, spectrum.FrobeniusNorm, 1e-14);
        Assert.Equal(new Inertia(2, 1, 1), spectrum.Inertia);
    }

    [Theory]
    [InlineData(Spectrum.DoubleRoundoff, 32 * 2.220446049250313e-16)] // n · 2⁻⁵² · max|λ| with n = 4 and max|λ| = 8
    [InlineData(Spectrum.SingleRoundoff, 16 * 1.1920928955078125e-07)] // √n · 2⁻²³ · max|λ|
    public void Zero_is_what_rounding_in_the_matrix_precision_cannot_tell_from_0(double roundoff, double tolerance)
    {
        var spectrum = new Spectrum([-8, -tolerance, tolerance, 1.01 * tolerance], roundoff);
        Assert.Equal(tolerance, spectrum.ZeroTolerance);
        Assert.Equal(new Inertia(1, 2, 1), spectrum.Inertia);
    }

    [Fact]
    public void The_tolerance_follows_the_scale_of_the_matrix()
    {
        Assert.Equal(new Inertia(1, 1, 1), new Spectrum([-1e-300, 1e-317, 2e-300], Spectrum.DoubleRoundoff).Inertia);
        Assert.Equal(new Inertia(1, 1, 1), new Spectrum([-1e300, 1e283, 2e300], Spectrum.DoubleRoundoff).Inertia);
    }

    [Fact]
    public void A_zero_matrix_has_only_zeros() => Assert.Equal(new Inertia(0, 3, 0), new Spectrum([0, 0, 0], Spectrum.DoubleRoundoff).Inertia);

    [Fact]
    public void A_matrix_of_order_0_has_an_empty_spectrum()
    {
        var spectrum = new Spectrum([], Spectrum.DoubleRoundoff);
        Assert.Equal(default, spectrum.Inertia);
        Assert.Equal([0, 0, 0, 0], [spectrum.Minimum, spectrum.Maximum, spectrum.Trace, spectrum.FrobeniusNorm]);
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e300)]
    public void The_Frobenius_norm_neither_overflows_nor_vanishes(double scale) =>
        Assert.Equal(5, new Spectrum([3 * scale, 4 * scale], Spectrum.DoubleRoundoff).FrobeniusNorm / scale, 1e-14);

    [Fact]
    public void The_trace_keeps_what_plain_addition_rounds_away() =>
        // 1 is lost in 1e16 + 1, so plain addition from the left gives 0 or 2.
        Assert.Equal(1, new Spectrum([-1e16, 1, 1e16], Spectrum.DoubleRoundoff).Trace);

    [Fact]
    public void A_shift_moves_the_eigenvalues_and_not_the_tolerance()
    {
        var spectrum = new Spectrum([-1, 0, 8], Spectrum.SingleRoundoff);
        Spectrum shifted = spectrum.Shifted(1);
        Assert.Equal([0, 1, 9], shifted.Eigenvalues);
        Assert.Equal(spectrum.ZeroTolerance, shifted.ZeroTolerance);
        Assert.Equal(new Inertia(2, 1, 0), shifted.Inertia);
    }

    [Fact]
    public void Equality_is_by_eigenvalues_and_tolerance()
    {
        var spectrum = new Spectrum([2, 1], Spectrum.DoubleRoundoff);
        var same = new Spectrum([1, 2], Spectrum.DoubleRoundoff);
        Assert.Equal(spectrum, same);
        Assert.Equal(spectrum.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(spectrum, new Spectrum([1, 2], Spectrum.SingleRoundoff));
        Assert.NotEqual(spectrum, new Spectrum([1, 1.5, 2], Spectrum.DoubleRoundoff));
    }

    [Fact]
    public void An_eigenvalue_that_is_not_finite_is_refused()
    {
        MatrixException error = Assert.Throws<MatrixException>(() => new Spectrum([1, double.NaN], Spectrum.DoubleRoundoff));
        Assert.Equal("Eigenvalue 1 of 2 is NaN where a finite number is expected: check the matrix that it comes from.", error.Message);
        Assert.Throws<MatrixException>(() => new Spectrum([1], Spectrum.DoubleRoundoff).Shifted(double.PositiveInfinity));
    }

    [Theory]
    [InlineData(-1e-9)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_roundoff_that_is_none_is_refused(double roundoff) => Assert.Throws<ArgumentOutOfRangeException>(() => new Spectrum([1], roundoff));
}
