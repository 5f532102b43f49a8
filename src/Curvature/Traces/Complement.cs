using BasinVolume.Curvature.Dense;
using BasinVolume.Curvature.Subspaces;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Traces;

/// <summary>What is orthogonal to some vectors that are known already and to a subspace: P = I − Q_d Q_dᵀ − P_without.</summary>
/// <param name="order">n.</param>
/// <param name="deflated">[d, n]: orthonormal rows, orthogonal to <paramref name="without"/>; null for none.</param>
/// <param name="without">A subspace; null for none.</param>
/// <param name="threads">The team to compute with; no result depends on its size.</param>
internal sealed class Complement(int order, Matrix? deflated, ISubspace? without, HostThreads threads)
{
    private readonly IKernels<double> _kernels = HostKernels.Doubles(threads);

    /// <summary>Its dimension m.</summary>
    public int Dimension { get; } = Math.Max(0, order - (deflated?.Rows ?? 0) - (without?.Dimension ?? 0));

    /// <summary>v ← P v for each row v, to rounding relative to the v given.</summary>
    public void Project(Matrix vectors)
    {
        without?.RemoveFrom(vectors);
        if (deflated is not { Rows: > 0 } || vectors.Rows == 0)
            return;
        var coordinates = new Matrix(vectors.Rows, deflated.Rows);
        _kernels.MatrixProduct(1, MatrixViews.Of(vectors), MatrixViews.Of(deflated).Transpose(), MatrixViews.Of(coordinates), accumulate: false);
        for (int i = 0; i < coordinates.Values.Length; i++)
            coordinates.Values[i] = -coordinates.Values[i];
        _kernels.MatrixProduct(1, MatrixViews.Of(coordinates), MatrixViews.Of(deflated), MatrixViews.Of(vectors), accumulate: true);
    }
}
