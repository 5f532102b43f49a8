using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Dense;

/// <summary>
/// Rows and columns of a symmetric tridiagonal matrix that follow each other, solved as a matrix of their own: its eigenvalues, and of each eigenvector the
/// first and the last element, which is what <see cref="BlockJoin"/> needs of it. The rest of the vectors is left to who wants them.
/// </summary>
internal sealed class SolvedBlock
{
    /// <summary>A block of order 1.</summary>
    public SolvedBlock(double value) => (Values, FirstElements, LastElements) = ([value], [1], [1]);

    /// <summary>Two blocks and the element between them.</summary>
    /// <param name="upper">The first.</param>
    /// <param name="lower">The one that follows it.</param>
    /// <param name="element">The off-diagonal element between them, whose magnitude both their diagonals lack at the cut.</param>
    /// <param name="negligible">The largest magnitude of an element that may be dropped.</param>
    /// <param name="threads">The team to compute with; the result does not depend on its size.</param>
    public SolvedBlock(SolvedBlock upper, SolvedBlock lower, double element, double negligible, HostThreads threads)
        => (Values, FirstElements, LastElements, Join) = BlockJoin.Of(upper, lower, element, negligible, threads);

    /// <summary>The eigenvalues, ascending.</summary>
    public double[] Values { get; }

    /// <summary>The first element of each one's eigenvector of length 1.</summary>
    public double[] FirstElements { get; }

    /// <summary>The last elements of the same.</summary>
    public double[] LastElements { get; }

    /// <summary>How its eigenvectors follow from those of its halves; null for a block of order 1, whose eigenvector is 1.</summary>
    public BlockJoin? Join { get; }

    /// <summary>How many rows and columns it has.</summary>
    public int Order => Values.Length;
}
