using BasinVolume.Curvature.Sampling;
using BasinVolume.Curvature.Subspaces;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Densities;

/// <summary>
/// Directions drawn from all alike outside of known ones: a standard normal vector less its part in a subspace is a normal vector of the complement, and its
/// direction there is uniform.
/// </summary>
/// <param name="order">n.</param>
/// <param name="deflated">Orthonormal vectors that probes are orthogonal to; null for none.</param>
/// <param name="without">What else they are orthogonal to; null for nothing.</param>
/// <param name="seed">Of <see cref="NormalVectors"/>.</param>
/// <param name="threads">The team to compute with; no direction depends on its size.</param>
internal sealed class ProbeStarts(int order, Matrix? deflated, ISubspace? without, ulong seed, HostThreads threads)
{
    /// <summary>The range of <see cref="NormalVectors"/> that probes of quadratures have for themselves.</summary>
    private const ulong FirstIndex = VectorRanges.Quadratures;

    /// <summary>Some of the directions, whichever others are drawn with them.</summary>
    /// <param name="first">The first one's number.</param>
    /// <param name="count">How many.</param>
    /// <returns>[count, n], not of length 1.</returns>
    public Matrix Draw(int first, int count)
    {
        var starts = new Matrix(count, order);
        threads.Run(count, new Filling(starts, seed, FirstIndex + (ulong)first));
        // Twice: the first time leaves rounding of what it takes away.
        for (int pass = 0; pass < 2; pass++)
        {
            without?.RemoveFrom(starts);
            if (deflated is { Rows: > 0 } rows)
                new LongRows(order, threads).Remove(RowRange.Of(starts), RowRange.Of(rows));
        }

        return starts;
    }

    /// <summary>As many directions as the space has dimensions, orthonormal: a basis of it, each member of which is drawn from all alike.</summary>
    /// <param name="dimension">m.</param>
    public Matrix Basis(int dimension)
    {
        Matrix starts = Draw(0, dimension);
        var products = new LongRows(order, threads);
        var rows = RowRange.Of(starts);
        for (int row = 0; row < dimension; row++)
        {
            for (int pass = 0; pass < 2; pass++)
                products.Remove(rows.Part(row, 1), rows.Part(0, row));
            Vectors.Scale(rows.Row(row), 1 / EuclideanNorm.Of(rows.Row(row)));
        }

        return starts;
    }

    private readonly struct Filling(Matrix starts, ulong seed, ulong first) : IPartitionedWork
    {
        public void Run(int part) => NormalVectors.Fill(seed, first + (ulong)part, starts.Row(part));
    }
}
