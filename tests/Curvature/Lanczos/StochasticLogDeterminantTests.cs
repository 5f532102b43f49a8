using BasinVolume.Curvature.Lanczos;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Curvature.Tests.Lanczos;

public sealed class StochasticLogDeterminantTests
{
    // A spectrum like a trained network's: most of it near zero, some negative, a few outliers.
    private static readonly double[] Eigenvalues = [.. Enumerable.Range(0, 120).Select(i => i < 5 ? -0.01 * (i + 1) : i < 110 ? 1e-4 * i : 0.5 * (i - 109))];

    private static readonly Matrix Hessian = SymmetricMatrices.WithSpectrum(Eigenvalues, seed: 2);

    [Fact]
    public void A_multiple_of_the_identity_has_no_variance()
    {
        StochasticLogDeterminant estimate = Of(SymmetricMatrices.Diagonal(1, 1, 1, 1, 1), shift: 1, directions: 3, steps: 5);
        Assert.Equal(5 * Math.Log(2), estimate.LogDeterminant, 1e-13);
        Assert.Equal(0, estimate.StandardError, 1e-14);
        Assert.Equal(1, estimate.Steps);
    }

    [Fact]
    public void The_exact_value_lies_within_the_error()
    {
        const double Shift = 0.3;
        double exact = Eigenvalues.Sum(h => Math.Log(h + Shift));
        StochasticLogDeterminant estimate = Of(Hessian, Shift, directions: 60, steps: 25);
        Assert.InRange(estimate.LogDeterminant, exact - (3.5 * estimate.StandardError), exact + (3.5 * estimate.StandardError));
        Assert.InRange(estimate.StandardError, 1e-3, 0.1 * Math.Abs(exact));
    }

    [Fact]
    public void More_steps_than_needed_change_nothing()
        => Assert.Equal(Of(Hessian, 0.3, directions: 4, steps: 60).LogDeterminant, Of(Hessian, 0.3, directions: 4, steps: 25).LogDeterminant, 1e-9);

    [Fact]
    public void The_bits_are_the_same_for_any_number_of_threads()
    {
        using var one = new HostThreads(1);
        using var five = new HostThreads(5);
        Assert.Equal(With(one), With(five));

        StochasticLogDeterminant With(HostThreads threads) => StochasticLogDeterminant.Of(v => SpectralQuadratureTests.Product(Hessian, v), 120, 0.3, 5, 20, seed: 1, threads);
    }

    [Fact]
    public void A_shift_that_is_too_small_is_explained()
        => Assert.Contains("take a larger shift", Assert.Throws<MatrixException>(() => Of(Hessian, 0.02, directions: 4, steps: 60)).Message, StringComparison.Ordinal);

    private static StochasticLogDeterminant Of(Matrix matrix, double shift, int directions, int steps)
        => StochasticLogDeterminant.Of(v => SpectralQuadratureTests.Product(matrix, v), matrix.Rows, shift, directions, steps, seed: 1, SymmetricMatrices.Threads);
}
