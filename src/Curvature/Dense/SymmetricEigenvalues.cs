using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Dense;

/// <summary>
/// All eigenvalues of a dense symmetric matrix: reduction to tridiagonal form, then bisection and Laguerre's iteration, for all eigenvalues side by side.
/// Each eigenvalue is right to a small multiple of n·2⁻⁵²·‖A‖, whatever the scale of the matrix.
/// (Householder's reduction in panels: Dongarra, Hammarling and Sorensen 1989; the search: Li and Zeng 1994.)
/// </summary>
public static class SymmetricEigenvalues
{
    /// <summary>The reduction's share of the work, as progress tells it.</summary>
    private const double ReductionShare = 0.9;

    /// <summary>Computes the eigenvalues, in ascending order. The result has the same bits for any number of threads.</summary>
    /// <param name="matrix">n × n, finite, and symmetric to n·2⁻⁵² of its largest element; left as it is. The upper triangle is used.</param>
    /// <param name="threads">The team to compute with.</param>
    /// <param name="progress">Told the fraction of the work done, rising to 1; may be null.</param>
    /// <param name="cancellation">Checked before each panel of rows and each round of the search.</param>
    /// <returns>n eigenvalues; none for n = 0.</returns>
    /// <exception cref="MatrixException">The matrix is not square, finite and symmetric, or an eigenvalue exceeds the range of a double.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    /// <example>
    /// <code>
    /// double[] eigenvalues = SymmetricEigenvalues.Compute(matrix, threads);
    /// var spectrum = new Spectrum(eigenvalues, Spectrum.DoubleRoundoff);
    /// </code>
    /// </example>
    public static double[] Compute(
        Matrix matrix,
        HostThreads threads,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(threads);
        var reduction = ScaledReduction.Of(matrix, threads, HostKernels.Doubles(threads), ShareOfProgress.Of(progress, 0, ReductionShare), cancellation);
        double[] eigenvalues = TridiagonalEigenvalues.Compute(reduction.Tridiagonal, threads, cancellation);
        reduction.ScaleBack(eigenvalues);
        progress?.Report(1);
        return eigenvalues;
    }
}
