using MathNet.Numerics;

namespace BasinVolume.Curvature.Volumes.Gaussian;

/// <summary>
/// Pr(Q ≤ y) to nearly all digits, at any depth and for any number of terms. With K the cumulant generating function of Q (Imhof 1961;
/// Daniels 1954 for the contour)
///     Pr(Q ≤ y) = (1/2πi) ∫ e^(K(s) − s y) (−1/s) ds,   Pr(Q &gt; y) = (1/2πi) ∫ e^(K(s) − s y) (1/s) ds
/// upwards through any point of the real axis between the poles, left of 0 for the first and right of it for the second.
/// The smaller tail is computed, through the saddle point of the whole integrand,
///     K′(s₁) − y − 1/s₁ = 0,
/// which keeps away from the pole at 0 by itself, the mean included. With s = s₁ + v all but κ of <see cref="TiltedForm"/> comes before the integral,
///     Pr = e^(K(s₁) − s₁ y)/|s₁| · (1/2πi) ∫ e^κ(v) dv,   K(s₁) − s₁ y = −(s₁ K′ − K)(s₁) + s₁ (K′(s₁) − y),
/// where s₁ K′ − K is a sum without cancellation and the rest is 1. The integral is that of <see cref="SteepestDescent"/>.
/// </summary>
/// <param name="S">s₁.</param>
/// <param name="Side">−1 if the tail below y was computed, 1 if that above.</param>
/// <param name="LogTail">The logarithm of that tail.</param>
/// <param name="QuadratureError">How far off <see cref="LogTail"/> may be because points are few.</param>
/// <param name="RoundingError">
/// How far off it may be because numbers are doubles: the sums of positive terms in their last digits, and a rise y that is no more certain than its last digit
/// and those of the terms of Q.
/// </param>
internal readonly record struct ContourIntegral(double S, int Side, double LogTail, double QuadratureError, double RoundingError)
{
    /// <summary>log Pr(Q ≤ y).</summary>
    public double LogProbability => Side < 0 ? LogTail : SpecialFunctions.Log1p(-Math.Exp(LogTail));

    /// <summary>How far off <see cref="LogProbability"/> may be.</summary>
    public double Error => (QuadratureError + RoundingError) * (Side < 0 ? 1 : 1 / (Math.Exp(-LogTail) - 1));

    /// <summary>
    /// The integral for a form that is not linear and a y strictly between its infimum and supremum; null if s₁ is beyond the range of a double, or the contour
    /// could not be followed.
    /// </summary>
    public static ContourIntegral? Of(GaussianQuadraticForm form, double y) => OfSide(form, y, y <= form.Mean ? -1 : 1);

    /// <summary>The same for the tail on a given side, −1 for that below y, though it may be the larger one by a little.</summary>
    public static ContourIntegral? OfSide(GaussianQuadraticForm form, double y, int side)
    {
        if (TiltSearch.Find(form, side, tilt => form.TiltedMean(tilt) - y - (1 / tilt.S)) is not { } tilt)
            return null;
        TiltedForm tilted = form.Tilted(tilt);
        if (SteepestDescent.Integral(tilted) is not { } integral)
            return null;
        double exponent = form.CurvatureExponent(tilt) + form.DisplacementExponent(tilt);
        double prefactor = Math.Log(integral.Value) - Math.Log(Math.Abs(tilt.S) * tilted.Scale);
        double uncertain = Math.Abs(tilt.S) * (Math.Abs(y) + form.MagnitudeOfMean(tilt));
        return new ContourIntegral(
            tilt.S,
            side,
            (tilt.S * (form.TiltedMean(tilt) - y)) - exponent + prefactor,
            integral.Error,
            Spectrum.DoubleRoundoff * (form.Count + (4 * exponent) + (2 * uncertain)));
    }
}
