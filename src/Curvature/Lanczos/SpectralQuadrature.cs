using System.Collections.Immutable;
using BasinVolume.Curvature.Dense;
using BasinVolume.Curvature.Maps;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Host;
using BasinVolume.Kernels.Linear;
using BasinVolume.Kernels.Threads;

namespace BasinVolume.Curvature.Lanczos;

/// <summary>
/// Gauss quadrature of the spectral measure of a start vector: vᵀ f(A) v ≈ Σ w_k f(θ_k), exact for polynomials of degree below twice the number of nodes.
/// </summary>
/// <remarks>
/// With v₁ = v/‖v‖ and orthonormal vectors v_j, Lanczos' recurrence A v_j = β_{j−1} v_{j−1} + α_j v_j + β_j v_{j+1} gives a tridiagonal matrix T.
/// The nodes are the eigenvalues of T, and w_k is the square of the first element of its eigenvector k (Golub and Welsch 1969;
/// Golub and Meurant, Matrices, Moments and Quadrature, 2010). Where β_j vanishes the vectors span an invariant space:
/// the recurrence ends there, and the quadrature is exact for every f.
/// </remarks>
public sealed record SpectralQuadrature
{
    /// <summary>A β so small against what has been seen of the matrix is rounding.</summary>
    private const double Negligible = 16 * Spectrum.DoubleRoundoff;

    private readonly TridiagonalMatrix _matrix;
    private readonly double _next;

    private SpectralQuadrature(TridiagonalMatrix matrix, double next, HostThreads threads, CancellationToken cancellation)
    {
        (_matrix, _next) = (matrix, next);
        int exponent = matrix.Norm > 0 ? Math.ILogB(matrix.Norm) : 0;
        var scaled = new TridiagonalMatrix(
            Array.ConvertAll(matrix.Diagonal, x => Math.ScaleB(x, -exponent)), Array.ConvertAll(matrix.OffDiagonal, x => Math.ScaleB(x, -exponent)));
        var solved = TridiagonalEigenvectors.Of(scaled, threads, HostKernels.Doubles(threads), cancellation);
        Nodes = [.. solved.Eigenvalues.Select(x => Math.ScaleB(x, exponent))];
        Matrix vectors = solved.TakeAll();
        Weights = [.. Enumerable.Range(0, Nodes.Length).Select(k => vectors[k, 0] * vectors[k, 0])];
        RitzValues = [.. Nodes.Select((node, k) => new RitzValue(node, next * Math.Abs(vectors[k, Nodes.Length - 1])))];
    }

    /// <summary>θ, ascending, in the units of the matrix.</summary>
    public ImmutableArray<double> Nodes { get; }

    /// <summary>w, at least 0, 1 in all.</summary>
    public ImmutableArray<double> Weights { get; }

    /// <summary>
    /// The nodes with their residuals β_k |s_k|, s_k the last element of an eigenvector of T: how near an eigenvalue of the matrix is to each.
    /// </summary>
    public ImmutableArray<RitzValue> RitzValues { get; }

    /// <summary>Whether the recurrence ended in an invariant space, so that nothing of the start vector's spectral measure is left out.</summary>
    public bool IsExact => _next == 0;

    /// <summary>Σ w_k f(θ_k), the mean of f over the spectral measure.</summary>
    /// <param name="function">f.</param>
    public double Mean(Func<double, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return CompensatedSum.Of(Nodes.Length, k => Weights[k] * function(Nodes[k]));
    }

    /// <summary>
    /// Gauss–Radau's quadrature of the same measure: one node more, which is prescribed.
    /// <code>
    /// vᵀ f(A) v − Gauss = f⁽²ᵏ⁾(ξ)/(2k)! ∫ Π (λ − θ_j)² dμ,   vᵀ f(A) v − Radau = f⁽²ᵏ⁺¹⁾(ξ)/(2k + 1)! ∫ (λ − a) Π (λ − θ̂_j)² dμ
    /// </code>
    /// with ξ in the hull of spectrum and nodes. For a function whose even derivatives are negative and whose odd ones are positive, such as log and −1/λ,
    /// Gauss is therefore an upper bound, Radau with a at or below the spectrum a lower one, and Radau with a at or above it an upper one;
    /// for its negative, such as 1/λ, the other way round. T gets one row more, whose diagonal element makes a an eigenvalue:
    /// a + β_k² [(T − aI)⁻¹]_kk, the last pivot's inverse (Golub 1973; Golub and Meurant 2010, section 6.2).
    /// </summary>
    /// <param name="node">a, outside the nodes: below the first or above the last.</param>
    /// <param name="threads">The team to compute with; no result depends on its size.</param>
    /// <param name="cancellation">Checked now and then.</param>
    /// <returns>That quadrature; this one where it is exact already.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The node lies among the nodes.</exception>
    public SpectralQuadrature Radau(double node, HostThreads threads, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(threads);
        if (!(node < Nodes[0] || node > Nodes[^1]))
            throw new ArgumentOutOfRangeException(
                nameof(node), node, $"A prescribed node lies outside the {Nodes.Length} nodes from {Nodes[0]} to {Nodes[^1]}.");
        if (IsExact)
            return this;
        double pivot = _matrix.Diagonal[0] - node;
        for (int i = 1; i < Nodes.Length; i++)
            pivot = _matrix.Diagonal[i] - node - (_matrix.OffDiagonal[i - 1] * (_matrix.OffDiagonal[i - 1] / pivot));
        var extended = new TridiagonalMatrix([.. _matrix.Diagonal, node + (_next * (_next / pivot))], [.. _matrix.OffDiagonal, _next]);
        return new(extended, 0, threads, cancellation);
    }

