using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Subspaces;

/// <summary>
/// v ← v + Σ f_i (q_iᵀv) q_i for rows v and orthonormal q_i: with C = V Qᵀ a block becomes V + C diag(f) Q, both in pieces of columns that stay in the cache.
/// The pieces' shares of C are added in their order, so that the result has the same bits for any number of threads.
/// </summary>
internal static class AlongBasis
{
    // Columns of a piece: a piece of some dozen vectors fits into a core's cache.
    private const int Together = 4096;

    /// <summary>Does it to each row.</summary>
    /// <param name="basis">Q, k rows of n elements.</param>
    /// <param name="factors">f, k of them.</param>
    /// <param name="vectors">[V, n].</param>
    /// <param name="threads">The team to compute with; null for the caller's thread alone.</param>
    /// <exception cref="MatrixException">The vectors have another length than those of the basis.</exception>
    public static void Add(RowRange basis, double[] factors, Matrix vectors, HostThreads? threads)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        if (basis.Count == 0 || vectors.Rows == 0)
            return;
        if (vectors.Columns != basis.Row(0).Length)
            throw new MatrixException(
                $"The vectors have {vectors.Columns} elements where those of the subspace have {basis.Row(0).Length}: take both from the same map.");
        int pieces = (vectors.Columns + Together - 1) / Together;
        var shares = new Matrix(pieces, vectors.Rows * basis.Count);
        Run(threads, pieces, new Coordinates(basis, vectors, shares));
        Span<double> sum = shares.Row(0);
        for (int piece = 1; piece < pieces; piece++)
            Vectors.Add(sum, shares.Row(piece));
        for (int i = 0; i < sum.Length; i++)
            sum[i] *= factors[i % factors.Length];
        Run(threads, pieces, new Addition(basis, vectors, shares));
    }

    private static void Run<TWork>(HostThreads? threads, int pieces, TWork work)
        where TWork : struct, IPartitionedWork
    {
        if (threads is not null)
        {
            threads.Run(pieces, work);
            return;
        }

        for (int piece = 0; piece < pieces; piece++)
            work.Run(piece);
    }

    private static (int Start, int Count) Piece(int piece, int columns) => (piece * Together, Math.Min(Together, columns - (piece * Together)));

    /// <summary>A piece's share of C, row by row.</summary>
    private readonly struct Coordinates(RowRange basis, Matrix vectors, Matrix shares) : IPartitionedWork
    {
        public void Run(int part)
        {
            (int start, int count) = Piece(part, vectors.Columns);
            Span<double> share = shares.Row(part);
            for (int i = 0; i < basis.Count; i++)
            {
                ReadOnlySpan<double> along = basis.Stretch(i, start, count);
                for (int v = 0; v < vectors.Rows; v++)
                    share[(v * basis.Count) + i] = DotProduct.Fused(vectors.Row(v).Slice(start, count), along);
            }
        }
    }

    /// <summary>V + C diag(f) Q in the columns of a piece; C diag(f) stands in the first row of the shares.</summary>
    private readonly struct Addition(RowRange basis, Matrix vectors, Matrix shares) : IPartitionedWork
    {
        public void Run(int part)
        {
            (int start, int count) = Piece(part, vectors.Columns);
            ReadOnlySpan<double> coordinates = shares.Row(0);
            for (int i = 0; i < basis.Count; i++)
            {
                ReadOnlySpan<double> along = basis.Stretch(i, start, count);
                for (int v = 0; v < vectors.Rows; v++)
                    Vectors.AddScaledFused(vectors.Row(v).Slice(start, count), coordinates[(v * basis.Count) + i], along);
            }
        }
    }
}
