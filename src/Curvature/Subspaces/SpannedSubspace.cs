using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Subspaces;

/// <summary>
/// The subspace that orthonormal vectors q_i span. With C = V Qᵀ a block becomes V − C Q, both in pieces of columns that stay in the cache:
/// the pieces' shares of C are added in their order, so that the result has the same bits for any number of threads.
/// </summary>
public sealed class SpannedSubspace : ISubspace
{
    /// <summary>Columns of a piece.</summary>
    internal const int Together = 4096;

    private readonly Matrix _basis;
    private readonly HostThreads? _threads;

    /// <summary>The span of given vectors.</summary>
    /// <param name="orthonormal">Q, [k, n]: vectors of length 1, orthogonal to each other, one a row; used, not copied.</param>
    /// <param name="threads">The team to compute with; null for the caller's thread alone.</param>
    public SpannedSubspace(Matrix orthonormal, HostThreads? threads = null)
    {
        ArgumentNullException.ThrowIfNull(orthonormal);
        (_basis, _threads) = (orthonormal, threads);
    }

    /// <inheritdoc/>
    public int Dimension => _basis.Rows;

    /// <inheritdoc/>
    /// <exception cref="MatrixException">The vectors have another length than those of the basis.</exception>
    public void RemoveFrom(Matrix vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        if (_basis.Rows == 0 || vectors.Rows == 0)
            return;
        if (vectors.Columns != _basis.Columns)
            throw new MatrixException(
                $"The vectors have {vectors.Columns} elements where those of the subspace have {_basis.Columns}: take both from the same map.");
        int pieces = (vectors.Columns + Together - 1) / Together;
        var shares = new Matrix(pieces, vectors.Rows * _basis.Rows);
        Run(pieces, new Coordinates(_basis, vectors, shares));
        Span<double> sum = shares.Row(0);
        for (int piece = 1; piece < pieces; piece++)
            Vectors.Add(sum, shares.Row(piece));
        Run(pieces, new Removal(_basis, vectors, shares));
    }

    private void Run<TWork>(int pieces, TWork work)
        where TWork : struct, IPartitionedWork
    {
        if (_threads is { } threads)
        {
            threads.Run(pieces, work);
            return;
        }

        for (int piece = 0; piece < pieces; piece++)
            work.Run(piece);
    }

    private static (int Start, int Count) Piece(int piece, int columns) => (piece * Together, Math.Min(Together, columns - (piece * Together)));

    /// <summary>A piece's share of C, row by row.</summary>
    private readonly struct Coordinates(Matrix basis, Matrix vectors, Matrix shares) : IPartitionedWork
    {
        public void Run(int part)
        {
            (int start, int count) = Piece(part, vectors.Columns);
            Span<double> share = shares.Row(part);
            for (int i = 0; i < basis.Rows; i++)
            {
                ReadOnlySpan<double> along = basis.Row(i).Slice(start, count);
                for (int v = 0; v < vectors.Rows; v++)
                    share[(v * basis.Rows) + i] = DotProduct.Fused(vectors.Row(v).Slice(start, count), along);
            }
        }
    }

    /// <summary>V − C Q in the columns of a piece; C stands in the first row of the shares.</summary>
    private readonly struct Removal(Matrix basis, Matrix vectors, Matrix shares) : IPartitionedWork
    {
        public void Run(int part)
        {
            (int start, int count) = Piece(part, vectors.Columns);
            ReadOnlySpan<double> coordinates = shares.Row(0);
            for (int i = 0; i < basis.Rows; i++)
            {
                ReadOnlySpan<double> along = basis.Row(i).Slice(start, count);
                for (int v = 0; v < vectors.Rows; v++)
                    Vectors.AddScaledFused(vectors.Row(v).Slice(start, count), -coordinates[(v * basis.Rows) + i], along);
            }
        }
    }
}