    /// <summary>
    /// What vᵀ f(A) v/‖v‖² lies between, up to rounding, for a function whose even derivatives are negative and whose odd ones are positive on the spectrum,
    /// such as log.
    /// </summary>
    /// <param name="function">f, defined from <paramref name="lowerEnd"/> on.</param>
    /// <param name="lowerEnd">A number that no eigenvalue of A lies below.</param>
    /// <param name="threads">The team to compute with; no result depends on its size.</param>
    /// <param name="cancellation">Checked now and then.</param>
    public (double Lower, double Upper) Bracket(Func<double, double> function, double lowerEnd, HostThreads threads, CancellationToken cancellation = default)
    {
        double gauss = Mean(function);
        if (IsExact)
            return (gauss, gauss);
        // A node that has reached the end of the spectrum is passed by a few roundings, so that the last pivot has a sign.
        double node = Math.Min(lowerEnd, Nodes[0] - (Negligible * _matrix.Norm));
        double radau = Radau(node, threads, cancellation).Mean(function);
        return (Math.Min(radau, gauss), Math.Max(radau, gauss));
    }

    /// <summary>The quadratures of several start vectors, whose products are taken together.</summary>
    /// <param name="map">A.</param>
    /// <param name="starts">[vectors, n], none of them zero; left as they are.</param>
    /// <param name="steps">Most nodes of each, at least 1; never more than n are found.</param>
    /// <param name="threads">The team to compute with; no result depends on its size.</param>
    /// <param name="progress">Told the share of the steps that is done; may be null.</param>
    /// <param name="cancellation">Checked before each step.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than one step.</exception>
    /// <exception cref="MatrixException">A product is not finite, or a start vector is zero.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static ImmutableArray<SpectralQuadrature> Of(
        ILinearMap map, Matrix starts, int steps, HostThreads threads, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(map);
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
            var products = new Matrix(going.Length, starts.Columns);
            map.Multiply(vectors, products, cancellation);
            for (int row = 0; row < going.Length; row++)
                going[row].Continue(products.Row(row));
            progress?.Report((step + 1.0) / steps);
        }

        return [.. recurrences.Select(recurrence => new SpectralQuadrature(recurrence.Tridiagonal, recurrence.Next, threads, cancellation))];
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

        /// <summary>The β behind the last step; 0 where the vectors span an invariant space.</summary>
        public double Next { get; private set; }

        public double[] Last => _vectors[^1];

        public TridiagonalMatrix Tridiagonal => new([.. _alphas], [.. _betas]);

        // Takes A v_j.
        public void Continue(Span<double> product)
        {
            double alpha = DotProduct.Of(Last, product);
            if (!double.IsFinite(alpha))
                throw new MatrixException($"The product of step {_alphas.Count + 1} is not finite; give a matrix with finite elements.");
            _alphas.Add(alpha);
            // Twice is enough (Parlett, The Symmetric Eigenvalue Problem, section 6.9).
            RemoveAll(product);
            RemoveAll(product);
            double beta = EuclideanNorm.Of(product);
            // As many steps as there are dimensions leave nothing but rounding.
            bool exhausted = _alphas.Count == product.Length || beta <= Negligible * Math.Max(Tridiagonal.Norm, Math.Abs(alpha));
            Next = exhausted ? 0 : beta;
            IsDone = exhausted || _alphas.Count == _steps;
            if (IsDone)
                return;
            _betas.Add(beta);
            var next = new double[product.Length];
            Vectors.AddScaled(next, 1 / beta, product);
            _vectors.Add(next);
        }

        private void RemoveAll(Span<double> product)
        {
            foreach (double[] vector in _vectors)
                Vectors.AddScaled(product, -DotProduct.Of(vector, product), vector);
        }
    }
}
