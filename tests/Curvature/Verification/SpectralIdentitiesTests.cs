using System.Collections.Immutable;
using BasinVolume.Curvature.Dense;
using BasinVolume.Curvature.Verification;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Tests.Verification;

/// <summary>The identities between a matrix and its eigenvalues hold for right ones, at any scale, and notice wrong ones.</summary>
public sealed class SpectralIdentitiesTests : IDisposable
{
    private readonly HostThreads _threads = new(2);

    public void Dispose() => _threads.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1e150)]
    [InlineData(40, 1)]
    [InlineData(151, 1e-200)]
    [InlineData(151, 1e200)]
    public void Right_eigenvalues_pass(int n, double scale)
    {
        Matrix matrix = Random(n, scale);
        ImmutableArray<IdentityCheck> checks = SpectralIdentities.Check(matrix, Of(matrix), n);
        Assert.Equal(["matrix-symmetry", "trace", "frobenius-norm", "negative-eigenvalues"], checks.Select(check => check.Name));
        Assert.All(checks, check => Assert.True(check is { Applies: true, Passed: true }, $"{check.Name}: {check.Residual} above {check.Bound}"));
    }

    [Fact]
    public void A_matrix_of_zeros_passes_exactly()
        => Assert.All(SpectralIdentities.Check(new Matrix(3, 3), Of(new Matrix(3, 3)), 0), check => Assert.Equal(0, check.Residual));

    [Fact]
    public void One_wrong_eigenvalue_breaks_trace_and_norm()
    {
        Matrix matrix = Random(40, 1);
        double[] eigenvalues = SymmetricEigenvalues.Compute(matrix, _threads);
        eigenvalues[^1] *= 1 + 1e-11;
        Assert.Equal(["trace", "frobenius-norm"], Broken(SpectralIdentities.Check(matrix, new Spectrum(eigenvalues, Spectrum.DoubleRoundoff), null)));
    }

    [Fact]
    public void A_null_direction_that_was_taken_out_may_differ_by_its_residual()
    {
        // [[1, δ − 1], [δ − 1, 1]] with d = (1, 1)/√2 taken out: ‖A d‖ = δ, and on (1, −1)/√2 the eigenvalue 2 − δ is left.
        // The norm, √(4 − 4δ + 2δ²), differs from it by δ²/4 only.
        const double Delta = 1e-7;
        var matrix = new Matrix(2, 2, [1, Delta - 1, Delta - 1, 1]);
        var spectrum = new Spectrum([0, 2 - Delta], Spectrum.SingleRoundoff);
        Assert.Empty(Broken(SpectralIdentities.Check(matrix, spectrum, null, takenOut: Delta)));
        Assert.Equal(["trace"], Broken(SpectralIdentities.Check(matrix, spectrum, null)));
    }

    [Fact]
    public void An_eigenvalue_of_the_wrong_sign_breaks_the_trace_alone()
    {
        Matrix matrix = Random(40, 1);
        double[] eigenvalues = SymmetricEigenvalues.Compute(matrix, _threads);
        eigenvalues[0] *= -1;
        Assert.Equal(["trace"], Broken(SpectralIdentities.Check(matrix, new Spectrum(eigenvalues, Spectrum.DoubleRoundoff), null)));
    }

    [Fact]
    public void An_element_that_differs_from_its_mirror_image_breaks_symmetry()
    {
        Matrix matrix = Random(40, 1);
        Spectrum spectrum = Of(matrix);
        matrix[3, 7] += 1e-12;
        Assert.Equal(["matrix-symmetry"], Broken(SpectralIdentities.Check(matrix, spectrum, null)));
    }

    [Fact]
    public void More_negative_eigenvalues_than_there_can_be_are_noticed()
    {
        // diag(−2, −1, 3): two negative ones.
        var matrix = new Matrix(3, 3, [-2, 0, 0, 0, -1, 0, 0, 0, 3]);
        Assert.Empty(Broken(SpectralIdentities.Check(matrix, Of(matrix), 2)));
        Assert.Equal(["negative-eigenvalues"], Broken(SpectralIdentities.Check(matrix, Of(matrix), 1)));
    }

    [Fact]
    public void Where_there_is_no_matrix_none_applies_and_the_reason_is_given()
    {
        ImmutableArray<IdentityCheck> checks = SpectralIdentities.NotApplicable("too large");
        Assert.Equal(4, checks.Length);
        Assert.All(checks, check => Assert.Equal((false, true, "too large"), (check.Applies, check.Passed, check.Reason)));
    }

    [Fact]
    public void Eigenvalues_of_another_matrix_are_refused()
        => Assert.Contains(
            "do not belong together",
            Assert.Throws<MatrixException>(() => SpectralIdentities.Check(new Matrix(2, 2), Of(new Matrix(3, 3)), null)).Message,
            StringComparison.Ordinal);

    private static IEnumerable<string> Broken(ImmutableArray<IdentityCheck> checks) => checks.Where(check => !check.Passed).Select(check => check.Name);

    private static Matrix Random(int n, double scale)
    {
        var random = new Random(n);
        var matrix = new Matrix(n, n);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
                matrix[i, j] = matrix[j, i] = scale * ((2 * random.NextDouble()) - 1);
        }

        return matrix;
    }

    private Spectrum Of(Matrix matrix) => new(SymmetricEigenvalues.Compute(matrix, _threads), Spectrum.DoubleRoundoff);
}
