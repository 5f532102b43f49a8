using BasinVolume.Curvature.Densities;
using BasinVolume.Curvature.Estimates;
using BasinVolume.Curvature.Lanczos;
using BasinVolume.Curvature.Volumes.Gaussian;
using MathNet.Numerics;

namespace BasinVolume.Curvature.Volumes.Estimated;

/// <summary>
/// The rise Q of the quadratic loss over the prior, as products know it. Around the prior's centre Q = Q(m) + uᵀy + ½ yᵀA y with A = H + λI and y ~ N(0, σ²I),
/// and its cumulant generating function
/// <code>
/// K(s) = s Q(m) + ½ s²σ² uᵀ(1 − sσ²A)⁻¹u − ½ tr log(1 − sσ²A)
/// </code>
/// needs no more than u's measure and that of the trace: known zeros, deflated pairs, and the mean of the probes' quadratures, each node with its share.
/// </summary>
internal sealed class EstimatedForm
{
    private readonly EstimatedModel _model;
    private readonly PriorOffset _offset;
    private readonly double _square;

    /// <summary>The rise of a model over a prior.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prior">μ₀ and σ.</param>
    /// <param name="offset">The model as seen from μ₀.</param>
    public EstimatedForm(EstimatedModel model, GaussianPrior prior, PriorOffset offset)
    {
        (_model, _offset, _square) = (model, offset, prior.Deviation * prior.Deviation);
        Mean = Of([.. model.Curvature.Probes]);
    }

    /// <summary>Of all probes.</summary>
    public GaussianQuadraticForm Mean { get; }

    /// <summary>Of all probes but one.</summary>
    public GaussianQuadraticForm Without(int probe) => Of([.. _model.Curvature.Probes.Where((_, i) => i != probe)]);

    /// <summary>What the least value of Q is at least; −∞ where that is not known.</summary>
    public double Least(CancellationToken cancellation)
        => _model.Curvature.Lower.Value + _model.WeightDecay > _model.Curvature.Rounding && _model.Smallest + _model.WeightDecay > 0
            ? _offset.Rise - (_offset.Gradient.InverseForm(_model.WeightDecay, _model.Curvature, cancellation).High / 2)
            : double.NegativeInfinity;

    /// <summary>−½ tr log(1 − sσ²A), with its interval; a reason where the spectrum is not known to lie where that is defined.</summary>
    public FunctionTrace LogMomentOfCurvature(double s, CancellationToken cancellation)
        => FunctionTrace.Of(_model.Curvature, Function(s, x => -SpecialFunctions.Log1p(-x) / 2), _model.Trace, cancellation);

    /// <summary>½ s²σ² uᵀ(1 − sσ²A)⁻¹u, between two rules.</summary>
    public Interval LogMomentOfSlope(double s, CancellationToken cancellation)
        => s * s * _square / 2 * _offset.Gradient.Form(Function(s, x => 1 / (1 - x)), _model.Curvature, cancellation);

    /// <summary>Whether no eigenvalue reaches the pole at 1/(sσ²), s &gt; 0, as far as it is known.</summary>
    public bool IsBelowPole(double s)
        => Math.Max(_model.Curvature.Upper.Value, _offset.Gradient.Measure?.Nodes[^1] ?? double.NegativeInfinity)
            + _model.Curvature.Rounding + _model.WeightDecay < 1 / (s * _square);

    // A function of x = sσ²(λ + λ₀) whose derivatives in x are all positive, as those of −log(1 − x) and 1/(1 − x): odd ones in λ have the sign of s.
    private SpectralFunction Function(double s, Func<double, double> ofRatio) => new(
        lambda => ofRatio(s * _square * (lambda + _model.WeightDecay)),
        Even: 1,
        Odd: Math.Sign(s),
        From: s < 0 ? (1 / (s * _square)) - _model.WeightDecay : double.NegativeInfinity);

    private GaussianQuadraticForm Of(SpectralQuadrature[] probes)
    {
        ProbeQuadratures all = _model.Curvature;
        List<(double Curvature, double Weight, double Slope)> terms = [];
        if (all.Zeros > 0)
            terms.Add((CurvatureOf(0), all.Zeros, 0));
        terms.AddRange(all.Deflated.Select(pair => (CurvatureOf(pair.Value), 1.0, 0.0)));
        foreach (SpectralQuadrature probe in probes)
            terms.AddRange(probe.Nodes.Select((node, k) => (CurvatureOf(node), all.Dimension * probe.Weights[k] / probes.Length, 0.0)));
        if (_offset.Gradient.Measure is { } measure)
        {
            double length = Math.Sqrt(_square) * _offset.Gradient.Length;
            terms.AddRange(measure.Nodes.Select((node, k) => (CurvatureOf(node), 0.0, length * Math.Sqrt(measure.Weights[k]))));
        }

        return GaussianQuadraticForm.OfTerms(_offset.Rise, terms);
    }

    private double CurvatureOf(double lambda) => (lambda + _model.WeightDecay) * _square / 2;
}
