using BasinVolume.Kernels;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Lanczos;

/// <summary>
/// x ← x − Σ_j (v_jᵀ x) v_j for some vectors at once, each against its own orthonormal rows: all coefficients first, then the combination, by parts of the
/// columns. What a part does is decided by the sizes alone, so that results have the same bits for any number of threads. One pass leaves rounding of the
/// size of what it takes away; who needs orthogonality takes two (Parlett, The Symmetric Eigenvalue Problem, section 6.9).
/// </summary>
internal sealed class RowProjection
{
    /// <summary>Columns of a part: so few that x stays in the nearest cache while the rows pass by.</summary>
    private const int Segment = 2048;

    private readonly double[] _coefficients;
    private readonly int _most;
    private readonly HostThreads _threads;

    /// <summary>Workspace.</summary>
    /// <param name="vectors">Most vectors at once.</param>
    /// <param name="rows">Most rows that each is made orthogonal to.</param>
    /// <param name="threads">The team to compute with.</param>
    public RowProjection(int vectors, int rows, HostThreads threads)
        => (_coefficients, _most, _threads) = (new double[vectors * rows], rows, threads);

    /// <summary>One pass.</summary>
    /// <param name="bases">One a vector, each with <paramref name="rows"/> orthonormal rows at least; the same one may stand for several.</param>
    /// <param name="rows">How many of their rows count.</param>
    /// <param name="vectors">[bases, n]: one vector a row.</param>
    public void Remove(Matrix[] bases, int rows, Matrix vectors)
    {
        _threads.Run(vectors.Rows * rows, new Coefficients(this, bases, rows, vectors));
        int segments = (vectors.Columns + Segment - 1) / Segment;
        _threads.Run(vectors.Rows * segments, new Combination(this, bases, rows, vectors, segments));
    }

    /// <summary>v_jᵀ x of the last pass.</summary>
    /// <param name="vector">Which x.</param>
    /// <param name="row">j.</param>
    public double Coefficient(int vector, int row) => _coefficients[(vector * _most) + row];

    private readonly struct Coefficients(RowProjection owner, Matrix[] bases, int rows, Matrix vectors) : IPartitionedWork
    {
        public void Run(int part)
        {
            (int vector, int row) = Math.DivRem(part, rows);
            owner._coefficients[(vector * owner._most) + row] = DotProduct.Of(bases[vector].Row(row), vectors.Row(vector));
        }
    }

    private readonly struct Combination(RowProjection owner, Matrix[] bases, int rows, Matrix vectors, int segments) : IPartitionedWork
    {
        public void Run(int part)
        {
            (int vector, int segment) = Math.DivRem(part, segments);
            int start = segment * Segment, length = Math.Min(Segment, vectors.Columns - start);
            Span<double> target = vectors.Row(vector).Slice(start, length);
            for (int row = 0; row < rows; row++)
                Vectors.AddScaled(target, -owner.Coefficient(vector, row), bases[vector].Row(row).Slice(start, length));
        }
    }
}
