using System.Collections.Immutable;
using BasinVolume.Curvature.Dense;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;

namespace BasinVolume.Curvature.Lanczos;

/// <summary>
/// Gauss quadrature of the spectral measure of a start vector: vᵀ f(A) v ≈ Σ w_k f(θ_k), exact for polynomials of degree below twice the number of nodes.
/// </summary>
/// <remarks>
/// With v₁ = v/‖v‖ and orthonormal vectors v_j, Lanczos' recurrence A v_j = β_{j−1} v_{j−1} + α_j v_j + β_j v_{j+1} gives a tridiagonal matrix T. The nodes are the eigenvalues of T, and w_k is
/// the square of the first element of its eigenvector k (Golub and Welsch 1969; Golub and Meurant, Matrices, Moments and Quadrature, 2010). Where β_j vanishes the vectors span an
/// invariant space: the recurrence ends there, and the quadrature is exact for every f.
/// </remarks>
/// <param name="Nodes">θ, ascending, in the units of the matrix.</param>
/// <param name="Weights">w, at least 0, 1 in all.</param>
public sealed record SpectralQuadrature(ImmutableArray<double> Nodes, ImmutableArray<double> Weights)
{
    /// <summary>A β so small against what has been seen of the matrix is rounding.</summary>
    private const double Negligible = 16 * Spectrum.DoubleRoundoff;

    /// <summary>Σ w_k f(θ_k), the mean of f over the spectral measure.</summary>
    /// <param name="function">f.</param>
    public double Mean(Func<double, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return CompensatedSum.Of(Nodes.Length, k => Weights[k] * function(Nodes[k]));
    }

    /// <summary>The quadratures of several start vectors, whose products are taken together.</summary>
    /// <param name="multiply">[vectors, n] ↦ A times each row; A symmetric.</param>
    /// <param name="starts">[vectors, n], none of them zero; left as they are.</param>
    /// <param name="steps">Most nodes of each, at least 1; never more than n are found.</param>
    /// <param name="threads">The team to compute with; no result depends on its size.</param>
    /// <param name="progress">Told the share of the steps that is done; may be null.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than one step.</exception>
    /// <exception cref="MatrixException">A product is not finite, or a start vector is zero.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static ImmutableArray<SpectralQuadrature> Of(
        Func<Matrix, Matrix> multiply, Matrix starts, int steps, HostThreads threads, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(multiply);
        ArgumentNullException.ThrowIfNull(starts);
        ArgumentNullException.ThrowIfNull(threads);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        Recurrence[] recurrences = [.. Enumerable.Range(0, starts.Rows).Select(row => new Recurrence(starts.Row(row), Math.Min(steps, starts.Columns)))];
        for (int step = 0; step < steps && recurrences.Any(recurrence => !recurrence.IsDone); step++)
        {
            cancellation.ThrowIfCancellationRequested();
            Recurrence[] going = [.. recurrences.Where(recurrence => !recurrence.IsDone)];
            var vectors = new Matrix(going.Length, starts.Columns);
            for (int row = 0; row < going.Length; row++)
                going[row].Last.CopyTo(vectors.Row(row));
            Matrix products = multiply(vectors);
            for (int row = 0; row < going.Length; row++)
                going[row].Continue(products.Row(row));
            progress?.Report((step + 1.0) / steps);
        }

        return [.. recurrences.Select(recurrence => Solve(recurrence.Tridiagonal, threads, cancellation))];
    }

    private static SpectralQuadrature Solve(TridiagonalMatrix matrix, HostThreads threads, CancellationToken cancellation)
    {
        int exponent = matrix.Norm > 0 ? Math.ILogB(matrix.Norm) : 0;
        var scaled = new TridiagonalMatrix(Array.ConvertAll(matrix.Diagonal, x => Math.ScaleB(x, -exponent)), Array.ConvertAll(matrix.OffDiagonal, x => Math.ScaleB(x, -exponent)));
        var solved = TridiagonalEigenvectors.Of(scaled, threads, HostWords.Doubles(threads), cancellation);
        ImmutableArray<double> nodes = [.. solved.Eigenvalues.Select(x => Math.ScaleB(x, exponent))];
        Matrix vectors = solved.TakeAll();
        return new(nodes, [.. Enumerable.Range(0, nodes.Length).Select(k => vectors[k, 0] * vectors[k, 0])]);
    }

    /// <summary>The recurrence of one start vector.</summary>
    private sealed class Recurrence
    {
        private readonly int _steps;
        private readonly List<double[]> _vectors = [];
        private readonly List<double> _alphas = [];
        private readonly List<double> _betas = [];

        public Recurrence(ReadOnlySpan<double> start, int steps)
        {
            _steps = steps;
            double norm = EuclideanNorm.Of(start);
            if (!(norm > 0 && double.IsFinite(norm)))
                throw new MatrixException($"A start vector has the length {norm} where a finite length above 0 is expected; give another one.");
            var first = new double[start.Length];
            Vectors.AddScaled(first, 1 / norm, start);
            _vectors.Add(first);
        }

        public bool IsDone { get; private set; }

        public double[] Last => _vectors[^1];

        public TridiagonalMatrix Tridiagonal => new([.. _alphas], [.. _betas]);

        // Takes A v_j.
        public void Continue(Span<double> product)
        {
            double alpha = Vectors.Dot(Last, product);
            if (!double.IsFinite(alpha))
                throw new MatrixException($"The product of step {_alphas.Count + 1} is not finite; give a matrix with finite elements.");
            _alphas.Add(alpha);
            if (_alphas.Count == _steps)
            {
                IsDone = true;
                return;
            }

            // Twice is enough (Parlett, The Symmetric Eigenvalue Problem, section 6.9).
            RemoveAll(product);
            RemoveAll(product);
            double beta = EuclideanNorm.Of(product);
            if (beta <= Negligible * Math.Max(Tridiagonal.Norm, Math.Abs(alpha)))
            {
                IsDone = true;
                return;
            }

            _betas.Add(beta);
            var next = new double[product.Length];
            Vectors.AddScaled(next, 1 / beta, product);
            _vectors.Add(next);
        }

        private void RemoveAll(Span<double> product)
        {
            foreach (double[] vector in _vectors)
                Vectors.AddScaled(product, -Vectors.Dot(vector, product), vector);
        }
    }
}
