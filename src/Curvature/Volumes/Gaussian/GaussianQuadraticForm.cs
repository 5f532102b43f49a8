using BasinVolume.Kernels.Linear;
using MathNet.Numerics;

namespace BasinVolume.Curvature.Volumes.Gaussian;

/// <summary>
/// How much the quadratic loss lies above that of the weights, at a point drawn from the prior N(μ₀, σ²I).
/// In the eigenbasis δ_i = m_i + σ z_i, m = Vᵀ(μ₀ − θ*), so
///     Q = r + Σ a_i + b_i z_i + c_i z_i²,   a = ½ h m² + g m,   b = σ (h m + g),   c = ½ h σ².
/// r is the rise that the model has at δ = 0 already. With γ = σ g, for which b² = γ² + 4 a c, and D = 1 − 2 s c, the cumulant generating function and its
/// derivatives are
///     K  = s r + Σ (s a + ½ s² γ²)/D − ½ log D
///     K′ = r + Σ a/D² + γ² s (1 − s c)/D² + c/D
///     K″ = Σ b²/D³ + 2 c²/D²,   K‴ = Σ 6 c b²/D⁴ + 8 c³/D³,   K⁗ = Σ 48 c² b²/D⁵ + 48 c⁴/D⁴.
/// What the saddle point needs, s K′ − K, is a sum of squares and of ψ ≥ 0, so that no digit is lost near s = 0:
///     s K′ − K = Σ s² b²/(2D²) + ½ ψ(2 s c),   ψ(x) = x/(1 − x) + log(1 − x) = x²/2 + 2x³/3 + 3x⁴/4 + …
/// Where a curvature stands for w equal ones, each term of c alone counts w times; w need not be whole, as K is all that is asked for.
/// </summary>
internal sealed class GaussianQuadraticForm
{
    /// <summary>Below it the series of ψ is the more accurate one; 16 terms are exact there.</summary>
    private const double SeriesBelow = 0.0625;
    private const int SeriesTerms = 16;

    private readonly double _rise;
    private readonly double[] _constant;
    private readonly double[] _slope;
    private readonly double[] _curvature;
    private readonly double[] _gradient;
    private readonly double[] _weight;

    private GaussianQuadraticForm(double rise, double[] constant, double[] slope, double[] curvature, double[] gradient, double[] weight)
    {
        _rise = rise;
        _constant = constant;
        _slope = slope;
        _curvature = curvature;
        _gradient = gradient;
        _weight = weight;
    }

    /// <summary>How many terms there are.</summary>
    public int Count => _curvature.Length;

    /// <summary>The smallest c_i; the eigenvalues ascend, and with them c.</summary>
    public double SmallestCurvature => _curvature[0];

    /// <summary>The largest c_i.</summary>
    public double LargestCurvature => _curvature[^1];

    /// <summary>Whether Q is linear: every c is 0.</summary>
    public bool IsLinear => SmallestCurvature == 0 && LargestCurvature == 0;

    /// <summary>Q at z = 0.</summary>
    public double Constant => _rise + Sum(i => _constant[i]);

    /// <summary>√Σb², the deviation of Q if it is linear.</summary>
    public double SlopeNorm => EuclideanNorm.Of(_slope);

    /// <summary>E Q = r + Σ a + c.</summary>
    public double Mean => _rise + Sum(i => _constant[i] + (_weight[i] * _curvature[i]));

    /// <summary>The least value of Q: r − Σ γ²/(4c), or −∞ if Q falls without end.</summary>
    public double Infimum => SmallestCurvature < 0 || HasSlopeWithoutCurvature ? double.NegativeInfinity : Extremum;

    /// <summary>The greatest value of Q, or +∞.</summary>
    public double Supremum => LargestCurvature > 0 || HasSlopeWithoutCurvature ? double.PositiveInfinity : Extremum;

    private double Extremum => _rise - Sum(i => _curvature[i] == 0 ? 0 : _gradient[i] / 4 * (_gradient[i] / _curvature[i]));

    private bool HasSlopeWithoutCurvature => Enumerable.Range(0, _curvature.Length).Any(i => _curvature[i] == 0 && _slope[i] != 0);

    /// <summary>The form of a model under a prior.</summary>
    public static GaussianQuadraticForm Of(QuadraticModel model, GaussianPrior prior)
    {
        int n = model.Dimension;
        double sigma = prior.Deviation;
        double[] constant = new double[n], slope = new double[n], curvature = new double[n], gradient = new double[n];
        for (int i = 0; i < n; i++)
        {
            double h = model.Hessian.Eigenvalues[i];
            double g = model.Gradient[i];
            double m = prior.Centre == PriorCentre.Origin ? -model.Weights[i] : 0;
            constant[i] = m * ((h * m / 2) + g);
            slope[i] = sigma * ((h * m) + g);
            curvature[i] = h * sigma / 2 * sigma;
            gradient[i] = sigma * g;
        }

        double[] once = new double[n];
        Array.Fill(once, 1);
        return new GaussianQuadraticForm(model.Rise, constant, slope, curvature, gradient, once);
    }

