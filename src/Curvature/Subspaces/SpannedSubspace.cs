using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Subspaces;

/// <summary>The subspace that orthonormal vectors span.</summary>
public sealed class SpannedSubspace : ISubspace
{
    private readonly RowRange _basis;
    private readonly double[] _factors;
    private readonly HostThreads? _threads;

    /// <summary>The span of given vectors.</summary>
    /// <param name="orthonormal">Q, [k, n]: vectors of length 1, orthogonal to each other, one a row; used, not copied.</param>
    /// <param name="threads">The team to compute with; null for the caller's thread alone.</param>
    public SpannedSubspace(Matrix orthonormal, HostThreads? threads = null)
        : this(RowRange.Of(Checked(orthonormal)), threads)
    {
    }

    /// <summary>The span of rows that lie wherever they do.</summary>
    internal SpannedSubspace(RowRange orthonormal, HostThreads? threads)
    {
        (_basis, _threads) = (orthonormal, threads);
        _factors = [.. Enumerable.Repeat(-1.0, orthonormal.Count)];
    }

    /// <inheritdoc/>
    public int Dimension => _basis.Count;

    /// <inheritdoc/>
    /// <exception cref="MatrixException">The vectors have another length than those of the basis.</exception>
    public void RemoveFrom(Matrix vectors) => AlongBasis.Add(_basis, _factors, vectors, _threads);

    private static Matrix Checked(Matrix orthonormal)
    {
        ArgumentNullException.ThrowIfNull(orthonormal);
        return orthonormal;
    }
}
