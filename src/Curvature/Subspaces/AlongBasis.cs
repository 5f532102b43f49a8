using BasinVolume.Kernels;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Subspaces;

/// <summary>v ← v + Σ f_i (q_iᵀv) q_i for rows v and orthonormal q_i: with C = V Qᵀ a block becomes V + C diag(f) Q.</summary>
internal static class AlongBasis
{
    /// <summary>Does it to each row.</summary>
    /// <param name="basis">Q, k rows of n elements.</param>
    /// <param name="factors">f, k of them.</param>
    /// <param name="vectors">[V, n].</param>
    /// <param name="threads">The team; null for the caller's thread alone. The result has the same bits for any.</param>
    /// <exception cref="MatrixException">The vectors have another length than those of the basis.</exception>
    public static void Add(RowRange basis, double[] factors, Matrix vectors, HostThreads? threads)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        if (basis.Count == 0 || vectors.Rows == 0)
            return;
        if (vectors.Columns != basis.Row(0).Length)
            throw new MatrixException(
                $"The vectors have {vectors.Columns} elements where those of the subspace have {basis.Row(0).Length}: take both from the same map.");
        var products = new LongRows(vectors.Columns, threads);
        var rows = RowRange.Of(vectors);
        double[] coordinates = new double[vectors.Rows * basis.Count];
        products.Dot(rows, basis, coordinates);
        for (int i = 0; i < coordinates.Length; i++)
            coordinates[i] *= factors[i % factors.Length];
        products.Add(rows, basis, coordinates);
    }
}
