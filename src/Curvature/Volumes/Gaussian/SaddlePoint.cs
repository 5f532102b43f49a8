using MathNet.Numerics;

namespace BasinVolume.Curvature.Volumes.Gaussian;

/// <summary>
/// Pr(Q ≤ y) by the formula of Lugannani and Rice (1980), beside the exact value of <see cref="ContourIntegral"/>. With K′(s) = y,
///     w = sgn(s) √(2(s y − K)),   u = s √K″,   Pr = Φ(w) + φ(w) (1/w − 1/u).
/// The smaller tail is computed, with t = |w|, as φ(t) (m(t) − 1/t + 1/|u|), m Mills' ratio: on either side of the mean no leading digits cancel.
/// Where y is the mean of Q, w and u vanish together; expanding both in s at the saddle point gives, with the standardised cumulants ρ₃ and ρ₄ there,
///     1/w − 1/u = ρ₃/6 + u (ρ₃² − ρ₄)/24 + O(u²).
/// The next term of the asymptotic series (Daniels 1987) adds to the tail beyond w &gt; 0, and with the other sign to that below w &lt; 0, often less than what
/// the formula misses,
///     φ(w) ((ρ₄/8 − 5ρ₃²/24)/u − ρ₃/(2u²) − 1/u³ + 1/w³).
/// </summary>
/// <param name="S">s, in inverse units of the loss.</param>
/// <param name="CurvatureExponent">The part of w²/2 without displacement.</param>
/// <param name="DisplacementExponent">The part of w²/2 from displacement and gradient.</param>
/// <param name="LogPrefactor">The logarithm of m(t) − 1/t + 1/|u|, less ½ log 2π; a NaN if the formula breaks down.</param>
/// <param name="LogNextTerm">What the next term of the series would add to the logarithm of the tail; a NaN if it is larger than the tail.</param>
internal readonly record struct SaddlePoint(double S, double CurvatureExponent, double DisplacementExponent, double LogPrefactor, double LogNextTerm)
{
    /// <summary>Below it the expansion, with an error of u², is closer than the difference of the reciprocals, with one of 2⁻⁵²/u.</summary>
    private const double ExpandBelow = 1e-5;

    /// <summary>The next term cancels to third order in 1/u; nearer to the mean than this it is taken from here, as it hardly changes.</summary>
    private const double NextTermFrom = 0.01;

    /// <summary>log Pr(Q ≤ y).</summary>
    public double LogProbability => FromTail(LogPrefactor - CurvatureExponent - DisplacementExponent);

    /// <summary>What the next term of the series would add to <see cref="LogProbability"/>. A NaN if it is larger than the tail itself.</summary>
    public double NextTerm => FromTail(LogPrefactor - CurvatureExponent - DisplacementExponent + LogNextTerm) - LogProbability;

    /// <summary>
    /// The formula for a form that is not linear and a y strictly between its infimum and supremum; null if s is beyond the range of a double.
    /// </summary>
    public static SaddlePoint? Of(GaussianQuadraticForm form, double y)
    {
        if (Solve(form, y) is not { } tilt)
            return null;
        double curvature = form.CurvatureExponent(tilt);
        double displacement = form.DisplacementExponent(tilt);
        double bracket = Bracket(form, tilt, Math.Sqrt(2 * (curvature + displacement)));
        double next = SpecialFunctions.Log1p(NextBracket(form, tilt) / bracket);
        return new SaddlePoint(tilt.S, curvature, displacement, Math.Log(bracket) + NormalTail.LogDensity(0), next);
    }

    private double FromTail(double logTail) => S <= 0 ? logTail : SpecialFunctions.Log1p(-Math.Exp(logTail));

    private static double Bracket(GaussianQuadraticForm form, Tilt tilt, double t)
    {
        double u = tilt.S * form.Deviation(tilt);
        if (Math.Abs(u) >= ExpandBelow)
            return (1 / Math.Abs(u)) - NormalTail.MillsDeficit(t);
        (double skewness, double kurtosis) = form.Standardised(tilt);
        double difference = (skewness / 6) + (u * ((skewness * skewness) - kurtosis) / 24);
        return NormalTail.MillsRatio(t) + (tilt.S <= 0 ? difference : -difference);
    }

    private static double NextBracket(GaussianQuadraticForm form, Tilt tilt)
    {
        int side = tilt.S <= 0 ? -1 : 1;
        double deviation = form.Deviation(tilt);
        if (Math.Abs(tilt.S * deviation) < NextTermFrom)
            tilt = Tilt.At(side * NextTermFrom / deviation);
        (double skewness, double kurtosis) = form.Standardised(tilt);
        double u = tilt.S * form.Deviation(tilt);
        double w = side * Math.Sqrt(2 * (form.CurvatureExponent(tilt) + form.DisplacementExponent(tilt)));
        double next = (((kurtosis / 8) - (5 * skewness * skewness / 24)) / u) - (skewness / (2 * u * u)) - (1 / (u * u * u)) + (1 / (w * w * w));
        return side * next;
    }

    /// <summary>The s with K′(s) = y.</summary>
    private static Tilt? Solve(GaussianQuadraticForm form, double y)
    {
        int side = Math.Sign(y - form.Mean);
        return side == 0 ? Tilt.At(0) : TiltSearch.Find(form, side, tilt => form.TiltedMean(tilt) - y);
    }
}
