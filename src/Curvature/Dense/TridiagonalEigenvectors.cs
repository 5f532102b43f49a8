using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Dense;

/// <summary>
/// All eigenvalues of a symmetric tridiagonal matrix by divide and conquer, and as many of its eigenvectors as are wanted, orthogonal to rounding whatever the
/// spectrum.
/// </summary>
/// <remarks>
/// The matrix is cut in halves down to order 1, so there is no second solver below this one, and solved upwards, join by join (<see cref="BlockJoin"/>).
/// A join needs one element of each eigenvector of its halves, so no vector is computed on the way: eigenvalues cost a small multiple of n² operations.
/// A few vectors are taken from the last join downwards (<see cref="EigenvectorPass"/>), where k of them cost 2 k n² operations, and many are multiplied out
/// upwards (<see cref="EigenvectorProduct"/>), where all of them cost 4/3 n³, each at most (Gu and Eisenstat 1995; LAPACK's dlaed7 keeps joins likewise).
/// </remarks>
internal sealed class TridiagonalEigenvectors
{
    /// <summary>
    /// A quarter of ε: what is dropped at one element can move an eigenvalue by four times as much (the norm used is up to twice ‖T‖, and a row is dropped with
    /// its column).
    /// </summary>
    private const double NegligiblePart = Spectrum.DoubleRoundoff / 4;

    /// <summary>From which share of all vectors on they are multiplied out upwards.</summary>
    private const double ManyOf = 1.0 / 3;

    private readonly TridiagonalMatrix _matrix;
    private readonly double _negligible;
    private readonly HostThreads _threads;
    private readonly CancellationToken _cancellation;
    private readonly SolvedBlock? _whole;

    private TridiagonalEigenvectors(TridiagonalMatrix matrix, HostThreads threads, CancellationToken cancellation)
    {
        (_matrix, _threads, _cancellation) = (matrix, threads, cancellation);
        _negligible = NegligiblePart * matrix.Norm;
        _whole = matrix.Diagonal.Length == 0 ? null : Solve(0, matrix.Diagonal.Length);
    }

    /// <summary>The eigenvalues in ascending order.</summary>
    public double[] Eigenvalues => [.. _whole?.Values ?? []];

    /// <summary>The first element of each one's eigenvector of length 1.</summary>
    public double[] FirstElements => _whole?.FirstElements ?? [];

    /// <summary>The last elements of the same.</summary>
    public double[] LastElements => _whole?.LastElements ?? [];

    /// <summary>Solves for the eigenvalues. The result has the same bits for any number of threads.</summary>
    /// <param name="matrix">The matrix, scaled to a norm near 1.</param>
    /// <param name="threads">The team to compute with.</param>
    /// <param name="cancellation">Checked before each pair of blocks is joined.</param>
    public static TridiagonalEigenvectors Of(TridiagonalMatrix matrix, HostThreads threads, CancellationToken cancellation)
        => new(matrix, threads, cancellation);

    /// <summary>Some eigenvectors, of length 1, a vector a row.</summary>
    /// <param name="places">Whose: the places of their eigenvalues in ascending order.</param>
    /// <param name="kernels">The kernels of the host.</param>
    public Matrix Take(int[] places, IKernels<double> kernels)
    {
        if (_whole is null)
            return new Matrix(0, 0);
        if (places.Length < ManyOf * _whole.Order)
            return EigenvectorPass.Of(_whole, places, _threads, kernels, _cancellation);
        Matrix all = EigenvectorProduct.Of(_whole, _threads, kernels, _cancellation);
        return places.AsSpan().SequenceEqual([.. Enumerable.Range(0, all.Rows)])
            ? all
            : new Matrix(places.Length, all.Columns, [.. places.SelectMany(place => all.Row(place).ToArray())]);
    }

    private SolvedBlock Solve(int start, int count)
    {
        if (count == 1)
            return new SolvedBlock(_matrix.Diagonal[start] - CutBefore(start) - CutBefore(start + 1));
        int half = count / 2;
        SolvedBlock upper = Solve(start, half), lower = Solve(start + half, count - half);
        _cancellation.ThrowIfCancellationRequested();
        return new SolvedBlock(upper, lower, _matrix.OffDiagonal[start + half - 1], _negligible, _threads);
    }

    // Everything is cut in the end: what a diagonal element lacks at the cut before a row.
    private double CutBefore(int row) => row == 0 || row == _matrix.Diagonal.Length ? 0 : Math.Abs(_matrix.OffDiagonal[row - 1]);
}
