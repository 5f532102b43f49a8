using System.Collections.Immutable;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Dense;

/// <summary>
/// Eigenvalues and eigenvectors of a dense symmetric matrix: reduction to tridiagonal form, divide and conquer, and the reflections of the reduction backwards.
/// Residuals and orthogonality are within a small multiple of n·2⁻⁵²·‖A‖ and n·2⁻⁵², whatever the scale of the matrix and however close or repeated its
/// eigenvalues are.
/// (Cuppen 1981; Gu and Eisenstat 1995.)
/// Besides the matrix given, n² + 3/2 k n + O(n log n) doubles are in use for k eigenvectors, the vectors returned among them.
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
    /// Whose eigenvectors, as places in the ascending order of all eigenvalues: <c>..</c> for all, <c>^k..</c> for those of the k largest, <c>..k</c> for those
    /// of the k smallest.
    /// </param>
    /// <param name="threads">The team to compute with.</param>
    /// <param name="progress">Told the fraction of the work done, rising to 1; may be null.</param>
    /// <param name="cancellation">Checked before each panel of rows and each pair of blocks that is joined.</param>
    /// <returns>All n eigenvalues, and the eigenvectors of the range, one a row.</returns>
    /// <exception cref="MatrixException">The matrix is not square, finite and symmetric, or an eigenvalue exceeds the range of a double.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The range is not inside 0 … n.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    /// <example>
    /// <code>
    /// Eigenpairs pairs = SymmetricEigenvectors.Compute(matrix, ^3.., threads);   // vectors of the three largest
    /// Console.WriteLine($"{pairs.Value(2)} along {string.Join(", ", pairs.Vector(2).ToArray())}");
    /// </code>
    /// </example>
    public static Eigenpairs Compute(
        Matrix matrix,
        Range range,
        HostThreads threads,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        _ = range.GetOffsetAndLength(matrix.Rows);
        return Compute(matrix, _ => [range], threads, progress, cancellation)[0];
    }

    /// <summary>The same for several stretches of eigenvectors, which are chosen when the eigenvalues are known, in one reduction.</summary>
    /// <param name="matrix">As above.</param>
    /// <param name="choose">From all eigenvalues, ascending, to the stretches that are wanted, none longer than all.</param>
    /// <param name="threads">The team to compute with.</param>
    /// <param name="progress">Told the fraction of the work done, rising to 1; may be null.</param>
    /// <param name="cancellation">Checked before each panel of rows and each pair of blocks that is joined.</param>
    /// <returns>The stretches in the order in which they were chosen.</returns>
    /// <exception cref="MatrixException">The matrix is not square, finite and symmetric, or an eigenvalue exceeds the range of a double.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A stretch is not inside 0 … n.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static ImmutableArray<Eigenpairs> Compute(
        Matrix matrix,
        Func<ImmutableArray<double>, ImmutableArray<Range>> choose,
        HostThreads threads,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(choose);
        ArgumentNullException.ThrowIfNull(threads);
        IKernels<double> kernels = HostKernels.Doubles(threads);
        var reduction = ScaledReduction.Of(matrix, threads, kernels, ShareOfProgress.Of(progress, 0, ReductionShare), cancellation);
        var tridiagonal = TridiagonalEigenvectors.Of(reduction.Tridiagonal, threads, cancellation);
        double[] eigenvalues = tridiagonal.Eigenvalues;
        reduction.ScaleBack(eigenvalues);
        progress?.Report(TridiagonalShare);

        ImmutableArray<double> all = [.. eigenvalues];
        (int First, int Count)[] stretches = [.. choose(all).Select(stretch => stretch.GetOffsetAndLength(all.Length))];
        Matrix vectors = tridiagonal.Take([.. stretches.SelectMany(stretch => Enumerable.Range(stretch.First, stretch.Count))], kernels);
        BackTransformation.Apply(vectors, reduction.Reflectors, kernels, ShareOfProgress.Of(progress, TridiagonalShare, 1), cancellation);
        var pairs = ImmutableArray.CreateBuilder<Eigenpairs>(stretches.Length);
        int next = 0;
        foreach ((int first, int count) in stretches)
        {
            pairs.Add(new(all, first, Rows(vectors, next, count)));
            next += count;
        }

        return pairs.MoveToImmutable();
    }

    // All of them are no copy.
    private static Matrix Rows(Matrix matrix, int first, int count)
        => count == matrix.Rows ? matrix : new Matrix(count, matrix.Columns, matrix.Values.AsSpan(first * matrix.Columns, count * matrix.Columns).ToArray());
}
