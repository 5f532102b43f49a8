using BasinVolume.Curvature.Dense;
using BasinVolume.Kernels;
using CsCheck;

namespace BasinVolume.Curvature.Tests;

public class LogDeterminantTests
{
    [Fact]
    public void An_indefinite_matrix_has_sign_and_logarithm()
    {
        LogDeterminant result = Of(2, -3);
        // det = −6, log 6 = 1.791759.
        Assert.Equal(-1, result.Sign);
        Assert.Equal(Math.Log(6), result.LogAbsolute, 1e-15);
        Assert.Equal(new Inertia(1, 0, 1), result.Inertia);
    }

    [Fact]
    public void An_even_number_of_negative_eigenvalues_has_sign_plus() => Assert.Equal((1, 2), (Of(-2, -3, 5).Sign, Of(-2, -3, 5).Inertia.Negative));

    [Fact]
    public void A_singular_matrix_has_sign_0_and_a_pseudo_log_determinant()
    {
        LogDeterminant result = Of(0, 1e-30, 4, -0.5);
        Assert.Equal(0, result.Sign);
        Assert.Equal(double.NegativeInfinity, result.LogAbsolute);
        Assert.Equal(2, result.Rank);
        // 4 · 0.5; 1e-30 of 4 is rounding.
        Assert.Equal(Math.Log(2), result.PseudoLogAbsolute, 1e-15);
    }

    [Fact]
    public void A_zero_matrix_is_no_NaN()
    {
        LogDeterminant result = Of(0, 0);
        Assert.Equal((0, double.NegativeInfinity, 0.0, 0), (result.Sign, result.LogAbsolute, result.PseudoLogAbsolute, result.Rank));
    }

    [Fact]
    public void The_determinant_of_a_matrix_of_order_0_is_1() => Assert.Equal((1, 0.0), (Of().Sign, Of().LogAbsolute));

    [Fact]
    public void A_product_that_would_underflow_keeps_its_logarithm() =>
        // diag(logspace(−4, −3, 100)): 100 · (−3.5) · ln 10 = −805.904783.
        Assert.Equal(-350 * Math.Log(10), Of([.. Enumerable.Range(0, 100).Select(i => Math.Pow(10, -4 + (i / 99.0)))]).LogAbsolute, 1e-11);

    [Fact]
    public void A_shift_is_added_to_every_eigenvalue()
    {
        // H + 2I = diag(2, 1, 5) of H = diag(0, −1, 3).
        var result = LogDeterminant.Of(new Spectrum([0, -1, 3], Spectrum.DoubleRoundoff).Shifted(2));
        Assert.Equal((1, 3), (result.Sign, result.Rank));
        Assert.Equal(Math.Log(10), result.LogAbsolute, 1e-15);
    }

    [Fact]
    public void Eigenvalues_and_Cholesky_agree_on_positive_definite_matrices() =>
        Gen.Double[0.1, 100].Array[1, 60].Sample(
            spectrum =>
            {
                Matrix matrix = SymmetricMatrices.WithSpectrum(spectrum, seed: spectrum.Length);
                var byEigenvalues = LogDeterminant.Of(new Spectrum(SymmetricMatrices.Eigenvalues(matrix), Spectrum.DoubleRoundoff));
                var byCholesky = Assert.IsType<CholeskyFactor>(Cholesky.Factor(matrix, SymmetricMatrices.Threads));
                // The condition is at most 1000: each logarithm is good to 1000 · n · ε.
                double tolerance = 1000 * spectrum.Length * spectrum.Length * Spectrum.DoubleRoundoff;
                Assert.Equal(1, byEigenvalues.Sign);
                Assert.Equal(byCholesky.LogDeterminant, byEigenvalues.LogAbsolute, tolerance);
                Assert.Equal(spectrum.Sum(Math.Log), byEigenvalues.LogAbsolute, tolerance);
            },
            iter: 30);

    private static LogDeterminant Of(params double[] eigenvalues) => LogDeterminant.Of(new Spectrum(eigenvalues, Spectrum.DoubleRoundoff));
}
