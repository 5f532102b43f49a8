using System.Collections.Immutable;
using BasinVolume.Curvature.Lanczos;
using MathNet.Numerics.Distributions;

namespace BasinVolume.Curvature.Densities;

/// <summary>
/// Where a spectrum ends, from what was met of it and from the randomness of the probes, in the spirit of Kuczyński and Woźniakowski (1992), who ask how far a
/// largest Ritz value can lie from the largest eigenvalue.
/// </summary>
/// <remarks>
/// Let λ be an eigenvalue below every node. A probe z of length 1 has the mass b² there, b its coordinate along the eigenvector, and no measure with the same
/// moments has more mass at λ than the rule that has a node there,
/// <code>
/// b² ≤ w(λ) = 1/(p₀(λ)² + … + p_k(λ)²),
/// </code>
/// p_j the orthonormal polynomials of the recurrence: that is certain. On the other side b is the coordinate of a direction drawn from all alike in m
/// dimensions, and |b| &lt; t with a probability of at most C t, C = √(2m/π). So C|b| is at least as large as a number uniform in (0, 1), −2 Σ log(C|b_i|)
/// over p independent probes at most as large as a χ² of 2p degrees of freedom (Fisher 1932), and with probability 1 − δ every λ that the spectrum ends with
/// keeps
/// <code>
/// Σ_i max(0, −log(C² w_i(λ))) ≤ the quantile 1 − δ of χ²_{2p}.
/// </code>
/// The left side rises without bound as λ goes down, and the λ where it meets the quantile is the end. It needs no bound of the length of the spectrum,
/// and it is as near as the recurrence has converged.
///
/// Where Ritz vectors q_i are deflated, probes are orthogonal to them, and an eigenvector v of λ counts by its part outside of them alone. From
/// q_iᵀ(A − λ)v = 0 follows |q_iᵀv| ≤ ‖r_i‖/|θ_i − λ|, so that Σ ‖r_i‖²/(θ_i − λ)² ≤ ½ leaves at least half of ‖v‖² to the probes: below that λ the bound
/// holds with 2C² for C².
///
/// If the probes are a basis, Σ_i b_i² is 1, or at least ½ with deflation, and Σ_i w_i(λ) below that excludes λ for certain.
/// </remarks>
internal sealed class SpectrumEndSearch
{
    private readonly ImmutableArray<SpectralQuadrature> _probes;
    private readonly ImmutableArray<RitzPair> _pairs;
    private readonly int _dimension;
    private readonly double _logConstant;
    private readonly double _scale;

    /// <summary>What is searched with.</summary>
    /// <param name="probes">Of independent directions that were drawn from all alike; none if the pairs span everything.</param>
    /// <param name="dimension">m, of the space that they were drawn from.</param>
    /// <param name="pairs">What is deflated.</param>
    public SpectrumEndSearch(ImmutableArray<SpectralQuadrature> probes, int dimension, ImmutableArray<RitzPair> pairs)
    {
        (_probes, _dimension, _pairs) = (probes, dimension, pairs);
        _logConstant = Math.Log(2 * dimension / Math.PI) - Math.Log(LeastShare);
        _scale = probes.SelectMany(probe => probe.Nodes).Concat(pairs.Select(pair => pair.Value)).Select(Math.Abs).DefaultIfEmpty(0).Max();
    }

    /// <summary>The lower end, but for the rounding of products.</summary>
    public SpectrumEnd Lower => End(1);

    /// <summary>The upper end, but for the rounding of products.</summary>
    public SpectrumEnd Upper => End(-1);

    // Side 1 for the lower end, −1 for the upper one: numbers are mirrored, so that the end is always below.
    private SpectrumEnd End(int side)
    {
        double most = _probes.SelectMany(probe => probe.Nodes).Concat(_pairs.Select(pair => pair.Value)).Min(value => side * value);
        double end = Math.Min(most, PairsLeaveHalf(side, most));
        bool exhausted = _probes.IsEmpty || _probes.Any(probe => probe.IsExact);
        if (exhausted)
            return new(side * end, SpectrumEndBasis.Exhausted);
        if (_probes.Length == _dimension)
            return new(side * Furthest(end, x => _probes.Sum(probe => Math.Exp(-probe.LogInverseMass(side * x))) < LeastShare), SpectrumEndBasis.Certain);
        double quantile = ChiSquared.InvCDF(2 * _probes.Length, 1 - SpectrumEnd.FailureProbability);
        return new(side * Furthest(end, x => Evidence(side * x) >= quantile), SpectrumEndBasis.Probable);
    }

    // Of the square of an eigenvector, in what the probes were drawn from.
    private double LeastShare => _pairs.IsEmpty ? 1 : 0.5;

    private double Evidence(double x) => _probes.Sum(probe => Math.Max(0, probe.LogInverseMass(x) - _logConstant));

    private double PairsLeaveHalf(int side, double most)
        => _pairs.IsEmpty ? most : Furthest(most, x => _pairs.Sum(pair => Square(pair.Residual / ((side * pair.Value) - x))) <= 0.5);

    private static double Square(double x) => x * x;

    // The largest number below the start, to three digits of the distance, from which on something that becomes true when going down is true.
    private double Furthest(double start, Func<double, bool> holds)
    {
        double step = Math.Max(Spectrum.DoubleRoundoff * _scale, double.Epsilon);
        if (holds(start - step))
            return start - step;
        while (!holds(start - step))
            step *= 2;
        (double near, double far) = (step / 2, step);
        for (int i = 0; i < 10; i++)
        {
            double middle = (near + far) / 2;
            (near, far) = holds(start - middle) ? (near, middle) : (middle, far);
        }

        return start - far;
    }
}
