using System.Collections.Immutable;
using BasinVolume.Curvature.Dense;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Maps;
using BasinVolume.Kernels;
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
public sealed partial record SpectralQuadrature
{
    /// <summary>A β so small against what has been seen of the matrix is rounding.</summary>
    private const double Negligible = 16 * Spectrum.DoubleRoundoff;

    private readonly TridiagonalMatrix _matrix;
    private readonly double _next;

    internal SpectralQuadrature(TridiagonalMatrix matrix, double next, HostThreads threads, CancellationToken cancellation)
    {
        (_matrix, _next) = (matrix, next);
        int exponent = matrix.Norm > 0 ? Math.ILogB(matrix.Norm) : 0;
        var scaled = new TridiagonalMatrix(
            Array.ConvertAll(matrix.Diagonal, x => Math.ScaleB(x, -exponent)), Array.ConvertAll(matrix.OffDiagonal, x => Math.ScaleB(x, -exponent)));
        var solved = TridiagonalEigenvectors.Of(scaled, threads, cancellation);
        Nodes = [.. solved.Eigenvalues.Select(x => Math.ScaleB(x, exponent))];
        Weights = [.. solved.FirstElements.Select(element => element * element)];
        RitzValues = [.. Nodes.Zip(solved.LastElements, (node, last) => new RitzValue(node, next * Math.Abs(last)))];
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
        double last = node + (_next * (_next / LastPivot(node)));
        var extended = new TridiagonalMatrix([.. _matrix.Diagonal, last], [.. _matrix.OffDiagonal, _next]);
        return new(extended, 0, threads, cancellation);
    }

    // Of T − aI = L D Lᵀ.
    private double LastPivot(double node)
    {
        double pivot = _matrix.Diagonal[0] - node;
        for (int i = 1; i < Nodes.Length; i++)
            pivot = _matrix.Diagonal[i] - node - (_matrix.OffDiagonal[i - 1] * (_matrix.OffDiagonal[i - 1] / pivot));
        return pivot;
    }

    /// <summary>
    /// What vᵀ f(A) v/‖v‖² lies between, for a function with derivatives of known signs: of Gauss's rule and Radau's at both ends of the spectrum each one is
    /// a bound, the sides being those of the signs (<see cref="Radau"/>).
    /// </summary>
    /// <param name="function">f, defined from below the support on.</param>
    /// <param name="support">Numbers that no eigenvalue of A lies outside of; an end that is not known is infinite.</param>
    /// <param name="rounding">
    /// How far an eigenvalue may have been moved by the rounding of products: f is taken that much to the side that makes the bracket wider.
    /// </param>
    /// <param name="threads">The team to compute with; no result depends on its size.</param>
    /// <param name="cancellation">Checked now and then.</param>
    /// <returns>The bracket and the rules it is of; an end is infinite where no rule bounds f from that side.</returns>
    public ProbeBracket Bracket(
        SpectralFunction function, Interval support, double rounding, HostThreads threads, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (IsExact)
            return new(new(Shifted(this, -rounding), Shifted(this, rounding)), [this]);
        List<(SpectralQuadrature Rule, int Sign)> rules = [(this, function.Even)];
        // A node that has reached the end of the spectrum is passed by a few roundings, so that the last pivot has a sign.
        double pass = Negligible * _matrix.Norm;
        if (double.IsFinite(support.Low))
            rules.Add((Radau(Math.Min(support.Low, Nodes[0] - pass), threads, cancellation), function.Odd));
        if (double.IsFinite(support.High))
            rules.Add((Radau(Math.Max(support.High, Nodes[^1] + pass), threads, cancellation), -function.Odd));
        // The error of the rule has that sign: above 0 the rule is a lower bound.
        double low = rules.Where(rule => rule.Sign > 0).Select(rule => Shifted(rule.Rule, -rounding)).DefaultIfEmpty(double.NegativeInfinity).Max();
        double high = rules.Where(rule => rule.Sign < 0).Select(rule => Shifted(rule.Rule, rounding)).DefaultIfEmpty(double.PositiveInfinity).Min();
        // Two bounds that meet may have passed each other by rounding.
        return new(new(Math.Min(low, high), Math.Max(low, high)), [.. rules.Select(rule => rule.Rule)]);

        // f rises or falls as its odd derivatives say.
        double Shifted(SpectralQuadrature rule, double by) => rule.Mean(theta => function.Value(theta + (function.Odd * by)));
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
        var block = new RecurrenceBlock(map, starts, steps, scale: 0, threads);
        block.Run(enough: null, progress, cancellation);
        return block.Quadratures(cancellation);
    }

    /// <summary>
    /// The measure of a vector of which its mean and its variance alone are known: a unit vector q with θ = qᵀAq and ‖Aq − θq‖, a Ritz pair.
    /// Its Gauss rule has the node θ, and Radau's rules and <see cref="Below"/> know the variance.
    /// </summary>
    /// <param name="mean">θ.</param>
    /// <param name="deviation">The root of the variance, ‖Aq − θq‖.</param>
    /// <param name="threads">The team to compute with.</param>
    internal static SpectralQuadrature OfMoments(double mean, double deviation, HostThreads threads)
        => new(new TridiagonalMatrix([mean], []), deviation, threads, CancellationToken.None);
}
