using MathNet.Numerics;

namespace BasinVolume.Curvature.Volumes.Gaussian;

/// <summary>
/// How much the quadratic loss lies above that of the weights, at a point drawn from the prior N(μ₀, σ²I). In the eigenbasis δ_i = m_i + σ z_i, m = Vᵀ(μ₀ − θ*), so
///     Q = Σ a_i + b_i z_i + c_i z_i²,   a = ½ h m² + g m,   b = σ (h m + g),   c = ½ h σ².
/// With γ = σ g, for which b² = γ² + 4 a c, and D = 1 − 2 s c, the cumulant generating function and its derivatives are
///     K  = Σ (s a + ½ s² γ²)/D − ½ log D
///     K′ = Σ a/D² + γ² s (1 − s c)/D² + c/D
///     K″ = Σ b²/D³ + 2 c²/D²,   K‴ = Σ 6 c b²/D⁴ + 8 c³/D³,   K⁗ = Σ 48 c² b²/D⁵ + 48 c⁴/D⁴.
/// What the saddle point needs, s K′ − K, is a sum of squares and of ψ ≥ 0, so that no digit is lost near s = 0:
///     s K′ − K = Σ s² b²/(2D²) + ½ ψ(2 s c),   ψ(x) = x/(1 − x) + log(1 − x) = x²/2 + 2x³/3 + 3x⁴/4 + …
/// </summary>
internal sealed class GaussianQuadraticForm
{
    /// <summary>Below it the series of ψ is the more accurate one; 16 terms are exact there.</summary>
    private const double SeriesBelow = 0.0625;
    private const int SeriesTerms = 16;

    private readonly double[] _constant;
    private readonly double[] _slope;
    private readonly double[] _curvature;
    private readonly double[] _gradient;

    private GaussianQuadraticForm(double[] constant, double[] slope, double[] curvature, double[] gradient)
    {
        _constant = constant;
        _slope = slope;
        _curvature = curvature;
        _gradient = gradient;
    }

    /// <summary>The smallest c_i; the eigenvalues ascend, and with them c.</summary>
    public double SmallestCurvature => _curvature[0];

    /// <summary>The largest c_i.</summary>
    public double LargestCurvature => _curvature[^1];

    /// <summary>Whether Q is linear: every c is 0.</summary>
    public bool IsLinear => SmallestCurvature == 0 && LargestCurvature == 0;

    /// <summary>Q at z = 0.</summary>
    public double Constant => Sum(i => _constant[i]);

    /// <summary>√Σb², the deviation of Q if it is linear.</summary>
    public double SlopeNorm => Math.Sqrt(Sum(i => _slope[i] * _slope[i]));

    /// <summary>E Q = Σ a + c.</summary>
    public double Mean => Sum(i => _constant[i] + _curvature[i]);

    /// <summary>The least value of Q: −Σ γ²/(4c), or −∞ if Q falls without end.</summary>
    public double Infimum => SmallestCurvature < 0 || HasSlopeWithoutCurvature ? double.NegativeInfinity : Extremum;

    /// <summary>The greatest value of Q, or +∞.</summary>
    public double Supremum => LargestCurvature > 0 || HasSlopeWithoutCurvature ? double.PositiveInfinity : Extremum;

    private double Extremum => -Sum(i => _curvature[i] == 0 ? 0 : _gradient[i] / 4 * (_gradient[i] / _curvature[i]));

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

        return new GaussianQuadraticForm(constant, slope, curvature, gradient);
    }

    /// <summary>−½ Σ log D: what curvature contributes to K.</summary>
    public double LogMomentOfCurvature(Tilt tilt) => -0.5 * Sum(i =>
    {
        double x = 2 * tilt.S * _curvature[i];
        return Math.Abs(x) < 0.5 ? SpecialFunctions.Log1p(-x) : Math.Log(tilt.Denominator(_curvature[i]));
    });

    /// <summary>Σ (s a + ½ s² γ²)/D: what displacement and gradient contribute to K.</summary>
    public double LogMomentOfDisplacement(Tilt tilt) => Sum(i =>
    {
        double tilted = tilt.S * _gradient[i];
        return ((tilt.S * _constant[i]) + (tilted * tilted / 2)) / tilt.Denominator(_curvature[i]);
    });

    /// <summary>K′(s), the mean of Q under the tilted distribution. Rises with s.</summary>
    public double TiltedMean(Tilt tilt) => Sum(i =>
    {
        double c = _curvature[i];
        double d = tilt.Denominator(c);
        double gamma = _gradient[i];
        return (_constant[i] / d / d) + (gamma * (tilt.S / d) * gamma * ((1 - (tilt.S * c)) / d)) + (c / d);
    });

    /// <summary>½ Σ ψ(2 s c): the part of s K′ − K that is there without displacement.</summary>
    public double CurvatureExponent(Tilt tilt) => 0.5 * Sum(i =>
    {
        double x = 2 * tilt.S * _curvature[i];
        double d = tilt.Denominator(_curvature[i]);
        return Math.Abs(x) < SeriesBelow ? PsiSeries(x) : ((1 - d) / d) + Math.Log(d);
    });

    /// <summary>½ Σ s² b²/D²: the part of s K′ − K that displacement and gradient make.</summary>
    public double DisplacementExponent(Tilt tilt) => 0.5 * Sum(i =>
    {
        double scaled = tilt.S * _slope[i] / tilt.Denominator(_curvature[i]);
        return scaled * scaled;
    });

    /// <summary>The derivative of K of order 2, 3 or 4: the cumulants of the tilted distribution.</summary>
    public double Cumulant(int order, Tilt tilt)
    {
        (double slopeFactor, double curvatureFactor) = order switch
        {
            2 => (1.0, 2.0),
            3 => (6.0, 8.0),
            4 => (48.0, 48.0),
            _ => throw new ArgumentOutOfRangeException(nameof(order), order, "Cumulants of order 2, 3 and 4 are known here."),
        };
        return Sum(i =>
        {
            double d = tilt.Denominator(_curvature[i]);
            double perDenominator = _curvature[i] / d;
            double slope = _slope[i] / d;
            double powers = Math.Pow(perDenominator, order - 2);
            return powers * ((slopeFactor * slope * slope / d) + (curvatureFactor * perDenominator * perDenominator));
        });
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
