using MathNet.Numerics;

namespace BasinVolume.Curvature.Volumes.Gaussian;

/// <summary>
/// Pr(Q ≤ y) by the formula of Lugannani and Rice (1980). With K′(s) = y,
///     w = sgn(s) √(2(s y − K)),   u = s √K″,   Pr = Φ(w) + φ(w) (1/w − 1/u).
/// The smaller tail is computed, with t = |w|, as φ(t) (m(t) − 1/t + 1/|u|), m Mills' ratio: on either side of the mean no leading digits cancel.
/// Where y is the mean of Q, w and u vanish together; expanding both in s at the saddle point gives, with the standardised cumulants ρ₃ and ρ₄ there,
///     1/w − 1/u = ρ₃/6 + u (ρ₃² − ρ₄)/24 + O(u²).
/// How good the formula is, the next term of the asymptotic series tells (Daniels 1987), which adds to the tail beyond w &gt; 0, and with the other sign to that below w &lt; 0,
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

    /// <summary>Doublings after which a tilt has left the range of a double.</summary>
    private const int Doublings = 1000;

    /// <summary>Enough for adjacent doubles anywhere but next to 0, where s no longer matters.</summary>
    private const int Bisections = 200;

    /// <summary>log Pr(Q ≤ y).</summary>
    public double LogProbability => FromTail(LogPrefactor - CurvatureExponent - DisplacementExponent);

    /// <summary>What the next term of the series would add to <see cref="LogProbability"/>: an estimate of its error. A NaN if it is larger than the tail itself.</summary>
    public double NextTerm => FromTail(LogPrefactor - CurvatureExponent - DisplacementExponent + LogNextTerm) - LogProbability;

    /// <summary>The formula for a form that is not linear and a y strictly between its infimum and supremum; null if s is beyond the range of a double.</summary>
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
        double u = tilt.S * Math.Sqrt(form.Cumulant(2, tilt));
        if (Math.Abs(u) >= ExpandBelow)
            return (1 / Math.Abs(u)) - NormalTail.MillsDeficit(t);
        (double skewness, double kurtosis) = Standardised(form, tilt);
        double difference = (skewness / 6) + (u * ((skewness * skewness) - kurtosis) / 24);
        return NormalTail.MillsRatio(t) + (tilt.S <= 0 ? difference : -difference);
    }

    private static double NextBracket(GaussianQuadraticForm form, Tilt tilt)
    {
        int side = tilt.S <= 0 ? -1 : 1;
        double deviation = Math.Sqrt(form.Cumulant(2, tilt));
        if (Math.Abs(tilt.S * deviation) < NextTermFrom)
            tilt = Tilt.At(side * NextTermFrom / deviation);
        (double skewness, double kurtosis) = Standardised(form, tilt);
        double u = tilt.S * Math.Sqrt(form.Cumulant(2, tilt));
        double w = side * Math.Sqrt(2 * (form.CurvatureExponent(tilt) + form.DisplacementExponent(tilt)));
        double next = (((kurtosis / 8) - (5 * skewness * skewness / 24)) / u) - (skewness / (2 * u * u)) - (1 / (u * u * u)) + (1 / (w * w * w));
        return side * next;
    }

    private static (double Skewness, double Kurtosis) Standardised(GaussianQuadraticForm form, Tilt tilt)
    {
        double variance = form.Cumulant(2, tilt);
        return (form.Cumulant(3, tilt) / variance / Math.Sqrt(variance), form.Cumulant(4, tilt) / variance / variance);
    }

    /// <summary>
    /// The s with K′(s) = y. K′ rises between the poles 1/(2 c_min), if c_min &lt; 0, and 1/(2 c_max), if c_max &gt; 0. The search runs from 0 in steps of one deviation of Q,
    /// doubled until y is passed; on a side with a pole the steps are of the odds of 2 s c instead, which reach the pole at infinity. Bisection does the rest.
    /// </summary>
    private static Tilt? Solve(GaussianQuadraticForm form, double y)
    {
        int side = Math.Sign(y - form.Mean);
        if (side == 0)
            return Tilt.At(0);
        double step = side / Math.Sqrt(form.Cumulant(2, Tilt.At(0)));
        double pole = side < 0 ? Math.Min(form.SmallestCurvature, 0) : Math.Max(form.LargestCurvature, 0);
        Tilt At(double x) => pole == 0 ? Tilt.At(step * x) : Tilt.Towards(pole, 2 * pole * step * x);
        bool Passed(double x) => side * (form.TiltedMean(At(x)) - y) >= 0;

        double low = 0, high = 1;
        for (int doubling = 0; !Passed(high); doubling++)
        {
            if (doubling == Doublings)
                return null;
            low = high;
            high *= 2;
        }

        for (int k = 0; k < Bisections; k++)
        {
            double middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high)
                break;
            if (Passed(middle))
                high = middle;
            else
                low = middle;
        }

        return At(high);
    }
}