    /// <summary>A form whose terms are centred at the prior's mean, so that a = 0 and b = γ.</summary>
    /// <param name="rise">r.</param>
    /// <param name="terms">c, how many curvatures it stands for, and b, in any order.</param>
    public static GaussianQuadraticForm OfTerms(double rise, IEnumerable<(double Curvature, double Weight, double Slope)> terms)
    {
        (double Curvature, double Weight, double Slope)[] ascending = [.. terms.OrderBy(term => term.Curvature)];
        double[] slopes = [.. ascending.Select(term => term.Slope)];
        return new GaussianQuadraticForm(
            rise, new double[slopes.Length], slopes, [.. ascending.Select(term => term.Curvature)], slopes, [.. ascending.Select(term => term.Weight)]);
    }

    /// <summary>−½ Σ log D: what curvature contributes to K.</summary>
    public double LogMomentOfCurvature(Tilt tilt) => -0.5 * Sum(i =>
    {
        double x = 2 * tilt.S * _curvature[i];
        return _weight[i] * (Math.Abs(x) < 0.5 ? SpecialFunctions.Log1p(-x) : Math.Log(tilt.Denominator(_curvature[i])));
    });

    /// <summary>s r + Σ (s a + ½ s² γ²)/D: what displacement and gradient contribute to K.</summary>
    public double LogMomentOfDisplacement(Tilt tilt) => (tilt.S * _rise) + Sum(i =>
    {
        double tilted = tilt.S * _gradient[i];
        return ((tilt.S * _constant[i]) + (tilted * tilted / 2)) / tilt.Denominator(_curvature[i]);
    });

    /// <summary>K′(s), the mean of Q under the tilted distribution. Rises with s.</summary>
    public double TiltedMean(Tilt tilt) => _rise + Sum(i =>
    {
        double c = _curvature[i];
        double d = tilt.Denominator(c);
        double gamma = _gradient[i];
        return (_constant[i] / d / d) + (gamma * (tilt.S / d) * gamma * ((1 - (tilt.S * c)) / d)) + (_weight[i] * c / d);
    });

    /// <summary>The sum of the magnitudes whose sum <see cref="TiltedMean"/> is: what its rounding is relative to.</summary>
    public double MagnitudeOfMean(Tilt tilt) => Math.Abs(_rise) + Sum(i =>
    {
        double d = tilt.Denominator(_curvature[i]);
        double gamma = _gradient[i];
        return (Math.Abs(_constant[i]) / d / d) + Math.Abs(gamma * (tilt.S / d) * gamma * ((1 - (tilt.S * _curvature[i])) / d))
            + Math.Abs(_weight[i] * _curvature[i] / d);
    });

    /// <summary>½ Σ ψ(2 s c): the part of s K′ − K that is there without displacement.</summary>
    public double CurvatureExponent(Tilt tilt) => 0.5 * Sum(i =>
    {
        double x = 2 * tilt.S * _curvature[i];
        double d = tilt.Denominator(_curvature[i]);
        return _weight[i] * (Math.Abs(x) < SeriesBelow ? PsiSeries(x) : ((1 - d) / d) + Math.Log(d));
    });

    /// <summary>½ Σ s² b²/D²: the part of s K′ − K that displacement and gradient make.</summary>
    public double DisplacementExponent(Tilt tilt) => 0.5 * Sum(i =>
    {
        double scaled = tilt.S * _slope[i] / tilt.Denominator(_curvature[i]);
        return scaled * scaled;
    });

    /// <summary>√K″(s), the deviation of Q under the tilted distribution.</summary>
    public double Deviation(Tilt tilt)
    {
        (double[] curvatures, double[] slopes) = TiltedTerms(tilt);
        return EuclideanNorm.Of([.. slopes, .. curvatures.Select((c, i) => Math.Sqrt(2 * _weight[i]) * c)]);
    }

    /// <summary>The standardised cumulants of order 3 and 4 of the tilted distribution, K‴/K″^(3/2) and K⁗/K″².</summary>
    public (double Skewness, double Kurtosis) Standardised(Tilt tilt)
    {
        (double[] curvatures, double[] slopes) = TiltedTerms(tilt);
        double deviation = Deviation(tilt);
        (double C, double SlopeSquare) At(int i) => (curvatures[i] / deviation, slopes[i] / deviation * (slopes[i] / deviation));
        return (
            Sum(i => At(i) is var (c, square) ? ((6 * square) + (8 * _weight[i] * c * c)) * c : 0),
            Sum(i => At(i) is var (c, square) ? 48 * (square + (_weight[i] * c * c)) * c * c : 0));
    }

    /// <summary>Q as it looks from a tilt, for the complex plane around it.</summary>
    public TiltedForm Tilted(Tilt tilt)
    {
        (double[] curvatures, double[] slopes) = TiltedTerms(tilt);
        return new TiltedForm(tilt.S, curvatures, slopes, _weight);
    }

    /// <summary>c/D and b/D^(3/2).</summary>
    private (double[] Curvatures, double[] Slopes) TiltedTerms(Tilt tilt)
    {
        double[] curvatures = new double[Count], slopes = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            double d = tilt.Denominator(_curvature[i]);
            curvatures[i] = _curvature[i] / d;
            slopes[i] = _slope[i] / d / Math.Sqrt(d);
        }

        return (curvatures, slopes);
    }

    private static double PsiSeries(double x)
    {
        double sum = 0;
        for (int k = SeriesTerms; k >= 2; k--)
            sum = (sum * x) + (1 - (1.0 / k));
        return sum * x * x;
    }

    private double Sum(Func<int, double> term) => CompensatedSum.Of(_curvature.Length, term);
}
