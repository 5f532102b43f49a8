using System.Globalization;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Curvature.Dense;

/// <summary>
/// All eigenvalues of a dense symmetric matrix: reduction to tridiagonal form, then the QL algorithm. Each eigenvalue is right to a small multiple
/// of n·2⁻⁵²·‖A‖, whatever the scale of the matrix.
/// </summary>
public static class SymmetricEigenvalues
{
    /// <summary>The reduction's share of the work, as progress tells it.</summary>
    private const double ReductionShare = 0.9;

    /// <summary>Computes the eigenvalues, in ascending order. The result has the same bits for any number of threads.</summary>
    /// <param name="matrix">n × n, finite, and symmetric to n·2⁻⁵² of its largest element; left as it is. The upper triangle is used.</param>
    /// <param name="threads">The team to compute with.</param>
    /// <param name="progress">Told the fraction of the work done, rising to 1; may be null.</param>
    /// <param name="cancellation">Looked at before each panel of rows and each sweep of the QL algorithm.</param>
    /// <returns>n eigenvalues; none for n = 0.</returns>
    /// <exception cref="MatrixException">The matrix is not square, finite and symmetric, or an eigenvalue exceeds the range of a double.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static double[] Compute(
        Matrix matrix,
        HostThreads threads,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(threads);
        double largest = SymmetryCheck.LargestElement(matrix);
        // A power of two: scaling is exact, and squares of the scaled elements neither overflow nor underflow where it matters.
        int exponent = largest > 0 ? Math.ILogB(largest) + 1 : 0;
        var triangle = new SymmetricTriangle(matrix, exponent, threads);
        Share? share = progress is null ? null : new Share(progress);
        TridiagonalMatrix tridiagonal = Tridiagonalisation.Reduce(triangle, threads, share, cancellation);
        double[] eigenvalues = TridiagonalEigenvalues.Compute(tridiagonal, cancellation);
        ScaleBack(eigenvalues, exponent);
        progress?.Report(1);
        return eigenvalues;
    }

    private static void ScaleBack(double[] eigenvalues, int exponent)
    {
        for (int i = 0; i < eigenvalues.Length; i++)
        {
            double scaled = Math.ScaleB(eigenvalues[i], exponent);
            if (double.IsInfinity(scaled))
                throw new MatrixException(OutOfRange(i, eigenvalues[i], exponent));
            eigenvalues[i] = scaled;
        }
    }

    private static string OutOfRange(int index, double scaled, int exponent) => string.Create(
        CultureInfo.InvariantCulture,
        $"Eigenvalue {index} of the matrix is {scaled:g3} x 2^{exponent}, beyond the largest double, 1.8e308: " +
        $"divide the matrix by its order first.");

    private sealed class Share(IProgress<double> whole) : IProgress<double>
    {
        public void Report(double value) => whole.Report(ReductionShare * value);
    }
}
