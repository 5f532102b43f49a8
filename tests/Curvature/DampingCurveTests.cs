namespace BasinVolume.Curvature.Tests;

public class DampingCurveTests
{
    [Fact]
    public void Log_determinant_and_slope_by_hand()
    {
        // H = diag(0, 1, 3), μ = 1: det = 1 · 2 · 4, slope 1/1 + 1/2 + 1/4. μ = 2: 2 · 3 · 5, 1 + 2/3 + 2/5.
        var curve = DampingCurve.Of(new Spectrum([0, 1, 3], Spectrum.DoubleRoundoff), [1, 2]);
        Assert.Equal([1.0, 2.0], curve.Points.Select(point => point.Mu));
        Assert.Equal(Math.Log(8), curve.Points[0].LogDeterminant.LogAbsolute, 1e-15);
        Assert.Equal(1.75, curve.Points[0].Slope!.Value, 1e-15);
        Assert.Equal(Math.Log(30), curve.Points[1].LogDeterminant.LogAbsolute, 1e-15);
        Assert.Equal(1 + (2.0 / 3) + 0.4, curve.Points[1].Slope!.Value, 1e-15);
    }

    [Fact]
    public void An_indefinite_matrix_has_a_sign_and_the_slope_of_the_logarithm()
    {
        // diag(−3, 2) + 1: −2 · 3; slope 1/−2 + 1/3.
        DampingPoint point = DampingCurve.Of(new Spectrum([-3, 2], Spectrum.DoubleRoundoff), [1]).Points[0];
        Assert.Equal((-1, new Inertia(1, 0, 1)), (point.LogDeterminant.Sign, point.LogDeterminant.Inertia));
        Assert.Equal(Math.Log(6), point.LogDeterminant.LogAbsolute, 1e-15);
        Assert.Equal(-1.0 / 6, point.Slope!.Value, 1e-15);
    }

    [Fact]
    public void Where_the_damping_makes_the_matrix_singular_there_is_no_slope()
    {
        DampingPoint point = DampingCurve.Of(new Spectrum([-1, 5], Spectrum.DoubleRoundoff), [1]).Points[0];
        Assert.Equal((0, double.NegativeInfinity), (point.LogDeterminant.Sign, point.LogDeterminant.LogAbsolute));
        Assert.Null(point.Slope);
    }

    [Fact]
    public void The_slope_is_the_difference_quotient_of_the_curve()
    {
        var spectrum = new Spectrum([.. Enumerable.Range(0, 50).Select(i => Math.Pow(10, -i / 5.0)), -1e-4], Spectrum.DoubleRoundoff);
        foreach (double mu in DampingCurve.Grid(1e-8, 100, 9))
        {
            const double Step = 1e-6;
            DampingCurve around = DampingCurve.Of(spectrum, [mu * Math.Exp(-Step), mu, mu * Math.Exp(Step)]);
            double difference = (around.Points[2].LogDeterminant.LogAbsolute - around.Points[0].LogDeterminant.LogAbsolute) / (2 * Step);
            // The logarithms are about 500, so the quotient is good to 500 · 2⁻⁵² / 1e-6 = 1e-7.
            Assert.Equal(difference, around.Points[1].Slope!.Value, 1e-6);
        }
    }

    [Fact]
    public void For_large_damping_the_slope_is_the_order()
    {
        var spectrum = new Spectrum([-1, 0, 1, 2], Spectrum.DoubleRoundoff);
        Assert.Equal(4, DampingCurve.Of(spectrum, [1e12]).Points[0].Slope!.Value, 1e-11);
    }

    [Fact]
    public void A_grid_goes_in_equal_steps_of_the_logarithm()
    {
        double[] grid = DampingCurve.Grid(1e-4, 1e2, 7);
        Assert.Equal((1e-4, 1e2, 7), (grid[0], grid[^1], grid.Length));
        for (int i = 0; i < 7; i++)
            Assert.Equal(i - 4, Math.Log10(grid[i]), 1e-14);
    }

    [Theory]
    [InlineData(-2, -3)] // 3 is 1e-10 · 3 times a power of ten
    [InlineData(-1, 7e-5)]
    [InlineData(-1e-300, -1e-303)]
    [InlineData(5, -5e-7)]
    public void The_usual_grid_keeps_away_from_where_the_damped_matrix_is_singular(double first, double second)
    {
        var spectrum = new Spectrum([first, second], Spectrum.DoubleRoundoff);
        double[] grid = DampingCurve.GridOf(spectrum);
        Assert.Equal(12, grid.Length);
        Assert.All(grid, mu => Assert.InRange(Math.Min(Math.Abs((first / mu) + 1), Math.Abs((second / mu) + 1)), 1e-3, double.PositiveInfinity));
        for (int i = 0; i < 12; i++)
            Assert.InRange(grid[i] / (spectrum.LargestMagnitude * Math.Pow(10, i - 10)), 0.9 - 1e-12, 1 + 1e-12);
        Assert.All(DampingCurve.Of(spectrum, grid).Points, point => Assert.InRange(point.Slope!.Value, -3000, 3000));
    }

    [Fact]
    public void The_usual_grid_of_a_positive_matrix_is_every_power_of_ten()
        => Assert.Equal(
            [.. Enumerable.Range(0, 12).Select(i => Math.Pow(10, i - 8))],
            DampingCurve.GridOf(new Spectrum([100, 1, 0], Spectrum.DoubleRoundoff)),
            (a, b) => Math.Abs((a / b) - 1) < 1e-12);

    [Fact]
    public void The_usual_grid_ends_below_the_largest_double_and_a_zero_matrix_has_none()
    {
        var spectrum = new Spectrum([1.7e308, 1], Spectrum.DoubleRoundoff);
        double[] grid = DampingCurve.GridOf(spectrum);
        Assert.Equal(12, grid.Length);
        Assert.All(DampingCurve.Of(spectrum, grid).Points, point => Assert.True(double.IsFinite(point.LogDeterminant.LogAbsolute)));
        Assert.Empty(DampingCurve.GridOf(new Spectrum([0, 0], Spectrum.DoubleRoundoff)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_damping_that_is_none_is_refused(double mu)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DampingCurve.Of(new Spectrum([1], Spectrum.DoubleRoundoff), [mu]));
        Assert.Throws<ArgumentOutOfRangeException>(() => DampingCurve.Grid(mu, 1, 3));
    }
}
