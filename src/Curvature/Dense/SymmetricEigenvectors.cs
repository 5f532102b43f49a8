using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Curvature.Dense;

/// <summary>
/// Eigenvalues and eigenvectors of a dense symmetric matrix: reduction to tridiagonal form, divide and conquer, and the reflections of the reduction backwards.
/// Residuals and orthogonality are within a small multiple of n·2⁻⁵²·‖A‖ and n·2⁻⁵², whatever the scale of the matrix and however close or repeated its eigenvalues are.
/// Besides the matrix given, 5/2 n² + O(n) doubles are in use, the vectors returned among them.
/// </summary>
public static class SymmetricEigenvectors
{
    /// <summary>The reduction's share of the work, as progress tells it.</summary>
    private const double ReductionShare = 0.5;

    /// <summary>Where the back-transformation begins, as progress tells it.</summary>
    private const double TridiagonalShare = 0.75;

    /// <summary>Computes all eigenvalues and the eigenvectors of some of them. The result has the same bits for any number of threads.</summary>
    /// <param name="matrix">n × n, finite, and symmetric to n·2⁻⁵² of its largest element; left as it is. The upper triangle is used.</param>
    /// <param name="range">
    /// Whose eigenvectors, as places in the ascending order of all eigenvalues: <c>..</c> for all, <c>^k..</c> for those of the k largest, <c>..k</c> for those of the k smallest.
    /// </param>
    /// <param name="threads">The team to compute with.</param>
    /// <param name="progress">Told the fraction of the work done, rising to 1; may be null.</param>
    /// <param name="cancellation">Looked at before each panel of rows and each pair of blocks that is joined.</param>
    /// <exception cref="MatrixException">The matrix is not square, finite and symmetric, or an eigenvalue exceeds the range of a double.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The range is not inside 0 … n.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static Eigenpairs Compute(
        Matrix matrix,
        Range range,
        HostThreads threads,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(threads);
        (int first, int count) = range.GetOffsetAndLength(matrix.Rows);
        IKernels<double> kernels = HostWords.Doubles(threads);
        var reduction = ScaledReduction.Of(matrix, threads, kernels, ShareOfProgress.Of(progress, 0, ReductionShare), cancellation);
        (double[] eigenvalues, Matrix vectors) = TridiagonalEigenvectors.Compute(reduction.Tridiagonal, first, count, threads, kernels, cancellation);
        reduction.ScaleBack(eigenvalues);
        progress?.Report(TridiagonalShare);
        BackTransformation.Apply(vectors, reduction.Reflectors, kernels, ShareOfProgress.Of(progress, TridiagonalShare, 1), cancellation);
        return new Eigenpairs([.. eigenvalues], first, vectors);
    }
}
